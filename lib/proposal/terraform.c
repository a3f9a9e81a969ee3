/* terraform show -json: what a plan makes of the records that it manages. */
#include <string.h>

#include "proposal/terraform_plan.h"

/* ---- changes ---- */

/* One resource, and the line that stands for it. */
struct resource {
	const char *type, *address;
	const struct md_terraform_type *is;
	uint32_t line;
};

static struct resource
read_resource(struct md_terraform_plan *p, const json_t *resource)
{
	struct resource r = {
		.type = md_export_field(p->export, resource, "type"),
		.address = md_export_field(p->export, resource, "address"),
		.line = md_export_line(p->export, resource),
	};

	if (r.type == NULL)
		r.type = "";
	if (r.address == NULL)
		r.address = r.type;
	r.is = md_terraform_type_find(r.type);
	if (r.is != NULL || md_terraform_may_be_dns(r.type) || md_terraform_is_zone(r.type))
		r.line = md_input_within(p->export->in, r.line, r.address);
	return r;
}

static void
not_judged(struct md_terraform_plan *p, const struct resource *r, const char *why)
{
	struct md_input *in = p->export->in;

	md_input_not_judged(in, r->line, md_show(in->mem, md_str(r->address)), why);
}

/* What does not tell its name, no question can find. */
static void
name_is_relative(struct md_terraform_plan *p, const struct resource *r, const json_t *values)
{
	struct md_input *in = p->export->in;
	const char *name = md_export_field(p->export, values, r->is->name_key);

	not_judged(p, r,
	           md_printf(in->mem,
	                     "the name %s is relative, and nothing tells to which zone: "
	                     "--origin does",
	                     md_excerpt(in->mem, md_str(name != NULL ? name : "@"))));
}

static bool
take_after(struct md_terraform_plan *p, const struct resource *r, const json_t *after,
           struct md_input_rr *e)
{
	if (e->owner == NULL) {
		name_is_relative(p, r, after);
		return true;
	}
	if (e->type == 0) {
		md_input_alias(p->export->in, e, "the provider makes its addresses");
		return true;
	}
	return md_terraform_values(p->export, r->is, after, e);
}

static bool
is_name_unknown(const struct md_terraform_type *t, const json_t *after_unknown)
{
	return md_terraform_field_unknown(after_unknown, t->name_key) ||
	       md_terraform_field_unknown(after_unknown, t->zone_key) ||
	       md_terraform_field_unknown(after_unknown, t->type_key);
}

/* What was there under another name or type, or is to go, is no more. */
static bool
take_before(struct md_terraform_plan *p, const struct resource *r, const json_t *before,
            const struct md_input_rr *after)
{
	struct md_input_rr e = { .line = r->line };

	if (!json_is_object(before))
		return true;
	if (!md_terraform_head(p, r->is, before, &e))
		return false;
	if (e.owner == NULL) {
		name_is_relative(p, r, before);
		return true;
	}
	if (after->owner != NULL && e.type == after->type && strcmp(e.owner, after->owner) == 0)
		return true;
	if (e.type != 0)
		md_input_unset(p->export->in, &e);
	return true;
}

static bool
is_action(const json_t *actions, const char *name)
{
	const char *first = json_string_value(json_array_get(actions, 0));

	return first != NULL && strcmp(first, name) == 0;
}

static bool
takes_away(const json_t *actions)
{
	return is_action(actions, "delete") ||
	       (json_array_size(actions) > 1 && is_action(actions, "create"));
}

/* A resource that we do not know: what it makes of the DNS is not judged, and said so. */
static void
take_foreign(struct md_terraform_plan *p, const struct resource *r, const json_t *actions)
{
	if (is_action(actions, "no-op"))
		return;
	if (md_terraform_is_zone(r->type) && takes_away(actions))
		not_judged(p, r, "a zone that is taken away, with all that is in it");
	else if (md_terraform_may_be_dns(r->type))
		not_judged(p, r,
		           md_printf(p->export->in->mem,
		                     "maildiag does not know what records %s makes",
		                     md_show(p->export->in->mem, md_str(r->type))));
}

/* What tells a resource's zone from others of its name, such as the private one; or NULL. */
static const char *
zone_key(struct md_terraform_plan *p, const struct md_terraform_type *t, const json_t *values)
{
	static const char *const keys[] = { "zone_id", "managed_zone", NULL };
	const char *key = md_export_field(p->export, values, t->zone_key);

	for (size_t i = 0; key == NULL && keys[i] != NULL; i++)
		key = md_export_field(p->export, values, keys[i]);
	return key;
}

static bool
stays(const json_t *resource)
{
	return is_action(json_object_get(json_object_get(resource, "change"), "actions"),
	                 "no-op");
}

/* The resource that was the first to make a set of records. */
struct maker {
	const char *address;
	bool stays;
};

/*
 * A resource that is a whole set of records overwrites what another of the same name and type
 * makes.  With set identifiers, several sets are there side by side.
 */
static void
judge_set(struct md_terraform_plan *p, const struct resource *r, const json_t *resource,
          const struct md_input_rr *e)
{
	struct md_input *in = p->export->in;
	const json_t *after = json_object_get(json_object_get(resource, "change"), "after");
	const char *set = md_export_field(p->export, after, "set_identifier");
	const char *zone = zone_key(p, r->is, after);
	struct md_rr rr = { .owner = e->owner, .type = e->type, .line = e->line };
	struct maker **first;

	if (!r->is->whole_set || e->owner == NULL || e->type == 0 || zone == NULL)
		return;
	first = (struct maker **)md_index_at(
	        &p->writes, md_str(md_printf(in->mem, "%s\n%s\n%u\n%s", zone, e->owner, e->type,
	                                     set != NULL ? set : "")));
	if (*first == NULL) {
		*first = md_alloc(in->mem, sizeof(**first));
		(*first)->address = r->address;
		(*first)->stays = stays(resource);
		return;
	}
	if ((*first)->stays && stays(resource))
		return;
	md_input_fault(in, &rr, "zone.set-twice",
	               md_printf(in->mem, "%s of %s: %s and %s both make it",
	                         md_type_name(in->mem, e->type), e->owner,
	                         md_show(in->mem, md_str((*first)->address)),
	                         md_show(in->mem, md_str(r->address))));
}

static bool
take_known(struct md_terraform_plan *p, const struct resource *r, const json_t *resource)
{
	const json_t *change = json_object_get(resource, "change");
	const json_t *before = json_object_get(change, "before");
	const json_t *after = json_object_get(change, "after");
	const json_t *unknown = json_object_get(change, "after_unknown");
	struct md_input_rr e = { .line = r->line };

	if (json_is_object(after) && is_name_unknown(r->is, unknown)) {
		not_judged(p, r, "its name is known only after apply");
		return take_before(p, r, before, &e);
	}
	if (json_is_object(after) && !md_terraform_head(p, r->is, after, &e))
		return false;
	if (!take_before(p, r, before, &e))
		return false;
	if (!json_is_object(after))
		return true;
	judge_set(p, r, resource, &e);
	if (e.owner != NULL && e.type != 0 && md_terraform_unknown(r->is, after, unknown)) {
		md_input_unknown(p->export->in, &e, "known after apply");
		return true;
	}
	return take_after(p, r, after, &e);
}

static bool
take_change(struct md_terraform_plan *p, const json_t *resource)
{
	const json_t *change = json_object_get(resource, "change");
	const json_t *actions = json_object_get(change, "actions");
	struct resource r;

	if (is_action(actions, "read") || is_action(actions, "forget"))
		return true;
	r = read_resource(p, resource);
	if (r.is != NULL)
		return take_known(p, &r, resource);
	take_foreign(p, &r, actions);
	return true;
}

/* Of a state, which has no changes. */
static bool
take_resource(struct md_terraform_plan *p, const json_t *resource, const json_t *values)
{
	const char *mode = md_export_field(p->export, resource, "mode");
	struct resource r;
	struct md_input_rr e = { 0 };

	if (mode != NULL && strcmp(mode, "data") == 0)
		return true;
	r = read_resource(p, resource);
	e.line = r.line;
	if (r.is == NULL) {
		take_foreign(p, &r, NULL);
		return true;
	}
	return md_terraform_head(p, r.is, values, &e) && take_after(p, &r, values, &e);
}

bool
md_export_terraform(struct md_export *export)
{
	const json_t *changes = json_object_get(export->root, "resource_changes");
	const json_t *planned = json_object_get(export->root, "planned_values");
	struct md_terraform_plan p = { .export = export,
		                       .zones = { .mem = export->in->mem },
		                       .names = { .mem = export->in->mem },
		                       .writes = { .mem = export->in->mem } };

	if (json_is_true(json_object_get(export->root, "errored")))
		return md_input_wrong(export->in, 0,
		                      "the plan failed (errored), so it is not whole");
	md_terraform_note_zones(&p);
	for (size_t i = 0; i < json_array_size(changes); i++)
		if (!take_change(&p, json_array_get(changes, i)))
			return false;
	if (planned == NULL)
		planned = json_object_get(export->root, "values");
	if (changes == NULL &&
	    !md_terraform_each(&p, json_object_get(planned, "root_module"), take_resource))
		return false;
	md_input_changes(export->in);
	return export->in->why == NULL;
}
