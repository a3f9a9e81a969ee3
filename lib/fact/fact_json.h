/* A fact as the JSON object that its line in a facts file is. */
#ifndef MD_FACT_JSON_H
#define MD_FACT_JSON_H

#include "dns/dns.h"
#include "fact/opinion.h"

struct md_json;
struct md_members;
struct md_read;

/* Puts the fact there as an object; as a line of its own, in mem. */
void md_fact_put(struct md_json *, const struct md_dns *);
const char *md_fact_line(struct md_arena *mem, const struct md_dns *);

void md_opinion_put(struct md_json *, const struct md_opinion *);

/* The texts of "parts", each printable, of an opinion in a facts file or of a witness. */
const char *const *md_opinion_parts(struct md_read *in, const struct md_members *opinion,
                                    size_t *n);

/* What an opinion's line says, in in->mem; in->why tells what is wrong with it. */
void md_opinion_read(struct md_read *in, const struct md_members *line, struct md_opinion *out);

#endif
