/* The order in which reports are written: jobs under way, and reports that wait their turn. */
#ifndef CLI_OUTPUT_ORDER_H
#define CLI_OUTPUT_ORDER_H

#include <sys/queue.h>

#include "../kit/output.h"
#include "../kit/status.h"

/* A domain under examination, then its report until it is written. */
struct cli_job {
	TAILQ_ENTRY(cli_job) place;
	struct md_arena *mem; /* holds the job itself */
	struct md_run *run;   /* NULL once it is done */
	struct cli_pages pages;
	enum cli_exit status;
	size_t number; /* from 0, in the order of the domains */
};
TAILQ_HEAD(cli_jobs, cli_job);

struct cli_output_order {
	struct cli_outputs *outs;
	bool ordered;          /* reports are written in the order of the domains */
	struct cli_jobs begun; /* in that order; a job that is done stays only to wait */
	struct cli_jobs ready; /* to be written, in this order */
	size_t begun_n, done;  /* ever */
	size_t waiting;        /* octets of reports that are not written */
	bool held;             /* the reader is behind: no report can be written now */
};

void cli_output_order_init(struct cli_output_order *, struct cli_outputs *, bool ordered);

/* Takes a job whose run has begun. */
void cli_output_order_begin(struct cli_output_order *, struct cli_job *);

/* Renders the report of a job whose run is done.  Gives the run, which the caller frees. */
struct md_run *cli_output_order_finish(struct cli_output_order *, struct cli_job *);

/* The next job whose report can be written without waiting for the reader, or NULL. */
struct cli_job *cli_output_order_next(struct cli_output_order *);

/* Frees a job that cli_output_order_next gave; frees all jobs, done or not. */
void cli_output_order_drop(struct cli_output_order *, struct cli_job *);
void cli_output_order_end(struct cli_output_order *);

#endif
