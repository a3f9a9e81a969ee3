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
 * Reads a line without its \n, of any length.  It is as fast as a disk, since it reads no more
 * than it needs: the line must begin and end as we write it, and must not be half a line with
 * another behind it.  For CLI_LINE_DOMAIN *name is the domain, a view of the line; it may have
 * \DDD in it.
 */
enum cli_line cli_line_read(struct cli_lines *, struct md_str line, struct md_str *name);

/* Can this be the first part of a line that we write? */
bool cli_line_begins(const struct cli_lines *, struct md_str torn);

#endif
