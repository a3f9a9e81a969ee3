/* Where reports go: standard output, and files that appear whole or not at all. */
#ifndef MD_OUTPUT_H
#define MD_OUTPUT_H

#include <stdio.h>

#include "cmd.h"
#include "maildiag.h"
#include "report/notices.h"

/* One destination in one format. */
struct md_output {
	const char *format, *path; /* path: "-" for standard output */
	FILE *file;
	const char *staged; /* the file written until all is well; NULL when path is direct */
	struct md_style style;
	int error;                  /* errno of a write that failed before it was flushed */
	bool closed;                /* the reader of the pipe has gone: write no more */
	bool begun;                 /* a report has been written */
	const char *fail_on;        /* as md_fail_on */
	struct md_notices *notices; /* of formats that are one document for all reports; else
	                                 NULL */
};

struct md_outputs {
	struct md_output *p;
	size_t n;
};

/* Decides on all outputs by --format and --output; false after a message (usage). */
bool md_outputs_plan(struct md_call *, struct md_outputs *);

/* Is one of them in this format? */
bool md_outputs_have(const struct md_outputs *, const char *format);

/* Opens and, in the end, puts every file in its place; false after a message. */
bool md_outputs_open(struct md_call *, struct md_outputs *);
bool md_outputs_finish(struct md_outputs *);

/* Removes what was staged and not finished. */
void md_outputs_drop(struct md_outputs *);

/* Of many messages text is a table, a line each, unless -v was given. */
void md_outputs_tabulate(struct md_outputs *);

/* Writes one report everywhere; false after a message.  A closed pipe is no failure. */
bool md_outputs_write(struct md_outputs *, const struct md_report *);

/*
 * The same in steps, for who writes later than it renders: a report as it stands in this
 * output, its octets put there, and what was put written out; false after a message.
 */
void md_output_render(const struct md_output *, const struct md_report *, bool first, FILE *);
void md_output_put(struct md_output *, struct md_str octets);
bool md_output_flush(struct md_output *);

/* Is nobody reading any more? */
bool md_outputs_closed(const struct md_outputs *);

/* A file that is staged beside `path` and put in its place when finished. */
bool md_output_open(struct md_arena *, struct md_output *);
bool md_output_finish(struct md_output *);
void md_output_drop(struct md_output *);

#endif
