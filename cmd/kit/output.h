/* Where reports go: standard output, and files that appear whole or not at all. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdio.h>

#include "base/str.h"
#include "display.h"
#include "maildiag.h"
#include "opt.h"
#include "rows/notices.h"

/* In which formats a report is written, where, and what it decides. */
struct cli_reporting {
	const char *format, *fail_on; /* or NULL */
	struct cli_strings output;
	struct cli_display display;
};
extern const struct cli_opt cli_report_options[]; /* without those of the display */

/* All formats that a report of a domain can have, NULL-terminated; of others there is no csv.
 */
extern const char *const cli_formats[];

/* One destination in one format. */
struct cli_output {
	const char *format, *path; /* path: "-" for standard output */
	FILE *file;
	const char *staged; /* the file written until all is well; NULL when path is direct */
	struct md_style style;
	bool lines;                 /* a report is a line, whole in itself: jsonl, csv */
	bool goes_on;               /* behind the lines that the file has */
	bool closed;                /* the reader of the pipe has gone: write no more */
	bool begun;                 /* a report has been written */
	const char *fail_on;        /* the word of --fail-on, or what it is without */
	struct md_notices *notices; /* of formats that are one document for all reports; else
	                                 NULL */
};

struct cli_outputs {
	struct cli_output *p;
	size_t n;
	struct cli_output record; /* of the facts; its path is NULL without --record */
	bool bulk;   /* a long list: its lines are of use even if the end is not reached */
	bool tabled; /* the report has a line in csv */
};

/* One report as it stands in every output, until it is written there. */
struct cli_pages {
	size_t n;
	struct md_str *texts; /* one for each output; malloc'd */
	size_t octets;        /* of all texts */
	struct md_arena *mem; /* of the notices; NULL when no output wants them */
	struct md_notices *notices;
	struct md_str record; /* malloc'd */
};

/*
 * Decides on all outputs by --format, --output and --record (NULL without); `bulk` and `tabled`
 * are set before.  False after a message (usage).
 */
bool cli_outputs_plan(struct md_arena *, const struct cli_reporting *, const char *record,
                      struct cli_outputs *);

/* Is one of them in this format? */
bool cli_outputs_have(const struct cli_outputs *, const char *format);

/* Are all of them in formats of a line a report, which may come in any order? */
bool cli_outputs_are_lines(const struct cli_outputs *);

/* Opens and, in the end, puts every file in its place; false after a message. */
bool cli_outputs_open(struct md_arena *, struct cli_outputs *);
bool cli_outputs_finish(struct cli_outputs *);

/* Called instead of cli_outputs_finish after a failure: of a long list keeps files of lines. */
bool cli_outputs_keep(struct cli_outputs *);

/* Removes what was staged and not finished. */
void cli_outputs_drop(struct cli_outputs *);

/* Makes text a table with a line for each message, unless -v was given. */
void cli_outputs_tabulate(struct cli_outputs *);

/* The report of a run that is done, for all of them; the first of many has a heading in some
 * formats.  Drop it when it was put. */
struct cli_pages cli_pages_of(const struct cli_outputs *, const struct md_run *, bool first);
void cli_pages_drop(struct cli_pages *);

/* Can all pages probably be written now without waiting for a reader? */
bool cli_pages_fit(const struct cli_outputs *, const struct cli_pages *);

/* Writes the pages to all outputs; false after a message.  A closed pipe is no failure. */
bool cli_pages_put(struct cli_outputs *, const struct cli_pages *);

/* Text that is made in pieces and written at once: a FILE in memory. */
struct cli_sheet {
	FILE *file;
	char *p;
	size_t len;
};

void cli_sheet_begin(struct cli_sheet *);

/* Writes and frees the text; false after a message, as cli_pages_put. */
bool cli_sheet_put(struct cli_sheet *, struct cli_output *);

/* Have the readers of all outputs gone? */
bool cli_outputs_closed(const struct cli_outputs *);

/* A file that is staged beside `path` and put in its place when finished. */
bool cli_output_open(struct md_arena *, struct cli_output *);
bool cli_output_finish(struct cli_output *);
void cli_output_drop(struct cli_output *);

#endif
