/* A fact as the JSON object that its line in a facts file is. */
#ifndef MD_FACT_JSON_H
#define MD_FACT_JSON_H

#include <jansson.h>

#include "dns/dns.h"
#include "witness/opinion.h"

struct md_json;

struct md_jsonl;

/* Puts the fact there as an object; as a line of its own, in mem. */
void md_fact_put(struct md_jsonl *, const struct md_dns *);
const char *md_fact_line(struct md_arena *mem, const struct md_dns *);

/* A new reference. */
json_t *md_opinion_json(const struct md_opinion *);

/* What an opinion's line says, in in->mem; in->why tells what is wrong with it. */
/* The texts of "parts", each printable, of an opinion in a facts file or of a witness. */
const char *const *md_opinion_parts(struct md_json *in, const json_t *opinion, size_t *n);

void md_opinion_read(struct md_json *in, const json_t *line, struct md_opinion *out);

#endif
