/* JSON inputs: jansson's values, and the lines where their objects begin. */
#ifndef MD_PROPOSAL_JSON_H
#define MD_PROPOSAL_JSON_H

#include <jansson.h>

#include "proposal/read.h"

struct md_json_place {
	const json_t *object;
	uint32_t line;
};

struct md_json_doc {
	struct md_input *in;
	json_t *root; /* freed with the input's arena */
	size_t n;
	struct md_json_place *places; /* sorted by object */
};

/* False and in->why when it is no JSON. */
bool md_json_doc_read(struct md_json_doc *, struct md_input *);

/* The line where an object begins; 0 for what is none. */
uint32_t md_json_line(const struct md_json_doc *, const json_t *object);

/* A key's string, or its number as text; NULL when there is neither. */
const char *md_json_field(struct md_json_doc *, const json_t *object, const char *key);

/* A key's number of at most INT32_MAX; `missing` when there is none that fits. */
uint32_t md_json_field_count(struct md_json_doc *, const json_t *object, const char *key,
                             uint32_t missing);

/* A key's array; NULL, and why, when there is none. */
const json_t *md_json_list(struct md_json_doc *, const json_t *object, const char *key);

/* md_input_compose from the fields of an object. */
const char *md_json_compose(struct md_json_doc *, const json_t *object, const char *plan);

/* One reader a format. */
bool md_json_dnscontrol(struct md_json_doc *);
bool md_json_terraform(struct md_json_doc *);
bool md_json_route53(struct md_json_doc *);
bool md_json_powerdns(struct md_json_doc *);
bool md_json_cloudflare(struct md_json_doc *);

/* ---- what Cloudflare's list and its Terraform resource share ---- */

/* Adds the record of an object with type, content or value, priority and data. */
bool md_json_cloudflare_rr(struct md_json_doc *, const json_t *, struct md_input_rr *);

#endif
