/* A bounded tree of what libyaml's parser reports. */
#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "base/arena.h"

/* A node that has a name. */
struct anchor {
	const char *name;
	struct md_yaml node;
	size_t size; /* nodes in it, those of aliases counted as often as they are meant */
};

/* What all files of a document share. */
struct tree {
	const struct md_yaml_rules *rules;
	size_t nodes, repeated;
	unsigned depth; /* of files */
};

struct reader {
	struct md_arena *mem;
	const char *path;
	struct md_str text;
	uint32_t before; /* lines of other files */
	struct tree *tree;
	size_t nanchors;
	struct anchor *anchors;
	yaml_parser_t parser;
	const char **why;
};

static bool read_node(struct reader *r, yaml_event_t *first, unsigned depth,
                      struct md_yaml *node);

static uint32_t
line_of(const struct reader *r, yaml_mark_t mark)
{
	const uint32_t room = UINT32_MAX - r->before;

	return r->before + (mark.line < room ? (uint32_t)mark.line + 1 : room);
}

static bool
refuse(struct reader *r, uint32_t line, const char *what)
{
	*r->why = md_printf(r->mem, "%s:%u: %s", r->path, line - r->before, what);
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
		return refuse(r, r->before + line_of_octet(r->text, p->problem_offset),
		              md_printf(r->mem, "no text in UTF-8: %s", problem));
	if (p->context != NULL)
		problem = md_printf(r->mem, "%s %s", problem, p->context);
	return refuse(r, line_of(r, p->problem_mark), md_printf(r->mem, "no YAML: %s", problem));
}

static bool
next_event(struct reader *r, yaml_event_t *event)
{
	return yaml_parser_parse(&r->parser, event) != 0 || refuse_problem(r);
}

/* What a node has before it. */
struct marks {
	const char *anchor, *tag; /* or NULL */
	bool alias;
};

static struct marks
marks_of(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_ALIAS_EVENT:
		return (struct marks){ (const char *)event->data.alias.anchor, NULL, true };
	case YAML_SCALAR_EVENT:
		return (struct marks){ (const char *)event->data.scalar.anchor,
			               (const char *)event->data.scalar.tag, false };
	case YAML_SEQUENCE_START_EVENT:
		return (struct marks){ (const char *)event->data.sequence_start.anchor,
			               (const char *)event->data.sequence_start.tag, false };
	case YAML_MAPPING_START_EVENT:
		return (struct marks){ (const char *)event->data.mapping_start.anchor,
			               (const char *)event->data.mapping_start.tag, false };
	default:
		return (struct marks){ NULL, NULL, false };
	}
}

static bool
is_include(const struct reader *r, const yaml_event_t *event)
{
	const struct marks m = marks_of(event);

	return r->tree->rules->include != NULL && event->type == YAML_SCALAR_EVENT &&
	       m.tag != NULL && strcmp(m.tag, "!include") == 0;
}

/* May a node have what it has before it? */
static bool
may_have_marks(struct reader *r, const yaml_event_t *event)
{
	const struct marks m = marks_of(event);
	const bool aliases = r->tree->rules->aliases;
	const bool standard = m.tag != NULL && md_str_starts(md_str(m.tag), "tag:yaml.org,2002:");

	if (m.anchor != NULL && !aliases)
		return refuse(
		        r, line_of(r, event->start_mark),
		        "anchors (&name) and aliases (*name) are not read: write it out, or put quotes around it");
	if (m.tag == NULL || is_include(r, event) || (aliases && standard))
		return true;
	return refuse(r, line_of(r, event->start_mark),
	              aliases ? md_printf(r->mem, "the tag %s is not read",
	                                  md_show(r->mem, md_str(m.tag)))
	                      : "tags (!name) are not read: put quotes around it");
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

static bool
same_key(const struct md_yaml_entry *a, const struct md_yaml_entry *b)
{
	return a->key.len == b->key.len && memcmp(a->key.p, b->key.p, a->key.len) == 0;
}

/*
 * YAML 1.1 3.2.1.3: the keys of a mapping are unique.  libyaml leaves it to us.  Of the entries
 * that were merged, behind the first `own`, the first with a key is taken, and none when the
 * mapping has it itself.
 */
static bool
keys_differ(struct reader *r, struct md_yaml *node, struct md_yaml_entry *entries, size_t own)
{
	const struct md_yaml_entry **sorted =
	        md_alloc(r->mem, (node->n + 1) * sizeof(const struct md_yaml_entry *));
	const size_t n = node->n;
	bool *again = md_alloc(r->mem, n + 1);

	for (size_t i = 0; i < n; i++)
		sorted[i] = &entries[i];
	qsort(sorted, n, sizeof(const struct md_yaml_entry *), compare_keys);
	for (size_t i = 1; i < n; i++) {
		const struct md_yaml_entry *a = sorted[i - 1], *b = sorted[i];

		if (!same_key(a, b))
			continue;
		if (b < entries + own)
			return refuse(r, b->line,
			              md_printf(r->mem, "%s stands here again, after line %u",
			                        md_excerpt(r->mem, b->key),
			                        a->line - r->before));
		again[b - entries] = true;
	}
	node->n = 0;
	for (size_t i = 0; i < n; i++)
		if (!again[i])
			entries[node->n++] = entries[i];
	return true;
}

/* ---- merge keys ---- */

static bool
is_merge(const struct reader *r, const struct md_yaml_entry *entry)
{
	return r->tree->rules->aliases && md_str_eq(entry->key, "<<");
}

/* Adds the entries of a mapping, or of those in a list. */
static bool
merge(struct reader *r, const struct md_yaml *from, struct md_yaml *node,
      struct md_yaml_entry **entries)
{
	if (from->kind == MD_YAML_TEXT)
		return refuse(r, from->line, "\"<<\" takes mappings");
	for (size_t i = 0; from->kind == MD_YAML_MAP && i < from->n; i++)
		MD_PUSH(r->mem, *entries, node->n, from->entries[i]);
	for (size_t i = 0; from->kind == MD_YAML_LIST && i < from->n; i++)
		if (from->items[i].kind == MD_YAML_LIST ||
		    !merge(r, &from->items[i], node, entries))
			return refuse(r, from->line, "\"<<\" takes mappings");
	return true;
}

static bool
read_key(struct reader *r, yaml_event_t *event, struct md_yaml_entry *entry)
{
	bool ok;

	entry->line = line_of(r, event->start_mark);
	ok = may_have_marks(r, event);
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
	struct md_yaml *merged = NULL;
	struct md_yaml_entry entry;
	size_t nmerged = 0, own;
	yaml_event_t event;

	for (;;) {
		if (!next_event(r, &event))
			return false;
		if (event.type == YAML_MAPPING_END_EVENT)
			break;
		if (!read_key(r, &event, &entry) || !next_event(r, &event) ||
		    !read_node(r, &event, depth, &entry.value))
			return false;
		if (is_merge(r, &entry))
			MD_PUSH(r->mem, merged, nmerged, entry.value);
		else
			MD_PUSH(r->mem, entries, node->n, entry);
	}
	yaml_event_delete(&event);
	own = node->n;
	for (size_t i = 0; i < nmerged; i++)
		if (!merge(r, &merged[i], node, &entries))
			return false;
	node->entries = entries;
	return keys_differ(r, node, entries, own);
}

/* ---- anchors and files ---- */

/* An alias is the node that has the name, and counts as often as it is meant. */
static bool
take_alias(struct reader *r, uint32_t line, const char *name, struct md_yaml *node)
{
	size_t i = r->nanchors;

	while (i > 0 && strcmp(r->anchors[i - 1].name, name) != 0)
		i--;
	if (i == 0)
		return refuse(r, line,
		              md_printf(r->mem, "no anchor is called %s",
		                        md_excerpt(r->mem, md_str(name))));
	r->tree->repeated += r->anchors[i - 1].size;
	r->tree->nodes += r->anchors[i - 1].size;
	if (r->tree->repeated > MD_YAML_REPEATED)
		return refuse(r, line,
		              md_printf(r->mem, "aliases repeat more than %d values",
		                        MD_YAML_REPEATED));
	*node = r->anchors[i - 1].node;
	return true;
}

static bool
keep_anchor(struct reader *r, const char *name, const struct md_yaml *node, size_t size)
{
	enum { MOST_ANCHORS = 1000 };

	if (r->nanchors == MOST_ANCHORS)
		return refuse(r, node->line, "more than 1000 anchors");
	MD_PUSH(r->mem, r->anchors, r->nanchors, ((struct anchor){ name, *node, size }));
	return true;
}

static bool read_file(struct md_arena *mem, struct tree *tree, const struct md_yaml_file *file,
                      struct md_yaml *root, const char **why);

static bool
take_include(struct reader *r, uint32_t line, const char *name, struct md_yaml *node)
{
	const struct md_yaml_rules *rules = r->tree->rules;
	struct md_yaml_file file;
	const char *why = "";
	bool ok;

	if (r->tree->depth == MD_YAML_INCLUDED)
		return refuse(r, line,
		              md_printf(r->mem, "!include in more than %d files one in the other",
		                        MD_YAML_INCLUDED));
	if (!rules->include(rules->user, r->path, name, &file, &why))
		return refuse(r, line,
		              md_printf(r->mem, "!include %s: %s",
		                        md_excerpt(r->mem, md_str(name)), why));
	r->tree->depth++;
	ok = read_file(r->mem, r->tree, &file, node, r->why);
	r->tree->depth--;
	return ok;
}

/* ---- nodes ---- */

/* What follows the event of a node, which is taken. */
static bool
read_inside(struct reader *r, yaml_event_t *first, unsigned depth, struct md_yaml *node)
{
	const yaml_event_type_t type = first->type;
	const bool include = is_include(r, first);
	const char *name = type == YAML_ALIAS_EVENT ? md_strdup(r->mem, marks_of(first).anchor)
	                                            : "";

	if (type == YAML_SCALAR_EVENT) {
		node->plain = first->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
		node->text = text_of(r, first);
	}
	yaml_event_delete(first);
	if (type == YAML_ALIAS_EVENT)
		return take_alias(r, node->line, name, node);
	if (include)
		return take_include(r, node->line, node->text.p, node);
	if (type == YAML_SCALAR_EVENT)
		return true;
	if (depth == MD_YAML_DEPTH)
		return refuse(r, node->line,
		              md_printf(r->mem, "more than %d lists and mappings in one another",
		                        MD_YAML_DEPTH));
	node->kind = type == YAML_SEQUENCE_START_EVENT ? MD_YAML_LIST : MD_YAML_MAP;
	return node->kind == MD_YAML_LIST ? read_list(r, depth + 1, node)
	                                  : read_map(r, depth + 1, node);
}

/* The node that begins with this event, which is taken. */
static bool
read_node(struct reader *r, yaml_event_t *first, unsigned depth, struct md_yaml *node)
{
	const struct marks marks = marks_of(first);
	const size_t before = r->tree->nodes++;
	const char *anchor = marks.anchor != NULL && !marks.alias
	                             ? md_strdup(r->mem, marks.anchor)
	                             : NULL;

	*node = (struct md_yaml){ .line = line_of(r, first->start_mark), .text = { "", 0 } };
	if (!may_have_marks(r, first)) {
		yaml_event_delete(first);
		return false;
	}
	return read_inside(r, first, depth, node) &&
	       (anchor == NULL || keep_anchor(r, anchor, node, r->tree->nodes - before));
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
			refuse(r, line_of(r, event.start_mark), "a second document begins here");
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

	*root = (struct md_yaml){ .line = r->before + 1, .plain = true, .text = { "", 0 } };
	if (!skip_to(r, YAML_DOCUMENT_START_EVENT, &end))
		return false;
	return end || (next_event(r, &event) && read_node(r, &event, 0, root) &&
	               skip_to(r, YAML_STREAM_END_EVENT, &end));
}

/* Every document of a stream, as a list. */
static bool
read_documents(struct reader *r, struct md_yaml *root)
{
	struct md_yaml *items = NULL, item;
	yaml_event_t event;
	bool end;

	*root = (struct md_yaml){ .kind = MD_YAML_LIST, .line = 1, .text = { "", 0 } };
	while (skip_to(r, YAML_DOCUMENT_START_EVENT, &end) && !end) {
		if (!next_event(r, &event) || !read_node(r, &event, 0, &item))
			return false;
		MD_PUSH(r->mem, items, root->n, item);
		root->items = items;
	}
	return **r->why == '\0';
}

static bool
read_file(struct md_arena *mem, struct tree *tree, const struct md_yaml_file *file,
          struct md_yaml *root, const char **why)
{
	struct reader r = { .mem = mem,
		            .path = file->path,
		            .text = file->text,
		            .before = file->before,
		            .tree = tree,
		            .why = why };
	bool ok;

	if (yaml_parser_initialize(&r.parser) == 0)
		abort(); /* no memory, as in arena.c */
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const yaml_char_t *)file->text.p,
	                             file->text.len);
	ok = tree->rules->documents && tree->depth == 0 ? read_documents(&r, root)
	                                                : read_document(&r, root);
	yaml_parser_delete(&r.parser);
	return ok;
}

const struct md_yaml *
md_yaml_read_by(struct md_arena *mem, const struct md_yaml_rules *rules, const char *path,
                struct md_str text, const char **why)
{
	struct md_yaml *root = md_alloc(mem, sizeof(*root));
	struct tree tree = { .rules = rules };

	*why = "";
	return read_file(mem, &tree, &(struct md_yaml_file){ path, text, 0 }, root, why) ? root
	                                                                                : NULL;
}

const struct md_yaml *
md_yaml_read(struct md_arena *mem, const char *path, struct md_str text, const char **why)
{
	static const struct md_yaml_rules strict = { .aliases = false };

	return md_yaml_read_by(mem, &strict, path, text, why);
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
