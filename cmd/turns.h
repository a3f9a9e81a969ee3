/* Domains under examination and their reports, until it is their turn to be written. */
#ifndef MD_TURNS_H
#define MD_TURNS_H

#include <sys/queue.h>

#include "cmd.h"
#include "output.h"

/* A domain under examination, then its report until it is written. */
struct md_job {
	TAILQ_ENTRY(md_job) place;
	struct md_arena *mem; /* it is in there itself */
	struct md_run *run;   /* NULL once it is done */
	struct md_pages pages;
	enum md_exit status;
	size_t number; /* from 0, in the order of the domains */
};
TAILQ_HEAD(md_jobs, md_job);

struct md_turns {
	struct md_outputs *outs;
	bool ordered;         /* reports are written in the order of the domains */
	struct md_jobs begun; /* in that order; those that are done only while they wait */
	struct md_jobs ready; /* to be written, in this order */
	size_t begun_n, done; /* ever */
	size_t waiting;       /* octets of reports that are not written */
	bool held;            /* who reads them is behind */
};

void md_turns_init(struct md_turns *, struct md_outputs *, bool ordered);

/* Takes a job whose run has begun. */
void md_turns_begin(struct md_turns *, struct md_job *);

/* Its run is done: of that only what is to be written is kept.  The run is the caller's now. */
struct md_run *md_turns_finish(struct md_turns *, struct md_job *);

/* The next job that can be written without waiting for who reads the reports, or NULL. */
struct md_job *md_turns_next(struct md_turns *);

/* Forgets a job that md_turns_next gave; all jobs, whatever became of them. */
void md_turns_drop(struct md_turns *, struct md_job *);
void md_turns_end(struct md_turns *);

#endif
