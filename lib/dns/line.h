/* A DNS fact as the JSON object that its line in a facts file is (docs/FORMATS.md). */
#ifndef MD_DNS_LINE_H
#define MD_DNS_LINE_H

#include "dns/dns.h"

struct md_json;
struct md_members;
struct md_read;

/*
 * Reads an object into in->mem; in->why says what is wrong with it.  origin is NULL when the
 * line does not tell where the fact is from.
 */
void md_dns_read(struct md_read *in, const struct md_members *line, struct md_dns *out);

/*
 * A fact that does not say where it is from was written by hand: it stands in this line of this
 * file, and so do its records.
 */
void md_dns_set_origin(struct md_arena *, struct md_dns *, const char *file, uint32_t line);

/* Writes it as an object; as a line of its own, newline included, in mem. */
void md_dns_put(struct md_json *, const struct md_dns *);
const char *md_dns_line(struct md_arena *mem, const struct md_dns *);

#endif
