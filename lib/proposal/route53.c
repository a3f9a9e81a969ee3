/* Route 53: what list-resource-record-sets shows, a whole zone, and change batches. */
#include <string.h>

#include "base/name.h"
#include "proposal/export.h"

enum { USUAL_TTL = 300 };

static bool
is_octal(const char *s)
{
	return s[0] >= '0' && s[0] <= '3' && s[1] >= '0' && s[1] <= '7' && s[2] >= '0' &&
	       s[2] <= '7';
}

/* Route 53 writes odd octets as \ooo, in octal, where zone files have \DDD: "\052" is "*". */
static const char *
from_octal(struct md_arena *mem, const char *text)
{
	struct md_buf out = { .mem = mem };

	for (const char *s = text; *s != '\0'; s++) {
		unsigned octet;

		if (s[0] != '\\' || !is_octal(s + 1)) {
			md_buf_addc(&out, *s);
			/* "\\" and "\"" stay as they are */
			if (s[0] == '\\' && s[1] != '\0')
				md_buf_addc(&out, *++s);
			continue;
		}
		octet = (unsigned)((s[1] - '0') * 64 + (s[2] - '0') * 8 + (s[3] - '0'));
		if (octet == '*')
			md_buf_addc(&out, '*');
		else
			md_buf_printf(&out, "\\%03u", octet);
		s += 3;
	}
	return md_buf_str(&out);
}

static bool
read_head(struct md_export *export, const json_t *set, struct md_input_rr *e)
{
	const char *name = md_export_field(export, set, "Name");
	const char *type = md_export_field(export, set, "Type");

	*e = (struct md_input_rr){ .line = md_export_line(export, set),
		                   .ttl = md_export_field_count(export, set, "TTL",
		                                                USUAL_TTL) };
	if (name == NULL || type == NULL)
		return md_input_wrong(export->in, e->line,
		                      "a set without \"Name\" or \"Type\"");
	e->owner = md_input_name(export->in, e->line, from_octal(export->in->mem, name), ".");
	e->type = md_input_type(export->in, e->line, type);
	return e->owner != NULL && e->type != 0;
}

static bool
take_values(struct md_export *export, const json_t *set, const struct md_input_rr *e)
{
	const json_t *values = md_export_list(export, set, "ResourceRecords");

	for (size_t i = 0; i < json_array_size(values); i++) {
		const json_t *value = json_array_get(values, i);

		const char *text = md_export_field(export, value, "Value");
		struct md_input_rr one = *e;

		one.line = md_export_line(export, value);
		if (text == NULL)
			return md_input_wrong(export->in, e->line,
			                      "a record without \"Value\"");
		if (!md_input_value(export->in, &one, MD_TXT_SHOWN,
		                    from_octal(export->in->mem, text)))
			return false;
	}
	return values != NULL;
}

static bool
take_set(struct md_export *export, const json_t *set)
{
	const json_t *alias = json_object_get(set, "AliasTarget");
	const char *target = md_export_field(export, alias, "DNSName");
	struct md_input_rr e;

	if (!read_head(export, set, &e))
		return false;
	if (alias != NULL) {
		md_input_unknown(export->in, &e,
		                 md_printf(export->in->mem,
		                           "an alias of %s: Route 53 fills it in",
		                           md_show(export->in->mem,
		                                   md_str(target != NULL ? target : "?"))));
		return true;
	}
	if (json_object_get(set, "SetIdentifier") != NULL) {
		md_input_unknown(export->in, &e,
		                 "one of several sets: Route 53 chooses among them");
		return true;
	}
	return take_values(export, set, &e);
}

static bool
take_change(struct md_export *export, const json_t *change)
{
	const char *action = md_export_field(export, change, "Action");
	const json_t *set = json_object_get(change, "ResourceRecordSet");
	struct md_input_rr e;

	if (action == NULL || set == NULL)
		return md_input_wrong(export->in, md_export_line(export, change),
		                      "a change without \"Action\" or \"ResourceRecordSet\"");
	if (strcmp(action, "CREATE") == 0 || strcmp(action, "UPSERT") == 0)
		return take_set(export, set);
	if (strcmp(action, "DELETE") != 0)
		return md_input_wrong(export->in, md_export_line(export, change),
		                      "%s is no action",
		                      md_excerpt(export->in->mem, md_str(action)));
	if (!read_head(export, set, &e))
		return false;
	if (json_object_get(set, "SetIdentifier") != NULL)
		md_input_unknown(export->in, &e,
		                 "one of several sets: Route 53 chooses among them");
	else
		md_input_unset(export->in, &e);
	return true;
}

static bool
read_changes(struct md_export *export, const json_t *batch)
{
	const json_t *changes = md_export_list(export, batch, "Changes");

	for (size_t i = 0; i < json_array_size(changes); i++)
		if (!take_change(export, json_array_get(changes, i)))
			return false;
	md_input_changes(export->in);
	return changes != NULL;
}

static bool
read_list(struct md_export *export)
{
	const json_t *sets = md_export_list(export, export->root, "ResourceRecordSets");
	const char *apex;

	if (json_is_true(json_object_get(export->root, "IsTruncated")) ||
	    json_object_get(export->root, "NextToken") != NULL)
		return md_input_wrong(export->in, 0,
		                      "the list is cut (IsTruncated): the zone is not whole");
	for (size_t i = 0; i < json_array_size(sets); i++)
		if (!take_set(export, json_array_get(sets, i)))
			return false;
	apex = md_zone_find_apex(export->in->origin, export->in->rr, export->in->n);
	if (apex == NULL)
		return md_input_wrong(export->in, 0, "no records in it");
	md_input_zone(export->in, apex);
	return true;
}

bool
md_export_route53(struct md_export *export)
{
	const json_t *batch = json_object_get(export->root, "ChangeBatch");

	if (batch != NULL)
		return read_changes(export, batch);
	if (json_object_get(export->root, "Changes") != NULL)
		return read_changes(export, export->root);
	return read_list(export);
}
