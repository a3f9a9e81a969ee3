/* Names and quoted text as the tags of DKIM signatures have them. */
#ifndef MD_DKIM_NAME_H
#define MD_DKIM_NAME_H

#include "base/str.h"

struct md_arena;

/* Canonical text of a domain name or selector, in A-labels (RFC 8616 4); "" when it is none. */
const char *md_dkim_name(struct md_arena *, struct md_str name);

/* dkim-quoted-printable (RFC 6376 2.11) decoded: white space means nothing, =XX an octet. */
struct md_str md_dkim_unquoted(struct md_arena *, struct md_str text);

#endif
