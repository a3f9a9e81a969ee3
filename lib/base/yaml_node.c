/* Nodes of YAML: found in a mapping, marked, merged. */
#include "base/yaml_node.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct md_yaml_marks
md_yaml_marks_of(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_ALIAS_EVENT:
		return (struct md_yaml_marks){ (const char *)event->data.alias.anchor, NULL,
			                       true };
	case YAML_SCALAR_EVENT:
		return (struct md_yaml_marks){ (const char *)event->data.scalar.anchor,
			                       (const char *)event->data.scalar.tag, false };
	case YAML_SEQUENCE_START_EVENT:
		return (struct md_yaml_marks){ (const char *)event->data.sequence_start.anchor,
			                       (const char *)event->data.sequence_start.tag,
			                       false };
	case YAML_MAPPING_START_EVENT:
		return (struct md_yaml_marks){ (const char *)event->data.mapping_start.anchor,
			                       (const char *)event->data.mapping_start.tag,
			                       false };
	default:
		return (struct md_yaml_marks){ NULL, NULL, false };
	}
}

static int
compare_keys(const void *a, const void *b)
{
	const struct md_yaml_entry *x = *(const struct md_yaml_entry *const *)a;
	const struct md_yaml_entry *y = *(const struct md_yaml_entry *const *)b;
	const size_t len = x->key.len < y->key.len ? x->key.len : y->key.len;
	int order = memcmp(x->key.p, y->key.p, len);

	if (order == 0)
		order = (x->key.len > y->key.len) - (x->key.len < y->key.len);
	return order != 0 ? order : (x > y) - (x < y);
}

static bool
same_key(const struct md_yaml_entry *a, const struct md_yaml_entry *b)
{
	return a->key.len == b->key.len && memcmp(a->key.p, b->key.p, a->key.len) == 0;
}

bool
md_yaml_unique(struct md_arena *mem, struct md_yaml_entry *entries, size_t *n, size_t own,
               const struct md_yaml_entry *twice[2])
{
	const struct md_yaml_entry **sorted =
	        md_alloc(mem, (*n + 1) * sizeof(const struct md_yaml_entry *));
	bool *again = md_alloc(mem, *n + 1);
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++)
		sorted[i] = &entries[i];
	qsort(sorted, *n, sizeof(const struct md_yaml_entry *), compare_keys);
	for (size_t i = 1; i < *n; i++) {
		twice[0] = sorted[i - 1];
		twice[1] = sorted[i];
		if (same_key(twice[0], twice[1]) && twice[1] < entries + own)
			return false;
		again[sorted[i] - entries] = same_key(twice[0], twice[1]);
	}
	for (size_t i = 0; i < *n; i++)
		if (!again[i])
			entries[kept++] = entries[i];
	*n = kept;
	return true;
}

uint32_t
md_yaml_line_of_octet(struct md_str text, size_t offset)
{
	uint32_t line = 1;

	for (size_t i = 0; i < text.len && i < offset; i++)
		line += text.p[i] == '\n';
	return line;
}

bool
md_yaml_merge(struct md_arena *mem, const struct md_yaml *from, struct md_yaml_entry **entries,
              size_t *n)
{
	for (size_t i = 0; from->kind == MD_YAML_MAP && i < from->n; i++)
		MD_PUSH(mem, *entries, *n, from->entries[i]);
	for (size_t i = 0; from->kind == MD_YAML_LIST && i < from->n; i++)
		if (from->items[i].kind != MD_YAML_MAP ||
		    !md_yaml_merge(mem, &from->items[i], entries, n))
			return false;
	return from->kind != MD_YAML_TEXT;
}

const struct md_yaml *
md_yaml_find(const struct md_yaml *map, const char *key)
{
	for (size_t i = 0; map->kind == MD_YAML_MAP && i < map->n; i++)
		if (md_str_eq(map->entries[i].key, key))
			return &map->entries[i].value;
	return NULL;
}

bool
md_yaml_is_null(const struct md_yaml *node)
{
	return node->kind == MD_YAML_TEXT && node->plain &&
	       (node->text.len == 0 || md_str_eq(node->text, "~") ||
	        md_str_eq(node->text, "null"));
}
