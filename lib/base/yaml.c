/* A bounded tree of what libyaml's parser reports. */
#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "base/arena.h"

struct reader {
	struct md_arena *mem;
	const char *path;
	struct md_str text;
	yaml_parser_t parser;
	const char **why;
};

static bool read_node(struct reader *r, yaml_event_t *first, unsigned depth,
                      struct md_yaml *node);

static uint32_t
line_of(yaml_mark_t mark)
{
	return mark.line < UINT32_MAX ? (uint32_t)mark.line + 1 : UINT32_MAX;
}

static bool
refuse(struct reader *r, uint32_t line, const char *what)
{
	*r->why = md_printf(r->mem, "%s:%u: %s", r->path, line, what);
	return false;
}

/* Octets that are no characters are met before there are marks: their line is counted. */
static uint32_t
line_of_octet(struct md_str text, size_t offset)
{
	uint32_t line = 1;

	for (size_t i = 0; i < text.len && i < offset; i++)
		line += text.p[i] == '\n';
	return line;
}

static bool
refuse_problem(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	const char *problem = p->problem != NULL ? p->problem : "cannot be read";

	if (p->error == YAML_READER_ERROR)
		return refuse(r, line_of_octet(r->text, p->problem_offset),
		              md_printf(r->mem, "no text in UTF-8: %s", problem));
	if (p->context != NULL)
		problem = md_printf(r->mem, "%s %s", problem, p->context);
	return refuse(r, line_of(p->problem_mark), md_printf(r->mem, "no YAML: %s", problem));
}

static bool
next_event(struct reader *r, yaml_event_t *event)
{
	return yaml_parser_parse(&r->parser, event) != 0 || refuse_problem(r);
}

/* What a node may have before it, and is not to have here. */
static bool
is_bare(struct reader *r, const yaml_event_t *event)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;

	if (event->type == YAML_SCALAR_EVENT) {
		anchor = event->data.scalar.anchor;
		tag = event->data.scalar.tag;
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		anchor = event->data.sequence_start.anchor;
		tag = event->data.sequence_start.tag;
	} else if (event->type == YAML_MAPPING_START_EVENT) {
		anchor = event->data.mapping_start.anchor;
		tag = event->data.mapping_start.tag;
	}
	if (event->type == YAML_ALIAS_EVENT || anchor != NULL)
		return refuse(
		        r, line_of(event->start_mark),
		        "anchors (&name) and aliases (*name) are not read: write it out, or put quotes around it");
	if (tag != NULL)
		return refuse(r, line_of(event->start_mark),
		              "tags (!name) are not read: put quotes around it");
	return true;
}

static struct md_str
text_of(struct reader *r, const yaml_event_t *event)
{
	const char *value = (const char *)event->data.scalar.value;
	const size_t len = event->data.scalar.length;

	return (struct md_str){ md_strndup(r->mem, value, len), len };
}

static bool
read_list(struct reader *r, unsigned depth, struct md_yaml *node)
{
	struct md_yaml *items = NULL;
	struct md_yaml item;
	yaml_event_t event;

	for (;;) {
		if (!next_event(r, &event))
			return false;
		if (event.type == YAML_SEQUENCE_END_EVENT)
			break;
		if (!read_node(r, &event, depth, &item))
			return false;
		MD_PUSH(r->mem, items, node->n, item);
	}
	yaml_event_delete(&event);
	node->items = items;
	return true;
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

/* YAML 1.1 3.2.1.3: the keys of a mapping are unique.  libyaml leaves it to us. */
static bool
keys_differ(struct reader *r, const struct md_yaml *node)
{
	const struct md_yaml_entry **sorted =
	        md_alloc(r->mem, (node->n + 1) * sizeof(const struct md_yaml_entry *));

	for (size_t i = 0; i < node->n; i++)
		sorted[i] = &node->entries[i];
	qsort(sorted, node->n, sizeof(const struct md_yaml_entry *), compare_keys);
	for (size_t i = 1; i < node->n; i++) {
		const struct md_yaml_entry *a = sorted[i - 1], *b = sorted[i];

		if (a->key.len == b->key.len && memcmp(a->key.p, b->key.p, a->key.len) == 0)
			return refuse(r, b->line,
			              md_printf(r->mem, "%s stands here again, after line %u",
			                        md_excerpt(r->mem, b->key), a->line));
	}
	return true;
}

static bool
read_key(struct reader *r, yaml_event_t *event, struct md_yaml_entry *entry)
{
	bool ok;

	entry->line = line_of(event->start_mark);
	ok = is_bare(r, event);
	if (ok && event->type != YAML_SCALAR_EVENT)
		ok = refuse(r, entry->line, "a key of a mapping must be a text");
	if (ok)
		entry->key = text_of(r, event);
	yaml_event_delete(event);
	return ok;
}

static bool
read_map(struct reader *r, unsigned depth, struct md_yaml *node)
{
	struct md_yaml_entry *entries = NULL;
	struct md_yaml_entry entry;
	yaml_event_t event;

	for (;;) {
		if (!next_event(r, &event))
			return false;
		if (event.type == YAML_MAPPING_END_EVENT)
			break;
		if (!read_key(r, &event, &entry) || !next_event(r, &event) ||
		    !read_node(r, &event, depth, &entry.value))
			return false;
		MD_PUSH(r->mem, entries, node->n, entry);
	}
	yaml_event_delete(&event);
	node->entries = entries;
	return keys_differ(r, node);
}

/* The node that begins with this event, which is taken. */
static bool
read_node(struct reader *r, yaml_event_t *first, unsigned depth, struct md_yaml *node)
{
	const yaml_event_type_t type = first->type;
	bool ok = is_bare(r, first);

	*node = (struct md_yaml){ .line = line_of(first->start_mark), .text = { "", 0 } };
	if (ok && type == YAML_SCALAR_EVENT) {
		node->plain = first->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
		node->text = text_of(r, first);
	} else if (ok && depth == MD_YAML_DEPTH) {
		ok = refuse(r, node->line,
		            md_printf(r->mem, "more than %d lists and mappings in one another",
		                      MD_YAML_DEPTH));
	}
	yaml_event_delete(first);
	if (!ok || type == YAML_SCALAR_EVENT)
		return ok;
	node->kind = type == YAML_SEQUENCE_START_EVENT ? MD_YAML_LIST : MD_YAML_MAP;
	return node->kind == MD_YAML_LIST ? read_list(r, depth + 1, node)
	                                  : read_map(r, depth + 1, node);
}

/* Goes on to the next event of this type; false also at the end of the stream. */
static bool
skip_to(struct reader *r, yaml_event_type_t type, bool *end)
{
	yaml_event_t event;
	yaml_event_type_t met;

	do {
		if (!next_event(r, &event))
			return false;
		met = event.type;
		if (met == YAML_DOCUMENT_START_EVENT && type == YAML_STREAM_END_EVENT)
			refuse(r, line_of(event.start_mark), "a second document begins here");
		yaml_event_delete(&event);
	} while (met != type && met != YAML_STREAM_END_EVENT && **r->why == '\0');
	*end = met == YAML_STREAM_END_EVENT;
	return **r->why == '\0';
}

static bool
read_document(struct reader *r, struct md_yaml *root)
{
	yaml_event_t event;
	bool end;

	*root = (struct md_yaml){ .line = 1, .plain = true, .text = { "", 0 } };
	if (!skip_to(r, YAML_DOCUMENT_START_EVENT, &end))
		return false;
	return end || (next_event(r, &event) && read_node(r, &event, 0, root) &&
	               skip_to(r, YAML_STREAM_END_EVENT, &end));
}

const struct md_yaml *
md_yaml_read(struct md_arena *mem, const char *path, struct md_str text, const char **why)
{
	struct md_yaml *root = md_alloc(mem, sizeof(*root));
	struct reader r = { .mem = mem, .path = path, .text = text, .why = why };
	bool ok;

	*why = "";
	if (yaml_parser_initialize(&r.parser) == 0)
		abort(); /* no memory, as in arena.c */
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const yaml_char_t *)text.p, text.len);
	ok = read_document(&r, root);
	yaml_parser_delete(&r.parser);
	return ok ? root : NULL;
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
