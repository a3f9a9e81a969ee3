/* PowerDNS: a zone of its API, whole, and the RRsets of a PATCH. */
#include <string.h>

#include "proposal/export.h"

enum { USUAL_TTL = 3600 };

static bool
read_head(struct md_export *export, const json_t *set, struct md_input_rr *e)
{
	const char *name = md_export_field(export, set, "name");
	const char *type = md_export_field(export, set, "type");

	*e = (struct md_input_rr){ .line = md_export_line(export, set),
		                   .ttl = md_export_field_count(export, set, "ttl",
		                                                USUAL_TTL) };
	if (name == NULL || type == NULL)
		return md_input_wrong(export->in, e->line,
		                      "an RRset without \"name\" or \"type\"");
	e->owner = md_input_name(export->in, e->line, name, ".");
	/* ALIAS and LUA records are made by the server. */
	e->type = md_type_find(md_str(type));
	return e->owner != NULL;
}

/* Adds an RRset's records; n is how many there are. */
static bool
take_records(struct md_export *export, const json_t *set, const struct md_input_rr *e,
             size_t *n)
{
	const json_t *records = md_export_list(export, set, "records");

	*n = 0;
	for (size_t i = 0; i < json_array_size(records); i++) {
		const json_t *record = json_array_get(records, i);

		const char *content = md_export_field(export, record, "content");
		struct md_input_rr one = *e;

		if (json_is_true(json_object_get(record, "disabled")))
			continue;
		one.line = md_export_line(export, record);
		if (content == NULL)
			return md_input_wrong(export->in, e->line,
			                      "a record without \"content\"");
		if (!md_input_value(export->in, &one, MD_TXT_SHOWN, content))
			return false;
		++*n;
	}
	return records != NULL;
}

static bool
take_set(struct md_export *export, const json_t *set)
{
	const char *change = md_export_field(export, set, "changetype");
	struct md_input_rr e;
	size_t n;

	if (!read_head(export, set, &e))
		return false;
	if (e.type == 0) {
		md_input_alias(export->in, &e, "the server makes its addresses");
		return true;
	}
	if (change != NULL && strcmp(change, "DELETE") == 0) {
		md_input_unset(export->in, &e);
		return true;
	}
	if (change != NULL && strcmp(change, "REPLACE") != 0) {
		md_input_unknown(export->in, &e,
		                 md_printf(export->in->mem, "%s of what is there",
		                           md_show(export->in->mem, md_str(change))));
		return true;
	}
	if (!take_records(export, set, &e, &n))
		return false;
	if (change != NULL && n == 0)
		md_input_unset(export->in, &e);
	return true;
}

bool
md_export_powerdns(struct md_export *export)
{
	const json_t *sets = md_export_list(export, export->root, "rrsets");
	const char *named = md_export_field(export, export->root, "name"),
	           *apex = export->in->origin;
	size_t changes = 0;

	for (size_t i = 0; i < json_array_size(sets); i++) {
		const json_t *set = json_array_get(sets, i);

		changes += json_object_get(set, "changetype") != NULL;
		if (!take_set(export, set))
			return false;
	}
	if (sets == NULL)
		return false;
	if (changes > 0) {
		md_input_changes(export->in);
		return true;
	}
	if (named != NULL)
		apex = md_input_name(export->in, 1, named, ".");
	if (export->in->why == NULL)
		apex = md_zone_find_apex(apex, export->in->rr, export->in->n);
	if (apex == NULL)
		return md_input_wrong(export->in, 0, "no records in it");
	md_input_zone(export->in, apex);
	return true;
}
