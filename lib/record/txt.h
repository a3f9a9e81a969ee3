/* TXT records as people write them: quoted in zone files, and spoilt by what they paste. */
#ifndef MD_TXT_H
#define MD_TXT_H

#include "base/str.h"

struct md_arena;

/*
 * The rdata for a text of any length: strings of at most 255 octets, quoted (RFC 1035 3.3,
 * 5.1).
 */
const char *md_txt_rdata(struct md_arena *, struct md_str text);

/*
 * The text as it was meant: typographic blanks, hyphens and quotation marks (UTF-8) made plain,
 * quotation marks taken off and the pieces between them joined.  NULL when it has other
 * octets outside ASCII, which stand for nothing in particular.
 */
const char *md_txt_meant(struct md_arena *, struct md_str text);

#endif
