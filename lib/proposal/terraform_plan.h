/* A plan of Terraform while it is read: its resources, and what they tell of zones. */
#ifndef MD_PROPOSAL_TERRAFORM_PLAN_H
#define MD_PROPOSAL_TERRAFORM_PLAN_H

#include "proposal/terraform.h"

struct md_terraform_plan {
	struct md_export *export;
	struct md_index zones;  /* names of hosted zones, by their ids */
	struct md_index names;  /* of these zones */
	struct md_index writes; /* the first resource that writes a set of records */
};

/* False: it is faulty, and the reading ends. */
typedef bool md_terraform_fn(struct md_terraform_plan *, const json_t *resource,
                             const json_t *values);

/* Calls fn with every resource of a module and those below it; false when one call was. */
bool md_terraform_each(struct md_terraform_plan *, const json_t *module, md_terraform_fn *fn);

/* Fills in the zones, out of all states that the plan tells. */
void md_terraform_note_zones(struct md_terraform_plan *);

/*
 * The owner, type, TTL and zone that a resource's values tell.  False when it is faulty; an
 * owner that nothing tells is NULL.
 */
bool md_terraform_head(struct md_terraform_plan *, const struct md_terraform_type *,
                       const json_t *values, struct md_input_rr *e);

#endif
