/* Drawers: each puts a document into one format, and is a file of its own. */
#ifndef MD_DRAW_H
#define MD_DRAW_H

#include <stdio.h>

#include "doc/doc.h"

struct md_style;

/* For a terminal or a file: lines of style's width, with its colours (draw_text.c). */
void md_draw_text(const struct md_doc *, const struct md_style *, FILE *);

/* For GitHub and GitLab; nothing foreign becomes markup, a link or a mention
 * (draw_markdown.c). */
void md_draw_markdown(const struct md_doc *, FILE *);

#endif
