/* What the text of a policy record was before somebody pasted it. */
#ifndef MD_TXT_MEANT_H
#define MD_TXT_MEANT_H

#include "base/str.h"

struct md_arena;

/*
 * The text as it was meant: typographic blanks, hyphens and quotation marks (UTF-8) made plain,
 * quotation marks taken off and the pieces between them joined.  NULL when it has other
 * octets outside ASCII, which stand for nothing in particular.
 */
const char *md_txt_meant(struct md_arena *, struct md_str text);

#endif
