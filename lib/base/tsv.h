/* Data files: lines of fields set apart by tabs, with comments, as a person keeps them. */
#ifndef MD_TSV_H
#define MD_TSV_H

#include "base/str.h"

/* An iteration over a file's text.  Start with { .rest = text }. */
struct md_tsv {
	struct md_str rest;
	unsigned line; /* number of the line just read, from 1, for messages */
};

/*
 * The fields of the next line that is not blank and does not begin with "#", as views without
 * blanks at both ends; fields the line lacks become empty.  Returns how many the line has (more
 * than `max` is possible: those are not stored), 0 at the end of the text.
 */
size_t md_tsv_next(struct md_tsv *, struct md_str *fields, size_t max);

#endif
