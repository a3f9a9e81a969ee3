/* A fact as the JSON object that its line in a facts file is, for the JSON report. */
#ifndef MD_FACT_JSON_H
#define MD_FACT_JSON_H

#include <jansson.h>

#include "fact/dns.h"

struct md_arena;

/* A new reference; mem is for what is put together on the way. */
json_t *md_fact_json(struct md_arena *mem, const struct md_dns *);

#endif
