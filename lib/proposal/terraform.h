/* Resources of Terraform that are DNS records: where their fields are, and what these say. */
#ifndef MD_PROPOSAL_TERRAFORM_H
#define MD_PROPOSAL_TERRAFORM_H

#include "proposal/export.h"

/* How a resource tells its name. */
enum md_terraform_names {
	MD_TF_WHOLE,  /* complete, with or without its final dot */
	MD_TF_BELOW,  /* below the zone; "" and "@" are the zone */
	MD_TF_EITHER, /* complete when it ends in the zone's */
};

struct md_terraform_type {
	const char *resource;
	const char *type; /* of its records; "": its field `type_key` tells */
	const char *type_key, *zone_key, *name_key, *values_key; /* "": has none */
	enum md_terraform_names names;
	enum md_txt_form form;
	const char *plan; /* of values that are objects (md_input_compose); "": none are */
	bool below;       /* names in values are below the zone unless they end in a dot */
	bool whole_set;   /* it is all records of its name and type, not one of them */
};

/* NULL for what makes no DNS records. */
const struct md_terraform_type *md_terraform_type_find(const char *resource);

/*
 * Does a resource of this type, which md_terraform_type_find does not know, look as if it made
 * or took away DNS records?
 */
bool md_terraform_may_be_dns(const char *resource);

/* Does a known resource make the zone alone, with records only when it goes? */
bool md_terraform_is_zone(const char *resource);

/* Adds the records of a resource's values; origin of *e is the zone. */
bool md_terraform_values(struct md_export *, const struct md_terraform_type *,
                         const json_t *values, struct md_input_rr *e);

/* Are the records known only after apply? */
bool md_terraform_unknown(const struct md_terraform_type *, const json_t *after,
                          const json_t *after_unknown);

/* Is any part of a field so? */
bool md_terraform_field_unknown(const json_t *after_unknown, const char *key);

#endif
