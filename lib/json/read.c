/* Typed values out of a JSON object, for files that people write. */
#include "json/read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "json/scan.h"

void
md_read_wrong(struct md_read *r, const char *fmt, ...)
{
	va_list ap;

	if (r->why != NULL)
		return;
	va_start(ap, fmt);
	r->why = md_vprintf(r->mem, fmt, ap);
	va_end(ap);
}

/* ---- is it sound? ---- */

/* A text on its way, the keys of all objects that are open, and the members of the outermost.
 */
struct judge {
	struct md_arena *mem;
	struct md_scan scan;
	size_t n, room;
	struct md_str *keys;
	struct md_members *members;
};

/* A key's, as a view as well. */
static struct md_str
meaning(struct md_arena *mem, struct md_str key)
{
	return md_str_find(key, '\\') == key.len ? key : md_str(md_scan_meant(mem, key));
}

/* Where it begins. */
static const char *
next_value(struct md_scan *s)
{
	md_scan_kind(s);
	return s->p;
}

static void
add_key(struct judge *j, struct md_str key)
{
	if (j->n == j->room) {
		struct md_str *more;

		j->room = j->room > 0 ? 2 * j->room : 32;
		more = md_alloc(j->mem, j->room * sizeof(*more));
		if (j->n > 0)
			memcpy(more, j->keys, j->n * sizeof(*more));
		j->keys = more;
	}
	j->keys[j->n++] = key;
}

static int
by_text(const void *left, const void *right)
{
	const struct md_str *a = left, *b = right;

	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return memcmp(a->p, b->p, a->len);
}

/* Does no key stand there twice?  Their order may be lost. */
static bool
are_distinct(struct md_str *keys, size_t n)
{
	enum { FEW = 16 };

	if (n > FEW)
		qsort(keys, n, sizeof(*keys), by_text);
	for (size_t i = 1; i < n; i++)
		for (size_t j = n > FEW ? i - 1 : 0; j < i; j++)
			if (by_text(&keys[i], &keys[j]) == 0)
				return false;
	return true;
}

static bool
fits(struct md_arena *mem, struct md_str number)
{
	const char *text;
	int64_t integer;

	if (md_read_integer(number, &integer))
		return true;
	text = md_strndup(mem, number.p, number.len);
	return text[strcspn(text, ".eE")] != '\0' && isfinite(strtod(text, NULL));
}

static bool
judge_text(struct md_scan *s, struct md_str text)
{
	return md_scan_is_sound(text) || md_scan_fault(s, "invalid Unicode escape");
}

static bool judge_value(struct judge *);

static void
judge_object(struct judge *j)
{
	const size_t around = j->n;
	struct md_member m;

	md_scan_object(&j->scan);
	while (md_scan_member(&j->scan, &m.key) && judge_text(&j->scan, m.key)) {
		m.key = meaning(j->mem, m.key);
		add_key(j, m.key);
		m.value.p = next_value(&j->scan);
		judge_value(j);
		m.value.len = (size_t)(j->scan.p - m.value.p);
		if (j->scan.depth == 1)
			MD_PUSH(j->mem, j->members->all, j->members->n, m);
	}
	if (j->n > around && !are_distinct(j->keys + around, j->n - around))
		md_scan_fault(&j->scan, "duplicate object key");
	j->n = around;
}

static void
judge_array(struct judge *j)
{
	md_scan_array(&j->scan);
	while (md_scan_element(&j->scan))
		judge_value(j);
}

static bool
judge_value(struct judge *j)
{
	struct md_scan *s = &j->scan;
	struct md_str text;

	if (s->depth == MD_SCAN_DEEPEST)
		md_scan_fault(s, "nested too deep");
	switch (md_scan_kind(s)) {
	case '{':
		judge_object(j);
		break;
	case '[':
		judge_array(j);
		break;
	case '"':
		if (md_scan_text(s, &text))
			judge_text(s, text);
		break;
	case '0':
		if (md_scan_number(s, &text) && !fits(j->mem, text))
			md_scan_fault(s, "too big a number");
		break;
	default:
		md_scan_skip(s);
	}
	return s->fault == NULL;
}

bool
md_read_line(struct md_read *r, struct md_str text, struct md_members *out)
{
	struct md_members members = { .n = 0 };
	struct judge j = { .mem = r->mem, .scan = md_scan(text), .members = &members };
	const char kind = md_scan_kind(&j.scan);

	*out = (struct md_members){ .n = 0 };
	if (!md_escape_is_utf8(text))
		md_scan_fault(&j.scan, "invalid UTF-8");
	else if (kind != '{' && kind != '[')
		md_scan_fault(&j.scan, "'[' or '{' expected");
	if (!judge_value(&j) || !md_scan_end(&j.scan))
		md_read_wrong(r, "no JSON: %s (at column %zu)", j.scan.fault,
		              md_scan_offset(&j.scan) + 1);
	else if (kind != '{')
		md_read_wrong(r, "no JSON object");
	else
		*out = members;
	return r->why == NULL;
}

/* ---- values ---- */

/* Passes over a value, which is a view afterwards. */
static struct md_str
take(struct md_scan *s)
{
	const char *begin = next_value(s);

	md_scan_skip(s);
	return (struct md_str){ begin, (size_t)(s->p - begin) };
}

bool
md_read_object(struct md_read *r, struct md_str value, struct md_members *out)
{
	struct md_member m;
	struct md_scan s;

	*out = (struct md_members){ .n = 0 };
	if (value.p == NULL)
		return false;
	s = md_scan(value);
	if (md_scan_kind(&s) != '{')
		return false;
	md_scan_object(&s);
	while (md_scan_member(&s, &m.key)) {
		m.key = meaning(r->mem, m.key);
		m.value = take(&s);
		MD_PUSH(r->mem, out->all, out->n, m);
	}
	return true;
}

bool
md_read_integer(struct md_str value, int64_t *out)
{
	const bool negative = md_str_starts(value, "-");
	const struct md_str digits = md_str_skip(value, negative);
	const uint64_t most = (uint64_t)INT64_MAX + negative;
	uint64_t n = 0;

	*out = 0;
	for (size_t i = 0; i < digits.len; i++) {
		const unsigned digit = (unsigned char)digits.p[i] - (unsigned)'0';

		if (digit > 9 || n > (most - digit) / 10)
			return false;
		n = 10 * n + digit;
	}
	if (negative && n > 0)
		*out = -(int64_t)(n - 1) - 1;
	else
		*out = (int64_t)n;
	return digits.len > 0;
}

struct md_str
md_read_value(const struct md_members *object, const char *key)
{
	const size_t len = strlen(key);

	for (size_t i = 0; i < object->n; i++) {
		const struct md_member *m = &object->all[i];

		if (m->key.len == len && memcmp(m->key.p, key, len) == 0)
			return m->value;
	}
	return (struct md_str){ NULL, 0 };
}

/* Such a text's meaning; NULL when the value is no text. */
static const char *
meant(struct md_arena *mem, struct md_str value)
{
	if (value.p == NULL || value.p[0] != '"')
		return NULL;
	return md_scan_meant(mem, (struct md_str){ value.p + 1, value.len - 2 });
}

const char *
md_read_text(struct md_read *r, const struct md_members *object, const char *key,
             const char *missing)
{
	const struct md_str value = md_read_value(object, key);
	const char *text = meant(r->mem, value);

	if (text == NULL && value.p != NULL)
		md_read_wrong(r, "\"%s\" is no string", key);
	return text != NULL ? text : missing;
}

int64_t
md_read_number(struct md_read *r, const struct md_members *object, const char *key,
               int64_t most, int64_t missing)
{
	const struct md_str value = md_read_value(object, key);
	int64_t number;

	if (value.p == NULL)
		return missing;
	if (!md_read_integer(value, &number) || number < 0 || number > most) {
		md_read_wrong(r, "\"%s\" is no number from 0 to %lld", key, (long long)most);
		return missing;
	}
	return number;
}

bool
md_read_flag(struct md_read *r, const struct md_members *object, const char *key)
{
	const struct md_str value = md_read_value(object, key);
	const bool set = md_str_eq(value, "true");

	if (value.p != NULL && !set && !md_str_eq(value, "false"))
		md_read_wrong(r, "\"%s\" is neither true nor false", key);
	return set;
}

const struct md_str *
md_read_array(struct md_read *r, const struct md_members *object, const char *key, size_t most,
              size_t *n)
{
	static const struct md_str none = { "", 0 };
	const struct md_str value = md_read_value(object, key);
	struct md_str *elements = NULL;
	struct md_scan s;

	*n = 0;
	if (value.p == NULL)
		return NULL;
	if (value.p[0] != '[') {
		md_read_wrong(r, "\"%s\" is no array", key);
		return NULL;
	}
	s = md_scan(value);
	md_scan_array(&s);
	while (md_scan_element(&s)) {
		if (*n == most) {
			md_read_wrong(r, "\"%s\" has more than %zu elements", key, most);
			*n = 0;
			return NULL;
		}
		MD_PUSH(r->mem, elements, *n, take(&s));
	}
	return elements != NULL ? elements : &none;
}

const char *const *
md_read_texts(struct md_read *r, const struct md_members *object, const char *key, size_t most,
              size_t *n)
{
	size_t count;
	const struct md_str *array = md_read_array(r, object, key, most, &count);
	const char **texts = md_alloc(r->mem, (count + 1) * sizeof(*texts));

	for (size_t i = 0; i < count; i++) {
		texts[i] = meant(r->mem, array[i]);
		if (texts[i] == NULL)
			md_read_wrong(r, "\"%s\" has an element that is no string", key);
	}
	*n = r->why == NULL ? count : 0;
	return texts;
}
