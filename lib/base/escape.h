/* What may be sent to a terminal or put into a document, and how wide it is there. */
#ifndef MD_ESCAPE_H
#define MD_ESCAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct md_arena;

/* Is it UTF-8 throughout (RFC 3629)? */
bool md_escape_is_utf8(struct md_str);

/*
 * The text with every octet that is no visible character as \DDD: control characters (C0, DEL,
 * C1), what is not UTF-8, and characters that are invisible or change the direction of
 * writing; and the character without which a command to a CI runner ("##[", "##vso[",
 * "::error::") is none.  Without `utf8` that goes for everything outside ASCII.  A backslash
 * stays: text escaped once (md_show) is left alone.
 */
const char *md_escape(struct md_arena *, struct md_str, bool utf8);

/*
 * The octets of the first character of s, when it must not be shown as it is (as above), and
 * which it is; 0 for any other, and for what is no UTF-8.
 */
unsigned md_escape_unseen(struct md_str s, uint32_t *point);

/* ASCII with nothing to escape, as most texts are: md_escape would copy it. */
bool md_escape_is_plain(struct md_str);

/* Columns that escaped text takes on a terminal. */
unsigned md_escape_width(struct md_str);

/* Octets of the first character of escaped, non-empty text. */
unsigned md_escape_step(struct md_str);

#endif
