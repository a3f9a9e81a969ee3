/* What every report must be, whatever it is made of. */
#ifndef RENDERED_H
#define RENDERED_H

#include <stddef.h>

#include "maildiag.h"

/*
 * UTF-8, and nothing but lines of text: no C0, DEL or C1, nothing that turns the direction of
 * writing, and no command to a CI runner.  A NUL follows it.
 */
void must_be_plain(const char *text, size_t len);

/* Renders it in every format: plain text (colours apart), and no more octets than `most`. */
void must_render(const struct md_report *, size_t most);

#endif
