/* What providers and their tools export as JSON: values of jansson, each with its line. */
#ifndef MD_PROPOSAL_EXPORT_H
#define MD_PROPOSAL_EXPORT_H

#include <jansson.h>

#include "proposal/read.h"

struct md_export_place {
	const json_t *object;
	uint32_t line;
};

/* A document as a provider or a tool exports it. */
struct md_export {
	struct md_input *in;
	json_t *root; /* freed with the input's arena */
	size_t n;
	struct md_export_place *places; /* sorted by object */
};

/* False and in->why when it is no JSON. */
bool md_export_read(struct md_export *, struct md_input *);

/* The line where an object begins; 0 for what is none. */
uint32_t md_export_line(const struct md_export *, const json_t *object);

/* A key's string, or its number as text; NULL when there is neither. */
const char *md_export_field(struct md_export *, const json_t *object, const char *key);

/* A key's number of at most INT32_MAX; `missing` when there is none that fits. */
uint32_t md_export_field_count(struct md_export *, const json_t *object, const char *key,
                               uint32_t missing);

/* A key's array; NULL, and why, when there is none. */
const json_t *md_export_list(struct md_export *, const json_t *object, const char *key);

/* md_input_compose from the fields of an object. */
const char *md_export_compose(struct md_export *, const json_t *object, const char *plan);

/* One reader a format. */
bool md_export_dnscontrol(struct md_export *);
bool md_export_terraform(struct md_export *);
bool md_export_route53(struct md_export *);
bool md_export_powerdns(struct md_export *);
bool md_export_cloudflare(struct md_export *);

/* ---- what Cloudflare's list and its Terraform resource share ---- */

/* Adds the record of an object with type, content or value, priority and data. */
bool md_export_cloudflare_rr(struct md_export *, const json_t *, struct md_input_rr *);

#endif
