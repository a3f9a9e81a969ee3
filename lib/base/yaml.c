/* A bounded tree of what libyaml's parser reports. */
#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/yaml_node.h"

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

static bool
refuse_problem(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	const char *problem = p->problem != NULL ? p->problem : "cannot be read";

	if (p->error == YAML_READER_ERROR)
		return refuse(r, r->before + md_yaml_line_of_octet(r->text, p->problem_offset),
		              md_printf(r->mem, "no text in UTF-8: %s", problem));
	if (p->context != NULL)
		problem = md_printf(r->mem, "%s %s", problem, p->context);
	return refuse(r, line_of(r, p->problem_mark),
	              md_printf(r->mem, "no YAML: %s", problem));
}

static bool
next_event(struct reader *r, yaml_event_t *event)
{
	return yaml_parser_parse(&r->parser, event) != 0 || refuse_problem(r);
}

static bool
is_include(const struct reader *r, const yaml_event_t *event)
{
	const struct md_yaml_marks m = md_yaml_marks_of(event);

	return r->tree->rules->include != NULL && event->type == YAML_SCALAR_EVENT &&
	       m.tag != NULL && strcmp(m.tag, "!include") == 0;
}

/* May a node have what it has before it? */
static bool
may_have_marks(struct reader *r, const yaml_event_t *event)
{
	const struct md_yaml_marks m = md_yaml_marks_of(event);
	const bool aliases = r->tree->rules->aliases;
	const bool standard =
	        m.tag != NULL && md_str_starts(md_str(m.tag), "tag:yaml.org,2002:");

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

static bool
keys_differ(struct reader *r, struct md_yaml *node, struct md_yaml_entry *entries, size_t own)
{
	const struct md_yaml_entry *twice[2];

	if (md_yaml_unique(r->mem, entries, &node->n, own, twice))
		return true;
	return refuse(r, twice[1]->line,
	              md_printf(r->mem, "%s stands here again, after line %u",
	                        md_excerpt(r->mem, twice[1]->key), twice[0]->line - r->before));
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
		if (r->tree->rules->aliases && md_str_eq(entry.key, "<<"))
			MD_PUSH(r->mem, merged, nmerged, entry.value);
		else
			MD_PUSH(r->mem, entries, node->n, entry);
	}
	yaml_event_delete(&event);
	own = node->n;
	for (size_t i = 0; i < nmerged; i++)
		if (!md_yaml_merge(r->mem, &merged[i], &entries, &node->n))
			return refuse(r, merged[i].line, "\"<<\" takes mappings");
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
		              md_printf(r->mem,
		                        "!include in more than %d files one in the other",
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
	const char *name = type == YAML_ALIAS_EVENT
	                           ? md_strdup(r->mem, md_yaml_marks_of(first).anchor)
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
		              md_printf(r->mem,
		                        "more than %d lists and mappings in one another",
		                        MD_YAML_DEPTH));
	node->kind = type == YAML_SEQUENCE_START_EVENT ? MD_YAML_LIST : MD_YAML_MAP;
	return node->kind == MD_YAML_LIST ? read_list(r, depth + 1, node)
	                                  : read_map(r, depth + 1, node);
}

/* The node that begins with this event, which is taken. */
static bool
read_node(struct reader *r, yaml_event_t *first, unsigned depth, struct md_yaml *node)
{
	const struct md_yaml_marks marks = md_yaml_marks_of(first);
	const size_t before = r->tree->nodes++;
	const char *anchor =
	        marks.anchor != NULL && !marks.alias ? md_strdup(r->mem, marks.anchor) : NULL;

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
			refuse(r, line_of(r, event.start_mark),
			       "a second document begins here");
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
