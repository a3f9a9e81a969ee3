/* The lines of our own output, jsonl and csv, read again: whose report is each. */
#ifndef CLI_LINES_H
#define CLI_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum cli_line_format { CLI_LINES_UNKNOWN, CLI_LINES_JSONL, CLI_LINES_CSV };

/* What is known of a file of lines; zero-initialised before its first line. */
struct cli_lines {
	enum cli_line_format format;
	size_t columns; /* of csv */
};

enum cli_line {
	CLI_LINE_DOMAIN,  /* the report of a domain, whole */
	CLI_LINE_HEADING, /* of csv */
	CLI_LINE_STRANGE, /* not as we write it */
};

/*
 * A line without its \n, of any length, at the speed of a disk: not more is looked at than
 * shows that it is as we write it, begins and ends as it must, and is not two of which one was
 * torn.  *name is the domain, in it, of CLI_LINE_DOMAIN; it may have \DDD in it.
 */
enum cli_line cli_line_read(struct cli_lines *, struct md_str line, struct md_str *name);

/* Can this be the beginning of such a line, torn? */
bool cli_line_begins(const struct cli_lines *, struct md_str torn);

#endif
