/*
 * Domain names as text: lower case, no final dot, "." for the root; inside a label a
 * backslash before any of " $ ( ) . ; @ \ and \DDD for an octet outside 0x21-0x7E (RFC 1035
 * 5.1).  One name has one such text, so that strcmp compares names.
 */
#ifndef MD_NAME_H
#define MD_NAME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct md_arena;

/*
 * What a person typed, as a name to ask for: IDN to A-labels (libidn2, UTS 46), lower case,
 * final dot off.  NULL when it is no domain name; *why then says what is wrong and what was
 * meant ("an address: to check it as a sender use --ip 192.0.2.1").
 */
const char *md_name_from_user(struct md_arena *, const char *typed, const char **why);

/* A-labels as people write them, for display; the name itself when it has none. */
const char *md_name_unicode(struct md_arena *, const char *name);

/* The canonical text (lower case, no final dot) of a name from a record; "" becomes ".". */
const char *md_name_normal(struct md_arena *, struct md_str name);

/* The same of a name that is relative to another one, canonical text and not ".". */
const char *md_name_below(struct md_arena *, struct md_str name, const char *origin);

/* The same of an uncompressed name in wire form (RFC 1035 3.1): never reads beyond len. */
const char *md_name_from_wire(struct md_arena *, const uint8_t *wire, size_t len);

/* Can it stand in a DNS question (RFC 1035 3.1)?  Labels of 1 to 63 octets, 253 as text. */
bool md_name_fits(const char *name);

/* A host name (RFC 1123 2.1): letters, digits, hyphens, the last label not all digits. */
bool md_name_is_hostname(const char *name);

unsigned md_name_labels(const char *name); /* 0 for the root */

/* The name without its first label, within the same string; "." above a single label. */
const char *md_name_parent(const char *name);

/* The name's last n labels, within the same string: md_name_last("a.b.c", 2) is "b.c". */
const char *md_name_last(const char *name, unsigned n);

/* Is it ancestor itself or below it?  Both in canonical text; all is under ".". */
bool md_name_under(const char *name, const char *ancestor);

/*
 * Does it end with a zone's name twice, as a lost final dot makes it: in example.com
 * "www.example.com.example.com"?
 */
bool md_name_doubled(const char *name, const char *apex);

#endif
