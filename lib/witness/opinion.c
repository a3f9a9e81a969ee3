/* The opinion fact: what another verifier, run beside us, concludes of the same facts. */
#include "witness/opinion.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/escape.h"
#include "json/read.h"
#include "json/write.h"

/* Its values are of use only whole: what a text's octets cannot be is no input. */
static bool
are_utf8(const struct md_opinion_value *values, size_t n)
{
	bool good = true;

	for (size_t i = 0; good && i < n; i++)
		good = md_escape_is_utf8(md_str(values[i].text));
	return good;
}

static int
by_key(const void *left, const void *right)
{
	const struct md_opinion_value *a = left, *b = right;

	return strcmp(a->key, b->key);
}

const char *
md_opinion_input(struct md_arena *mem, const struct md_opinion_value *values, size_t n)
{
	struct md_opinion_value *sorted = md_alloc(mem, n * sizeof(*sorted));
	struct md_json j = { .text.mem = mem };

	if (!are_utf8(values, n))
		return NULL;
	if (n > 0)
		memcpy(sorted, values, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), by_key);
	md_json_open(&j, NULL, '{');
	for (size_t i = 0; i < n; i++)
		if (sorted[i].text[0] != '\0')
			md_json_clean(&j, sorted[i].key, sorted[i].text);
	md_json_close(&j, '}');
	return md_buf_str(&j.text);
}

/* An object that somebody wrote, as an input: its members are sorted, and that is all. */
static const char *
canonical(struct md_arena *mem, const struct md_members *object)
{
	struct md_opinion_value *sorted = md_alloc(mem, object->n * sizeof(*sorted));
	struct md_json j = { .text.mem = mem };

	for (size_t i = 0; i < object->n; i++) {
		const struct md_member *m = &object->all[i];

		sorted[i].key = md_strndup(mem, m->key.p, m->key.len);
		sorted[i].text = md_strndup(mem, m->value.p, m->value.len);
	}
	qsort(sorted, object->n, sizeof(*sorted), by_key);
	md_json_open(&j, NULL, '{');
	for (size_t i = 0; i < object->n; i++)
		md_json_value(&j, sorted[i].key, md_str(sorted[i].text));
	md_json_close(&j, '}');
	return md_buf_str(&j.text);
}

const char *
md_opinion_value(struct md_arena *mem, const char *input, const char *key)
{
	struct md_read in = { .mem = mem };
	struct md_members object;

	md_read_line(&in, md_str(input), &object);
	return md_read_text(&in, &object, key, "");
}

const char *
md_opinion_text(struct md_arena *mem, const char *said)
{
	for (const char *s = said; *s != '\0'; s++)
		if (*s < ' ' || *s > '~')
			return md_show(mem, md_str(said));
	return said;
}

/* ---- one block of memory ---- */

enum { TEXTS = 5 };

static const char *
append(char **at, const char *text)
{
	const size_t size = strlen(text) + 1;
	char *copy = *at;

	memcpy(copy, text, size);
	*at += size;
	return copy;
}

static size_t
packed_size(const struct md_opinion *o)
{
	const char *const texts[TEXTS] = { o->fact.why, o->engine, o->input, o->result,
		                           o->detail };
	size_t size = sizeof(*o) + o->nparts * sizeof(*o->parts);

	for (size_t i = 0; i < TEXTS; i++)
		size += strlen(texts[i]) + 1;
	for (size_t i = 0; i < o->nparts; i++)
		size += strlen(o->parts[i]) + 1;
	return size;
}

struct md_opinion *
md_opinion_pack(const struct md_opinion *o)
{
	struct md_opinion *packed = malloc(packed_size(o));
	const char **parts;
	char *at;

	if (packed == NULL)
		abort();
	*packed = *o;
	parts = (const char **)(packed + 1);
	at = (char *)(parts + o->nparts);
	packed->fact.pins = 0;
	packed->fact.bytes = packed_size(o);
	packed->message = NULL;
	packed->fact.why = append(&at, o->fact.why);
	packed->engine = append(&at, o->engine);
	packed->input = append(&at, o->input);
	packed->result = append(&at, o->result);
	packed->detail = append(&at, o->detail);
	for (size_t i = 0; i < o->nparts; i++)
		parts[i] = append(&at, o->parts[i]);
	packed->parts = parts;
	return packed;
}

static bool
same_parts(const struct md_opinion *a, const struct md_opinion *b)
{
	bool same = a->nparts == b->nparts;

	for (size_t i = 0; same && i < a->nparts; i++)
		same = strcmp(a->parts[i], b->parts[i]) == 0;
	return same;
}

bool
md_opinion_alike(const struct md_opinion *a, const struct md_opinion *b)
{
	return a->fact.state == b->fact.state && strcmp(a->result, b->result) == 0 &&
	       strcmp(a->detail, b->detail) == 0 && same_parts(a, b);
}

bool
md_opinion_same(const struct md_opinion *a, const struct md_opinion *b)
{
	return md_opinion_alike(a, b) && a->fact.by_choice == b->fact.by_choice &&
	       a->lookups == b->lookups && strcmp(a->fact.why, b->fact.why) == 0 &&
	       strcmp(a->engine, b->engine) == 0 && strcmp(a->input, b->input) == 0;
}

/* ---- a line of a facts file ---- */

static void
put_parts(struct md_json *j, const struct md_opinion *o)
{
	if (o->nparts == 0)
		return;
	md_json_open(j, "parts", '[');
	for (size_t i = 0; i < o->nparts; i++)
		md_json_text(j, NULL, o->parts[i]);
	md_json_close(j, ']');
}

void
md_opinion_put(struct md_json *j, const struct md_opinion *o)
{
	md_json_open(j, NULL, '{');
	md_json_clean(j, "fact", "opinion");
	md_json_some(j, "engine", o->engine);
	md_json_value(j, "input", md_str(o->input));
	md_json_clean(j, "state", md_state_name(o->fact.state));
	md_json_some(j, "why", o->fact.why);
	if (o->fact.by_choice)
		md_json_bool(j, "by_choice", true);
	md_json_some(j, "result", o->result);
	md_json_some(j, "detail", o->detail);
	put_parts(j, o);
	if (o->fact.state == MD_PRESENT)
		md_json_number(j, "lookups", o->lookups);
	md_json_close(j, '}');
}

static const char *
read_text(struct md_read *in, const struct md_members *line, const char *key)
{
	return md_opinion_text(in->mem, md_read_text(in, line, key, ""));
}

const char *const *
md_opinion_parts(struct md_read *in, const struct md_members *opinion, size_t *n)
{
	const char *const *said = md_read_texts(in, opinion, "parts", MD_OPINION_PARTS, n);
	const char **parts = md_alloc(in->mem, (*n + 1) * sizeof(*parts));

	for (size_t i = 0; i < *n; i++)
		parts[i] = md_opinion_text(in->mem, said[i]);
	return parts;
}

static void
read_state(struct md_read *in, const struct md_members *line, struct md_opinion *o)
{
	const char *word = md_read_text(in, line, "state", NULL);

	if (word == NULL)
		word = o->result[0] != '\0' ? "present" : "unknown";
	if (strcmp(word, "present") == 0)
		o->fact.state = MD_PRESENT;
	else if (strcmp(word, "unknown") == 0)
		o->fact.state = MD_UNKNOWN;
	else
		md_read_wrong(in, "\"state\": %s is not present or unknown",
		              md_quote(in->mem, md_str(word)));
	if (o->fact.state == MD_PRESENT && o->result[0] == '\0')
		md_read_wrong(in, "the state is present, yet there is no \"result\"");
	if (o->fact.state == MD_UNKNOWN && o->fact.why[0] == '\0')
		md_read_wrong(in, "the state is unknown, yet there is no \"why\"");
}

void
md_opinion_read(struct md_read *in, const struct md_members *line, struct md_opinion *out)
{
	struct md_members input;

	*out = (struct md_opinion){ .input = "{}" };
	out->engine = read_text(in, line, "engine");
	out->result = read_text(in, line, "result");
	out->detail = read_text(in, line, "detail");
	out->parts = md_opinion_parts(in, line, &out->nparts);
	out->fact.why = read_text(in, line, "why");
	out->fact.by_choice = md_read_flag(in, line, "by_choice");
	out->lookups = (unsigned)md_read_number(in, line, "lookups", INT_MAX, 0);
	if (out->engine[0] == '\0')
		md_read_wrong(in, "\"engine\" is missing");
	if (md_read_object(in, md_read_value(line, "input"), &input))
		out->input = canonical(in->mem, &input);
	else
		md_read_wrong(in, "\"input\" is no object");
	read_state(in, line, out);
}
