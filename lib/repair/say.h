/* The words for changes of a body that were found; each adds to m->changes. */
#ifndef MD_REPAIR_SAY_H
#define MD_REPAIR_SAY_H

#include "repair/lines.h"
#include "repair/mend.h"

/* Line i of the body, as a line of the file. */
size_t md_say_line(const struct md_mend *, size_t i);

/* `before` and `after` as md_mend_part has them; `line` of the file, or 0. */
void md_say_change(struct md_mend *, const char *what, size_t line, const char *before,
                   const char *after);

/* Lines [from, to) were added: at the start, the end or inside. */
void md_say_added(struct md_mend *, const struct md_body_lines *, size_t from, size_t to);

/* All but lines [top, end) were added. */
void md_say_cut(struct md_mend *, const struct md_body_lines *, size_t top, size_t end);

/* The body was `was`: `what`, and the first line that differs where lines can be compared. */
void md_say_form(struct md_mend *, const char *what, const struct md_body_lines *was);

#endif
