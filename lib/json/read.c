/* Typed values out of parsed JSON, for files that people write. */
#include "json/read.h"

#include "base/arena.h"

void
md_json_wrong(struct md_json *r, const char *fmt, ...)
{
	va_list ap;

	if (r->why != NULL)
		return;
	va_start(ap, fmt);
	r->why = md_vprintf(r->mem, fmt, ap);
	va_end(ap);
}

const char *
md_json_text(struct md_json *r, const json_t *object, const char *key, const char *missing)
{
	const json_t *value = json_object_get(object, key);

	if (value == NULL)
		return missing;
	if (!json_is_string(value)) {
		md_json_wrong(r, "\"%s\" is no string", key);
		return missing;
	}
	return md_strdup(r->mem, json_string_value(value));
}

int64_t
md_json_number(struct md_json *r, const json_t *object, const char *key, int64_t most,
               int64_t missing)
{
	const json_t *value = json_object_get(object, key);

	if (value == NULL)
		return missing;
	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
	    json_integer_value(value) > most) {
		md_json_wrong(r, "\"%s\" is no number from 0 to %lld", key, (long long)most);
		return missing;
	}
	return json_integer_value(value);
}

bool
md_json_flag(struct md_json *r, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (value != NULL && !json_is_boolean(value))
		md_json_wrong(r, "\"%s\" is neither true nor false", key);
	return json_is_true(value);
}

const json_t *
md_json_array(struct md_json *r, const json_t *object, const char *key, size_t most)
{
	const json_t *value = json_object_get(object, key);

	if (value == NULL)
		return NULL;
	if (!json_is_array(value)) {
		md_json_wrong(r, "\"%s\" is no array", key);
		return NULL;
	}
	if (json_array_size(value) > most) {
		md_json_wrong(r, "\"%s\" has more than %zu elements", key, most);
		return NULL;
	}
	return value;
}

const char *const *
md_json_texts(struct md_json *r, const json_t *object, const char *key, size_t most, size_t *n)
{
	const json_t *array = md_json_array(r, object, key, most);
	const size_t count = json_array_size(array);
	const char **texts = md_alloc(r->mem, (count + 1) * sizeof(*texts));

	for (size_t i = 0; i < count; i++) {
		const json_t *value = json_array_get(array, i);

		if (json_is_string(value))
			texts[i] = md_strdup(r->mem, json_string_value(value));
		else
			md_json_wrong(r, "\"%s\" has an element that is no string", key);
	}
	*n = r->why == NULL ? count : 0;
	return texts;
}
