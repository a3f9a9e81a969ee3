/* Files whose every line was changed when they were saved: private to message.c. */
#ifndef MD_MESSAGE_FORM_H
#define MD_MESSAGE_FORM_H

#include "base/str.h"

struct md_arena;
struct md_message;

/*
 * Undoes what copying, pasting and converting do to all lines of a file, and remembers it in
 * `repairs`, `dropped` and `added`: CR CR LF, CR alone, an empty line after each, the same
 * blanks or "> " before each.  Only where what comes of it begins like a header; else `s` comes
 * back.  Looks at few lines of a file that was saved well.
 */
struct md_str md_message_form(struct md_arena *, struct md_message *, struct md_str s);

/*
 * Where the colon stands that ends a field's name, or 0: this is no field.  RFC 5322 2.2: the
 * name is printable US-ASCII without colon; 4.5 lets blanks stand before that, and they belong
 * to no name: *name is its length.
 */
size_t md_message_colon(struct md_str line, size_t *name);

#endif
