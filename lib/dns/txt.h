/* The strings of a TXT record, from presentation form or from plain bytes. */
#ifndef MD_DNS_TXT_H
#define MD_DNS_TXT_H

#include "dns/dns.h"

/*
 * Reads strings as a zone file has them (RFC 1035 5.1): quoted, or words between blanks, with
 * \DDD and \X.  False and *why (a phrase) when a string is over 255 octets, all are over what
 * a record holds, there is none, or a quote is open.  Octets live in mem.
 */
bool md_txt_parse(struct md_arena *mem, const char *text, struct md_rr *, const char **why);

/* These very bytes, which must live as long as the record, cut only where they must be. */
bool md_txt_take(struct md_arena *mem, struct md_str bytes, struct md_rr *, const char **why);

/* As md_txt_parse, of a provider that cuts strings over 255 octets itself. */
bool md_txt_read(struct md_arena *mem, const char *text, struct md_rr *, const char **why);

#endif
