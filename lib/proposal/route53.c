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
read_head(struct md_json_doc *doc, const json_t *set, struct md_input_rr *e)
{
	const char *name = md_json_field(doc, set, "Name");
	const char *type = md_json_field(doc, set, "Type");

	*e = (struct md_input_rr){ .line = md_json_line(doc, set),
		                   .ttl = md_json_field_count(doc, set, "TTL", USUAL_TTL) };
	if (name == NULL || type == NULL)
		return md_input_wrong(doc->in, e->line, "a set without \"Name\" or \"Type\"");
	e->owner = md_input_name(doc->in, e->line, from_octal(doc->in->mem, name), ".");
	e->type = md_input_type(doc->in, e->line, type);
	return e->owner != NULL && e->type != 0;
}

static bool
take_values(struct md_json_doc *doc, const json_t *set, const struct md_input_rr *e)
{
	const json_t *values = md_json_list(doc, set, "ResourceRecords");

	for (size_t i = 0; i < json_array_size(values); i++) {
		const json_t *value = json_array_get(values, i);

		const char *text = md_json_field(doc, value, "Value");
		struct md_input_rr one = *e;

		one.line = md_json_line(doc, value);
		if (text == NULL)
			return md_input_wrong(doc->in, e->line, "a record without \"Value\"");
		if (!md_input_value(doc->in, &one, MD_TXT_SHOWN,
		                    from_octal(doc->in->mem, text)))
			return false;
	}
	return values != NULL;
}

static bool
take_set(struct md_json_doc *doc, const json_t *set)
{
	const json_t *alias = json_object_get(set, "AliasTarget");
	const char *target = md_json_field(doc, alias, "DNSName");
	struct md_input_rr e;

	if (!read_head(doc, set, &e))
		return false;
	if (alias != NULL) {
		md_input_unknown(doc->in, &e,
		                 md_printf(doc->in->mem, "an alias of %s: Route 53 fills it in",
		                           md_show(doc->in->mem,
		                                   md_str(target != NULL ? target : "?"))));
		return true;
	}
	if (json_object_get(set, "SetIdentifier") != NULL) {
		md_input_unknown(doc->in, &e,
		                 "one of several sets: Route 53 chooses among them");
		return true;
	}
	return take_values(doc, set, &e);
}

static bool
take_change(struct md_json_doc *doc, const json_t *change)
{
	const char *action = md_json_field(doc, change, "Action");
	const json_t *set = json_object_get(change, "ResourceRecordSet");
	struct md_input_rr e;

	if (action == NULL || set == NULL)
		return md_input_wrong(doc->in, md_json_line(doc, change),
		                      "a change without \"Action\" or \"ResourceRecordSet\"");
	if (strcmp(action, "CREATE") == 0 || strcmp(action, "UPSERT") == 0)
		return take_set(doc, set);
	if (strcmp(action, "DELETE") != 0)
		return md_input_wrong(doc->in, md_json_line(doc, change), "%s is no action",
		                      md_excerpt(doc->in->mem, md_str(action)));
	if (!read_head(doc, set, &e))
		return false;
	if (json_object_get(set, "SetIdentifier") != NULL)
		md_input_unknown(doc->in, &e,
		                 "one of several sets: Route 53 chooses among them");
	else
		md_input_unset(doc->in, &e);
	return true;
}

static bool
read_changes(struct md_json_doc *doc, const json_t *batch)
{
	const json_t *changes = md_json_list(doc, batch, "Changes");

	for (size_t i = 0; i < json_array_size(changes); i++)
		if (!take_change(doc, json_array_get(changes, i)))
			return false;
	md_input_changes(doc->in);
	return changes != NULL;
}

static bool
read_list(struct md_json_doc *doc)
{
	const json_t *sets = md_json_list(doc, doc->root, "ResourceRecordSets");
	const char *apex;

	if (json_is_true(json_object_get(doc->root, "IsTruncated")) ||
	    json_object_get(doc->root, "NextToken") != NULL)
		return md_input_wrong(doc->in, 0,
		                      "the list is cut (IsTruncated): the zone is not whole");
	for (size_t i = 0; i < json_array_size(sets); i++)
		if (!take_set(doc, json_array_get(sets, i)))
			return false;
	apex = md_zone_find_apex(doc->in->origin, doc->in->rr, doc->in->n);
	if (apex == NULL)
		return md_input_wrong(doc->in, 0, "no records in it");
	md_input_zone(doc->in, apex);
	return true;
}

bool
md_json_route53(struct md_json_doc *doc)
{
	const json_t *batch = json_object_get(doc->root, "ChangeBatch");

	if (batch != NULL)
		return read_changes(doc, batch);
	if (json_object_get(doc->root, "Changes") != NULL)
		return read_changes(doc, doc->root);
	return read_list(doc);
}
