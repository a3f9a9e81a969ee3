/* Reads what gcloud dns writes. */
#include "proposal/gcloud.h"

#include <string.h>

enum { USUAL_TTL = 300 };

static const char *
text_of(const struct md_yaml *map, const char *key)
{
	const struct md_yaml *node = md_yaml_find(map, key);

	if (node == NULL || node->kind != MD_YAML_TEXT ||
	    md_str_find(node->text, '\0') < node->text.len)
		return NULL;
	return node->text.p;
}

static bool
is_set(const struct md_yaml *node)
{
	return md_yaml_find(node, "rrdatas") != NULL ||
	       (text_of(node, "kind") != NULL &&
	        strcmp(text_of(node, "kind"), "dns#resourceRecordSet") == 0);
}

static bool
is_transaction(const struct md_yaml *node)
{
	const struct md_yaml *additions = md_yaml_find(node, "additions");
	const struct md_yaml *deletions = md_yaml_find(node, "deletions");

	return additions != NULL && additions->kind == MD_YAML_LIST && deletions != NULL &&
	       deletions->kind == MD_YAML_LIST;
}

bool
md_input_is_gcloud(const struct md_yaml *documents)
{
	return documents->n > 0 &&
	       (is_set(&documents->items[0]) || is_transaction(&documents->items[0]));
}

static bool
read_head(struct md_input *in, const struct md_yaml *set, struct md_input_rr *e)
{
	const char *name = text_of(set, "name"), *type = text_of(set, "type");
	const char *ttl = text_of(set, "ttl");
	unsigned long seconds;

	*e = (struct md_input_rr){ .line = set->line, .ttl = USUAL_TTL };
	if (name == NULL || type == NULL)
		return md_input_wrong(in, e->line, "a set without \"name\" or \"type\"");
	if (ttl != NULL && md_str_number(md_str(ttl), INT32_MAX, &seconds))
		e->ttl = (uint32_t)seconds;
	e->owner = md_input_name(in, e->line, name, ".");
	e->type = md_type_find(md_str(type)); /* 0: ALIAS */
	return e->owner != NULL;
}

static bool
take_set(struct md_input *in, const struct md_yaml *set)
{
	const struct md_yaml *values = md_yaml_find(set, "rrdatas");
	struct md_input_rr e;

	if (!read_head(in, set, &e))
		return false;
	if (e.type == 0) {
		md_input_alias(in, &e, "ALIAS: the provider makes its addresses");
		return true;
	}
	if (values == NULL || values->kind != MD_YAML_LIST || values->n == 0) {
		md_input_unknown(in, &e, "a routing policy: the provider chooses the answer");
		return true;
	}
	for (size_t i = 0; i < values->n; i++) {
		const struct md_yaml *value = &values->items[i];

		e.line = value->line;
		if (value->kind != MD_YAML_TEXT ||
		    md_str_find(value->text, '\0') < value->text.len)
			return md_input_wrong(in, e.line, "a value of %s is no text", e.owner);
		if (!md_input_value(in, &e, MD_TXT_SHOWN, value->text.p))
			return false;
	}
	return true;
}

static bool
take_transaction(struct md_input *in, const struct md_yaml *document)
{
	const struct md_yaml *additions = md_yaml_find(document, "additions");
	const struct md_yaml *deletions = md_yaml_find(document, "deletions");
	struct md_input_rr e;

	for (size_t i = 0; i < deletions->n; i++) {
		if (!read_head(in, &deletions->items[i], &e))
			return false;
		if (e.type != 0)
			md_input_unset(in, &e);
	}
	for (size_t i = 0; i < additions->n; i++)
		if (!take_set(in, &additions->items[i]))
			return false;
	md_input_changes(in);
	return true;
}

bool
md_input_gcloud(struct md_input *in, const struct md_yaml *documents)
{
	const char *origin = in->origin != NULL ? in->origin : in->guess, *apex;

	if (is_transaction(&documents->items[0]))
		return take_transaction(in, &documents->items[0]);
	for (size_t i = 0; i < documents->n; i++)
		if (!take_set(in, &documents->items[i]))
			return false;
	apex = md_zone_find_apex(origin, in->rr, in->n);
	if (apex == NULL)
		return md_input_wrong(in, 0, "no records in it");
	md_input_zone(in, apex);
	return true;
}
