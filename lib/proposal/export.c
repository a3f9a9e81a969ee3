/* Parses what is exported as JSON by jansson, with the line of every object beside it. */
#include "proposal/export.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST = 128 << 20 };

/* ---- lines ---- */

/* Where the next object begins, in a text that jansson took; line counts the lines. */
static struct md_str
next_object(struct md_str rest, uint32_t *line)
{
	bool quoted = false;

	for (; rest.len > 0; rest = md_str_skip(rest, 1)) {
		const char c = rest.p[0];

		*line += c == '\n';
		if (quoted && c == '\\')
			rest = md_str_skip(rest, 1);
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && c == '{')
			break;
	}
	return rest;
}

/* A walk over all values, in the order of the text. */
struct walk {
	struct md_export *export;
	struct md_str rest;
	uint32_t line;
};

static void
place(struct walk *w, json_t *value)
{
	for (size_t i = 0; i < json_array_size(value); i++)
		place(w, json_array_get(value, i));
	if (!json_is_object(value))
		return;
	w->rest = next_object(w->rest, &w->line);
	MD_PUSH(w->export->in->mem, w->export->places, w->export->n,
	        ((struct md_export_place){ value, w->line }));
	w->rest = md_str_skip(w->rest, 1);
	/* Iteration is by insertion, and no key stands twice. */
	for (void *at = json_object_iter(value); at != NULL;
	     at = json_object_iter_next(value, at))
		place(w, json_object_iter_value(at));
}

static int
by_object(const void *left, const void *right)
{
	const struct md_export_place *a = left, *b = right;

	return ((uintptr_t)a->object > (uintptr_t)b->object) -
	       ((uintptr_t)a->object < (uintptr_t)b->object);
}

uint32_t
md_export_line(const struct md_export *export, const json_t *object)
{
	const struct md_export_place key = { object, 0 };
	const struct md_export_place *found =
	        export->n > 0 ? bsearch(&key, export->places, export->n, sizeof(key), by_object)
	                      : NULL;

	return found != NULL ? found->line : 0;
}

/* ---- values ---- */

static void
free_root(void *root)
{
	json_decref(root);
}

bool
md_export_read(struct md_export *export, struct md_input *in)
{
	struct walk w = { .rest = in->text, .line = 1 };
	json_error_t error;

	*export = (struct md_export){ .in = in };
	if (in->text.len > LARGEST)
		return md_input_wrong(in, 0, "larger than %d MiB", LARGEST >> 20);
	export->root = json_loadb(in->text.p, in->text.len, JSON_REJECT_DUPLICATES, &error);
	if (export->root == NULL)
		return md_input_wrong(in, error.line > 0 ? (uint32_t)error.line : 1, "%s",
		                      md_show(in->mem, md_str(error.text)));
	md_arena_defer(in->mem, free_root, export->root);
	w.export = export;
	place(&w, export->root);
	if (export->n > 0)
		qsort(export->places, export->n, sizeof(*export->places), by_object);
	return true;
}

const char *
md_export_field(struct md_export *export, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (json_is_string(value))
		return json_string_value(value);
	if (json_is_integer(value))
		return md_printf(export->in->mem, "%lld", (long long)json_integer_value(value));
	if (json_is_real(value))
		return md_printf(export->in->mem, "%.0f", json_real_value(value));
	return NULL;
}

uint32_t
md_export_field_count(struct md_export *export, const json_t *object, const char *key,
                      uint32_t missing)
{
	const char *text = md_export_field(export, object, key);
	unsigned long number;

	return text != NULL && md_str_number(md_str(text), INT32_MAX, &number)
	               ? (uint32_t)number
	               : missing;
}

const json_t *
md_export_list(struct md_export *export, const json_t *object, const char *key)
{
	const json_t *list = json_object_get(object, key);

	if (json_is_array(list))
		return list;
	md_input_wrong(export->in, md_export_line(export, object), "\"%s\" is no array here",
	               key);
	return NULL;
}

struct fields {
	struct md_export *export;
	const json_t *object;
};

static const char *
field_of(void *from, const char *key)
{
	const struct fields *f = from;

	return md_export_field(f->export, f->object, key);
}

const char *
md_export_compose(struct md_export *export, const json_t *object, const char *plan)
{
	struct fields f = { export, object };

	return md_input_compose(export->in, md_export_line(export, object), plan, field_of, &f);
}
