/* What zone files of single name servers and providers have that RFC 1035 has not. */
#ifndef MD_ZONE_DIALECT_H
#define MD_ZONE_DIALECT_H

#include "zone/entry.h"

/*
 * A line whose type no standard knows; `word` is what stands in its place, `rest` what follows.
 * True when the line can be passed over; false with r->why.
 */
bool md_zone_dialect(struct md_zone_reader *, const struct md_zone_entry *, struct md_str word,
                     struct md_str rest);

/* rdata that cannot be read, of a type that mail does not hang on: it is vague. */
bool md_zone_dialect_rdata(struct md_zone_reader *, const struct md_zone_entry *,
                           uint16_t type, const char *why);

/* A directive that is none of RFC 1035, RFC 2308 or BIND. */
bool md_zone_dialect_directive(struct md_zone_reader *, const struct md_zone_entry *,
                               struct md_str name);

/* "[AGE:3575567]": when Windows saw the record last. */
bool md_zone_is_age(struct md_str word);

/*
 * The zone that the comments at the head of a file tell: ";; Domain: example.com." of
 * Cloudflare, ";  Database file example.com.dns for example.com zone." of Windows.  Canonical
 * text, or NULL.
 */
const char *md_zone_told(struct md_arena *, struct md_str text);

#endif
