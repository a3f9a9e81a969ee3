/* A page of text: lines of a given width, inks, and nothing on it that was not escaped. */
#ifndef MD_PAGE_H
#define MD_PAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/str.h"
#include "doc/ink.h"

struct md_arena;

struct md_page {
	struct md_arena *mem; /* for what is escaped and cut on the way */
	FILE *out;
	unsigned columns;
	bool colour, utf8;
};

/* Puts text as it is, escaped; returns the columns it takes. */
unsigned md_page_put(const struct md_page *, enum md_ink, const char *text);

/* Puts text in a field of at least `columns` and two blanks after it. */
void md_page_field(const struct md_page *, enum md_ink, unsigned columns, const char *text);

void md_page_blank(const struct md_page *, unsigned columns);

/*
 * Puts text from column `at` on, breaking between words (inside them only where one is longer
 * than a line); further lines begin at column `indent`.  Ends with a newline.
 */
void md_page_wrap(const struct md_page *, unsigned at, unsigned indent, const char *text);

/* As much of text as fits between column `at` and the edge, "..." for the rest; a newline. */
void md_page_fit(const struct md_page *, unsigned at, const char *text);

/* Text and, below, a caret under `len` octets from offset on; cut around them to one line. */
void md_page_point(const struct md_page *, unsigned indent, struct md_str text, size_t offset,
                   size_t len);

/* The same for text in presentation form. */
void md_page_point_shown(const struct md_page *, unsigned indent, struct md_str text,
                         size_t offset, size_t len);

#endif
