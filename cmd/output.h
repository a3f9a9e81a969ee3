/* Where reports go: standard output, and files that appear whole or not at all. */
#ifndef MD_OUTPUT_H
#define MD_OUTPUT_H

#include <stdio.h>

#include "cmd.h"
#include "maildiag.h"
#include "rows/notices.h"

/* One destination in one format. */
struct md_output {
	const char *format, *path; /* path: "-" for standard output */
	FILE *file;
	const char *staged; /* the file written until all is well; NULL when path is direct */
	struct md_style style;
	bool lines;          /* a report is a line, whole in itself: jsonl, csv */
	bool goes_on;        /* behind the lines that the file has */
	bool closed;         /* the reader of the pipe has gone: write no more */
	bool begun;          /* a report has been written */
	const char *fail_on; /* as md_fail_on */
	/* of formats that are one document for all reports; else NULL */
	struct md_notices *notices;
};

struct md_outputs {
	struct md_output *p;
	size_t n;
	struct md_output record; /* of the facts; its path is NULL without --record */
	bool keep_lines; /* lines that were written are of use though it comes to no good end */
};

/* Width, colour and the like, as the user and the terminal have them. */
struct md_style md_style_of(const struct md_settings *, const struct md_output *);

/* One report as it stands in every output, until it is written there. */
struct md_pages {
	size_t n;
	struct md_str *texts; /* one for each output; malloc'd */
	size_t octets;        /* of all texts */
	struct md_arena *mem; /* of the notices; NULL when no output wants them */
	struct md_notices *notices;
	struct md_str record; /* malloc'd */
};

/* Decides on all outputs by --format, --output and --record; false after a message (usage). */
bool md_outputs_plan(struct md_call *, struct md_outputs *);

/* Is one of them in this format? */
bool md_outputs_have(const struct md_outputs *, const char *format);

/* Are all of them in formats of a line a report, so that the order is of no matter? */
bool md_outputs_are_lines(const struct md_outputs *);

/* Opens and, in the end, puts every file in its place; false after a message. */
bool md_outputs_open(struct md_call *, struct md_outputs *);
bool md_outputs_finish(struct md_outputs *);

/* Instead of that, when it came to no good end: puts in place what has lines of use. */
bool md_outputs_keep(struct md_outputs *);

/* Removes what was staged and not finished. */
void md_outputs_drop(struct md_outputs *);

/* Of many messages text is a table, a line each, unless -v was given. */
void md_outputs_tabulate(struct md_outputs *);

/* The report of a run that is done, for all of them; the first of many has a heading in some
 * formats.  Drop it when it was put. */
struct md_pages md_pages_of(const struct md_outputs *, const struct md_run *, bool first);
void md_pages_drop(struct md_pages *);

/* Can it be written now without waiting for who reads it?  As well as can be told. */
bool md_pages_fit(const struct md_outputs *, const struct md_pages *);

/* Puts it everywhere, false after a message.  A closed pipe is no failure. */
bool md_pages_put(struct md_outputs *, const struct md_pages *);

/* What is written at once, though it is made in pieces: a FILE in memory. */
struct md_sheet {
	FILE *file;
	char *p;
	size_t len;
};

void md_sheet_begin(struct md_sheet *);

/* Writes and frees what `file` was given; as md_pages_put. */
bool md_sheet_put(struct md_sheet *, struct md_output *);

/* Is nobody reading any more? */
bool md_outputs_closed(const struct md_outputs *);

/* A file that is staged beside `path` and put in its place when finished. */
bool md_output_open(struct md_arena *, struct md_output *);
bool md_output_finish(struct md_output *);
void md_output_drop(struct md_output *);

#endif
