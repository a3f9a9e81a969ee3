/* TXT records whole: choosing those of one kind among several, and writing one down. */
#ifndef MD_RECORD_TXT_H
#define MD_RECORD_TXT_H

#include "dns/dns.h"

/* How many of the answer's TXT records begin exactly with `start`; *first is the first. */
size_t md_txt_starting(const struct md_dns *, const char *start, struct md_str *first);

/* Does any begin with `start` in whatever case, perhaps after blanks? */
bool md_txt_resembles(const struct md_dns *, const char *start);

/* As rdata of a zone file: quoted strings of at most 255 octets (RFC 1035 3.3, 3.3.14). */
const char *md_txt_rdata(struct md_arena *, struct md_str text);

#endif
