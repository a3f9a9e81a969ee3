/* The lines of our own output, jsonl and csv, read again: whose report is each. */
#ifndef MD_LINES_H
#define MD_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum md_line_format { MD_LINES_UNKNOWN, MD_LINES_JSONL, MD_LINES_CSV };

/* What is known of a file of lines; zero-initialised before its first line. */
struct md_lines {
	enum md_line_format format;
	size_t columns; /* of csv */
};

enum md_line {
	MD_LINE_DOMAIN,  /* the report of a domain, whole */
	MD_LINE_HEADING, /* of csv */
	MD_LINE_STRANGE, /* not as we write it */
};

/*
 * A line without its \n, of any length, at the speed of a disk: not more is looked at than
 * shows that it is as we write it, begins and ends as it must, and is not two of which one was
 * torn.  *name is the domain, in it, of MD_LINE_DOMAIN; it may have \DDD in it.
 */
enum md_line md_line_read(struct md_lines *, struct md_str line, struct md_str *name);

/* Can this be the beginning of such a line, torn? */
bool md_line_begins(const struct md_lines *, struct md_str torn);

#endif
