/* Which owner, type and zone a resource of a Terraform plan has, by its values and by others.
 */
#include "proposal/terraform_plan.h"

#include <string.h>

#include "base/name.h"

enum { USUAL_TTL = 300 };

/* ---- zones by their ids ---- */

static void
note_name(struct md_terraform_plan *p, const char *id, const char *name)
{
	void **known = md_index_at(&p->zones, md_str(id));

	if (*known == NULL)
		*known = md_strdup(p->export->in->mem, name);
	md_index_add(&p->names, md_str(name));
}

static bool
note_zone(struct md_terraform_plan *p, const json_t *resource, const json_t *values)
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
		note_name(p, id, md_name_normal(p->export->in->mem, md_str(name)));
	return true;
}

bool
md_terraform_each(struct md_terraform_plan *p, const json_t *module, md_terraform_fn *fn)
{
	const json_t *resources = json_object_get(module, "resources");
	const json_t *modules = json_object_get(module, "child_modules");

	for (size_t i = 0; i < json_array_size(resources); i++) {
		const json_t *one = json_array_get(resources, i);

		if (!fn(p, one, json_object_get(one, "values")))
			return false;
	}
	for (size_t i = 0; i < json_array_size(modules); i++)
		if (!md_terraform_each(p, json_array_get(modules, i), fn))
			return false;
	return true;
}

static const json_t *
module_of(const json_t *state)
{
	return json_object_get(state, "root_module");
}

void
md_terraform_note_zones(struct md_terraform_plan *p)
{
	const json_t *root = p->export->root;
	const json_t *prior = json_object_get(root, "prior_state");

	md_terraform_each(p, module_of(json_object_get(root, "planned_values")), note_zone);
	md_terraform_each(p, module_of(json_object_get(root, "values")), note_zone);
	md_terraform_each(p, module_of(json_object_get(prior, "values")), note_zone);
}

/* ---- names ---- */

/* The zone of a resource's name; NULL when nothing tells. */
static const char *
zone_of(struct md_terraform_plan *p, const struct md_terraform_type *t, const json_t *values)
{
	const char *named = md_export_field(p->export, values, t->zone_key);
	const char *id = md_export_field(p->export, values, "zone_id");

	if (named != NULL)
		return md_name_normal(p->export->in->mem, md_str(named));
	named = id != NULL ? md_index_find(&p->zones, md_str(id)) : NULL;
	return named != NULL ? named : p->export->in->origin;
}

/* The complete name that the provider has worked out, where it tells one. */
static const char *
whole_name(struct md_terraform_plan *p, const json_t *values)
{
	static const char *const keys[] = { "hostname", "fqdn", "qualified_name", NULL };

	for (size_t i = 0; keys[i] != NULL; i++) {
		const char *text = json_string_value(json_object_get(values, keys[i]));

		if (text != NULL && text[0] != '\0')
			return md_name_normal(p->export->in->mem, md_str(text));
	}
	return NULL;
}

/* Is the name in one of the zones that the plan knows, or does it end as names of the world do?
 */
static bool
ends_as_whole(struct md_terraform_plan *p, const char *name)
{
	const char *top = md_name_last(name, 1);

	for (const char *at = name; strcmp(at, ".") != 0; at = md_name_parent(at))
		if (md_index_has(&p->names, md_str(at)))
			return true;
	if (md_name_labels(name) < 2 || md_str_starts(md_str(top), "xn--"))
		return md_name_labels(name) > 1;
	for (const char *s = top; *s != '\0'; s++)
		if (!md_is_alpha(*s))
			return false;
	return true;
}

/* Is it complete where a name below the zone may stand as well? */
static bool
is_complete(struct md_terraform_plan *p, const char *text, const char *zone)
{
	const size_t len = strlen(text);
	const char *name = md_name_normal(p->export->in->mem, md_str(text));

	if (len == 0 || strcmp(text, "@") == 0)
		return false;
	if (text[len - 1] == '.')
		return true;
	return zone != NULL ? md_name_under(name, zone) : ends_as_whole(p, name);
}

/* The owner; NULL, without a reason, when nothing tells of which zone it is. */
static const char *
owner_of(struct md_terraform_plan *p, const struct md_terraform_type *t, const json_t *values,
         const struct md_input_rr *e)
{
	struct md_input *in = p->export->in;
	const char *text = md_export_field(p->export, values, t->name_key);
	const char *whole = whole_name(p, values);

	if (text == NULL)
		text = "";
	if (t->names == MD_TF_WHOLE ||
	    (t->names == MD_TF_EITHER && is_complete(p, text, e->origin)))
		return md_input_name(in, e->line, text, ".");
	if (e->origin != NULL)
		return md_input_name(in, e->line, text, e->origin);
	return whole != NULL ? md_input_name(in, e->line, whole, ".") : NULL;
}

bool
md_terraform_head(struct md_terraform_plan *p, const struct md_terraform_type *t,
                  const json_t *values, struct md_input_rr *e)
{
	const char *type =
	        t->type[0] != '\0' ? t->type : md_export_field(p->export, values, t->type_key);

	e->ttl = md_export_field_count(p->export, values, "ttl", USUAL_TTL);
	e->origin = zone_of(p, t, values);
	if (type == NULL)
		return md_input_wrong(p->export->in, e->line, "a record without \"%s\"",
		                      t->type_key);
	e->type = md_type_find(md_str(type)); /* 0: ALIAS and the like */
	e->owner = owner_of(p, t, values, e);
	return e->owner != NULL || p->export->in->why == NULL;
}
