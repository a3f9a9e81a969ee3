/* terraform show -json: what a plan makes of the records that it manages. */
#include "proposal/terraform.h"

#include <string.h>

#include "base/name.h"

enum { USUAL_TTL = 300 };

struct plan {
	struct md_export *export;
	struct md_index zones;  /* names, by ids */
	struct md_index writes; /* addresses of resources, by the set that each one writes */
};

typedef bool resource_fn(struct plan *, const json_t *resource, const json_t *values);

/* ---- zones by their ids ---- */

static void
note_name(struct plan *p, const char *id, const char *name)
{
	void **known = md_index_at(&p->zones, md_str(id));

	if (*known == NULL)
		*known = md_strdup(p->export->in->mem,
		                   md_name_normal(p->export->in->mem, md_str(name)));
}

static bool
note_zone(struct plan *p, const json_t *resource, const json_t *values)
{
	const char *type = md_export_field(p->export, resource, "type");
	const bool aws = type != NULL && strcmp(type, "aws_route53_zone") == 0;
	const bool cloudflare = type != NULL && strcmp(type, "cloudflare_zone") == 0;
	const char *id = md_export_field(p->export, values, aws ? "zone_id" : "id");
	const char *name = md_export_field(p->export, values, "name");

	if (id == NULL)
		id = md_export_field(p->export, values, "id");
	if (name == NULL)
		name = md_export_field(p->export, values, "zone");
	if ((aws || cloudflare) && id != NULL && name != NULL)
		note_name(p, id, name);
	return true;
}

/* Calls fn with every resource of a module and those below it. */
static bool
each_resource(struct plan *p, const json_t *module, resource_fn *fn)
{
	const json_t *resources = json_object_get(module, "resources");
	const json_t *modules = json_object_get(module, "child_modules");

	for (size_t i = 0; i < json_array_size(resources); i++) {
		const json_t *one = json_array_get(resources, i);

		if (!fn(p, one, json_object_get(one, "values")))
			return false;
	}
	for (size_t i = 0; i < json_array_size(modules); i++)
		if (!each_resource(p, json_array_get(modules, i), fn))
			return false;
	return true;
}

static const json_t *
module_of(const json_t *state)
{
	return json_object_get(state, "root_module");
}

static void
note_zones(struct plan *p)
{
	const json_t *root = p->export->root;
	const json_t *prior = json_object_get(root, "prior_state");

	each_resource(p, module_of(json_object_get(root, "planned_values")), note_zone);
	each_resource(p, module_of(json_object_get(root, "values")), note_zone);
	each_resource(p, module_of(json_object_get(prior, "values")), note_zone);
}

/* ---- names ---- */

/* The zone of a resource's name; NULL when nothing tells. */
static const char *
zone_of(struct plan *p, const struct md_terraform_type *t, const json_t *values)
{
	const char *named = md_export_field(p->export, values, t->zone_key);
	const char *id = md_export_field(p->export, values, "zone_id");

	if (named != NULL)
		return md_name_normal(p->export->in->mem, md_str(named));
	named = id != NULL ? md_index_find(&p->zones, md_str(id)) : NULL;
	return named != NULL ? named : p->export->in->origin;
}

/* Is it complete where a name below the zone may stand as well? */
static bool
is_complete(struct plan *p, const char *text, const char *zone)
{
	const size_t len = strlen(text);

	if (len == 0 || strcmp(text, "@") == 0)
		return false;
	if (text[len - 1] == '.')
		return true;
	if (zone == NULL)
		return strchr(text, '.') != NULL;
	return md_name_under(md_name_normal(p->export->in->mem, md_str(text)), zone);
}

/* The owner, type, TTL and zone that a resource's values tell. */
static bool
read_head(struct plan *p, const struct md_terraform_type *t, const json_t *values,
          struct md_input_rr *e)
{
	struct md_input *in = p->export->in;
	const char *text = md_export_field(p->export, values, t->name_key);
	const char *type =
	        t->type[0] != '\0' ? t->type : md_export_field(p->export, values, t->type_key);

	if (text == NULL)
		text = "";
	e->ttl = md_export_field_count(p->export, values, "ttl", USUAL_TTL);
	e->origin = zone_of(p, t, values);
	if (type == NULL)
		return md_input_wrong(in, e->line, "a record without \"%s\"", t->type_key);
	e->type = md_type_find(md_str(type)); /* 0: ALIAS and the like */
	if (t->names == MD_TF_WHOLE ||
	    (t->names == MD_TF_EITHER && is_complete(p, text, e->origin)))
		e->owner = md_input_name(in, e->line, text, ".");
	else if (e->origin != NULL)
		e->owner = md_input_name(in, e->line, text, e->origin);
	else
		md_input_wrong(in, e->line,
		               "the name %s is relative, and nothing tells to which zone: "
		               "--origin does",
		               md_excerpt(in->mem, md_str(text)));
	return e->owner != NULL;
}

/* ---- changes ---- */

static const char *
address_of(struct plan *p, const json_t *resource)
{
	const char *address = md_export_field(p->export, resource, "address");

	return address != NULL ? md_show(p->export->in->mem, md_str(address)) : "a resource";
}

static bool
take_after(struct plan *p, const struct md_terraform_type *t, const json_t *after,
           struct md_input_rr *e)
{
	if (e->type == 0) {
		md_input_alias(p->export->in, e, "the provider makes its addresses");
		return true;
	}
	return md_terraform_values(p->export, t, after, e);
}

/* What a name that is not known yet will have, no question can find. */
static void
name_is_unknown(struct plan *p, const char *address, uint32_t line)
{
	struct md_input *in = p->export->in;
	const struct md_rr nowhere = { .owner = md_show(in->mem, md_str(address)),
		                       .line = line };

	md_input_fault(in, &nowhere, "zone.name-unknown",
	               "known after apply, and so what it changes");
}

static bool
is_name_unknown(const struct md_terraform_type *t, const json_t *after_unknown)
{
	return md_terraform_field_unknown(after_unknown, t->name_key) ||
	       md_terraform_field_unknown(after_unknown, t->zone_key) ||
	       md_terraform_field_unknown(after_unknown, t->type_key);
}

static bool
is_action(const json_t *actions, const char *name)
{
	const char *first = json_string_value(json_array_get(actions, 0));

	return first != NULL && strcmp(first, name) == 0;
}

/* What tells a resource's zone from others of its name, such as the private one; or NULL. */
static const char *
zone_key(struct plan *p, const struct md_terraform_type *t, const json_t *values)
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

/*
 * A resource that is a whole set of records overwrites what another of the same name and type
 * makes.  With set identifiers, several sets are there side by side.
 */
static void
judge_set(struct plan *p, const struct md_terraform_type *t, const json_t *resource,
          const struct md_input_rr *e)
{
	struct md_input *in = p->export->in;
	const json_t *after = json_object_get(json_object_get(resource, "change"), "after");
	const char *set = md_export_field(p->export, after, "set_identifier");
	const char *zone = zone_key(p, t, after);
	struct md_rr rr = { .owner = e->owner, .type = e->type, .line = e->line };
	const json_t **first;

	if (!t->whole_set || e->type == 0 || zone == NULL)
		return;
	first = (const json_t **)md_index_at(
	        &p->writes, md_str(md_printf(in->mem, "%s\n%s\n%u\n%s", zone, e->owner, e->type,
	                                     set != NULL ? set : "")));
	if (*first == NULL) {
		*first = resource;
		return;
	}
	if (stays(*first) && stays(resource))
		return;
	md_input_fault(in, &rr, "zone.set-twice",
	               md_printf(in->mem, "%s of %s: %s and %s both make it",
	                         md_type_name(in->mem, e->type), e->owner,
	                         address_of(p, *first), address_of(p, resource)));
}

/* What was there under another name or type, or is to go, is no more. */
static bool
take_before(struct plan *p, const struct md_terraform_type *t, const json_t *before,
            const struct md_input_rr *after)
{
	struct md_input_rr e = { .line = after->line };

	if (!json_is_object(before))
		return true;
	if (!read_head(p, t, before, &e))
		return false;
	if (after->owner != NULL && e.type == after->type && strcmp(e.owner, after->owner) == 0)
		return true;
	if (e.type != 0)
		md_input_unset(p->export->in, &e);
	return true;
}

static bool
take_change(struct plan *p, const json_t *resource)
{
	const char *type = md_export_field(p->export, resource, "type");
	const char *address = md_export_field(p->export, resource, "address");
	const struct md_terraform_type *t = type != NULL ? md_terraform_type_find(type) : NULL;
	const json_t *change = json_object_get(resource, "change");
	const json_t *actions = json_object_get(change, "actions");
	const json_t *after = json_object_get(change, "after");
	const json_t *unknown = json_object_get(change, "after_unknown");
	struct md_input_rr e = { .line = md_export_line(p->export, resource) };

	if (t == NULL || is_action(actions, "read") || is_action(actions, "forget"))
		return true;
	if (json_is_object(after) && is_name_unknown(t, unknown)) {
		name_is_unknown(p, address != NULL ? address : type, e.line);
		return take_before(p, t, json_object_get(change, "before"), &e);
	}
	if (json_is_object(after) && !read_head(p, t, after, &e))
		return false;
	if (!take_before(p, t, json_object_get(change, "before"), &e))
		return false;
	if (!json_is_object(after))
		return true;
	judge_set(p, t, resource, &e);
	if (e.type != 0 && md_terraform_unknown(t, after, unknown)) {
		md_input_unknown(p->export->in, &e, "known after apply");
		return true;
	}
	return take_after(p, t, after, &e);
}

/* Of a state, which has no changes. */
static bool
take_resource(struct plan *p, const json_t *resource, const json_t *values)
{
	const char *type = md_export_field(p->export, resource, "type");
	const struct md_terraform_type *t = type != NULL ? md_terraform_type_find(type) : NULL;
	struct md_input_rr e = { .line = md_export_line(p->export, resource) };

	if (t == NULL)
		return true;
	return read_head(p, t, values, &e) && take_after(p, t, values, &e);
}

bool
md_export_terraform(struct md_export *export)
{
	const json_t *changes = json_object_get(export->root, "resource_changes");
	const json_t *planned = json_object_get(export->root, "planned_values");
	struct plan p = { .export = export,
		          .zones = { .mem = export->in->mem },
		          .writes = { .mem = export->in->mem } };

	if (json_is_true(json_object_get(export->root, "errored")))
		return md_input_wrong(export->in, 0,
		                      "the plan failed (errored), so it is not whole");
	note_zones(&p);
	for (size_t i = 0; i < json_array_size(changes); i++)
		if (!take_change(&p, json_array_get(changes, i)))
			return false;
	if (planned == NULL)
		planned = json_object_get(export->root, "values");
	if (changes == NULL && !each_resource(&p, module_of(planned), take_resource))
		return false;
	md_input_changes(export->in);
	return export->in->why == NULL;
}
