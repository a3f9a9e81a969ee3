/*
 * Any text as JSON: read.h takes and refuses what jansson does, finds the same values, and is
 * written by write.h as jansson writes it, on a line and indented, but for characters that a
 * terminal must not see, which mean the same.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "rendered.h"
#include "json/read.h"
#include "json/write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_be_same_text(struct md_arena *mem, const struct md_members *object, const char *key,
                  const json_t *value)
{
	struct md_read in = { .mem = mem };
	const char *text = md_read_text(&in, object, key, "");

	assert(json_is_string(value) == (in.why == NULL));
	assert(in.why != NULL || strcmp(text, json_string_value(value)) == 0);
}

static void
must_be_same_number(struct md_str view, const json_t *value)
{
	int64_t number;

	assert(md_read_integer(view, &number) == json_is_integer(value));
	assert(number == json_integer_value(value));
}

static void
must_be_same_array(struct md_arena *mem, const struct md_members *object, const char *key,
                   const json_t *value)
{
	struct md_read in = { .mem = mem };
	size_t n;
	const struct md_str *all = md_read_array(&in, object, key, SIZE_MAX, &n);

	assert((all != NULL) == json_is_array(value));
	assert(n == json_array_size(value));
	for (size_t i = 0; i < n; i++)
		must_be_same_number(all[i], json_array_get(value, i));
}

static void
must_have_same_members(struct md_arena *mem, const struct md_members *object, json_t *root)
{
	struct md_read in = { .mem = mem };
	const char *name;
	json_t *value;
	size_t i = 0;

	assert(object->n == json_object_size(root));
	json_object_foreach(root, name, value)
	{
		const struct md_member *m = &object->all[i++];
		struct md_members inner;

		assert(md_str_eq(m->key, name));
		assert(md_read_value(object, name).p == m->value.p);
		assert(md_read_flag(&in, object, name) == json_is_true(value));
		must_be_same_text(mem, object, name, value);
		must_be_same_number(m->value, value);
		must_be_same_array(mem, object, name, value);
		assert(md_read_object(&in, m->value, &inner) == json_is_object(value));
		assert(inner.n == json_object_size(value));
	}
}

/* Numbers are written as they stood; jansson says "0" for "-0", "100.0" for "1e2". */
static bool
has_odd_number(const json_t *value)
{
	const char *key;
	json_t *inner;
	size_t i;

	if (json_is_real(value) || (json_is_integer(value) && json_integer_value(value) == 0))
		return true;
	json_array_foreach(value, i, inner) if (has_odd_number(inner)) return true;
	json_object_foreach((json_t *)(uintptr_t)value, key,
	                    inner) if (has_odd_number(inner)) return true;
	return false;
}

static void
must_be_written_the_same(struct md_arena *mem, struct md_str text, const json_t *root,
                         bool indented)
{
	struct md_json j = { .text.mem = mem, .indented = indented };
	char *expected = json_dumps(root, indented ? JSON_INDENT(2) : JSON_COMPACT);

	md_json_value(&j, NULL, text);
	assert(expected != NULL);
	must_be_plain(md_buf_str(&j.text), j.text.len);
	if (strcmp(expected, md_buf_str(&j.text)) != 0) {
		json_t *again = json_loads(md_buf_str(&j.text), 0, NULL);
		char *same = json_dumps(again, indented ? JSON_INDENT(2) : JSON_COMPACT);

		assert(same != NULL && strcmp(expected, same) == 0);
		json_decref(again);
		free(same);
	}
	free(expected);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_str text = { (const char *)data, size };
	struct md_arena *mem = md_arena_new();
	struct md_read in = { .mem = mem };
	struct md_members object;
	json_t *root = json_loadb(text.p, text.len, JSON_REJECT_DUPLICATES, NULL);

	assert(md_read_line(&in, text, &object) == (in.why == NULL));
	if (md_str_find(text, '\0') < text.len) /* jansson passes over some */
		assert(in.why != NULL);
	else
		assert((in.why == NULL) == json_is_object(root));
	if (in.why == NULL)
		must_have_same_members(mem, &object, root);
	if (in.why == NULL && !has_odd_number(root)) {
		must_be_written_the_same(mem, text, root, false);
		must_be_written_the_same(mem, text, root, true);
	}
	json_decref(root);
	md_arena_free(mem);
	return 0;
}
