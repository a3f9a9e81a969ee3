/* The opinion fact: what another verifier, run beside us, concludes of the same facts. */
#include "witness/opinion.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "json/read.h"
#include "json/write.h"

enum { CANONICAL = JSON_COMPACT | JSON_SORT_KEYS };

static const char *
dump(struct md_arena *mem, const json_t *object)
{
	char *text = json_dumps(object, CANONICAL);
	const char *kept;

	if (text == NULL)
		abort(); /* out of memory: the values are all well-formed */
	kept = md_strdup(mem, text);
	free(text);
	return kept;
}

const char *
md_opinion_input(struct md_arena *mem, const struct md_opinion_value *values, size_t n)
{
	json_t *input = json_object();
	const char *text = NULL;
	bool good = true;

	for (size_t i = 0; i < n; i++)
		if (values[i].text[0] != '\0')
			good = good && json_object_set_new(input, values[i].key,
			                                   json_string(values[i].text)) == 0;
	if (good)
		text = dump(mem, input);
	json_decref(input);
	return text;
}

const char *
md_opinion_value(struct md_arena *mem, const char *input, const char *key)
{
	json_t *object = json_loads(input, 0, NULL);
	const char *value = json_string_value(json_object_get(object, key));
	const char *copy = value != NULL ? md_strdup(mem, value) : "";

	json_decref(object);
	return copy;
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
put_text(json_t *line, const char *key, const char *text)
{
	if (text[0] != '\0')
		json_object_set_new(line, key, json_string(text));
}

static void
put_parts(json_t *line, const struct md_opinion *o)
{
	json_t *parts = json_array();

	for (size_t i = 0; i < o->nparts; i++)
		json_array_append_new(parts, json_string(o->parts[i]));
	if (o->nparts > 0)
		json_object_set(line, "parts", parts);
	json_decref(parts);
}

static json_t *
object_of(const struct md_opinion *o)
{
	json_t *line = json_object();

	put_text(line, "fact", "opinion");
	put_text(line, "engine", o->engine);
	json_object_set_new(line, "input", json_loads(o->input, 0, NULL));
	put_text(line, "state", md_state_name(o->fact.state));
	put_text(line, "why", o->fact.why);
	if (o->fact.by_choice)
		json_object_set_new(line, "by_choice", json_true());
	put_text(line, "result", o->result);
	put_text(line, "detail", o->detail);
	put_parts(line, o);
	if (o->fact.state == MD_PRESENT)
		json_object_set_new(line, "lookups", json_integer(o->lookups));
	return line;
}

void
md_opinion_put(struct md_jsonl *j, const struct md_opinion *o)
{
	md_jsonl_value(j, NULL, object_of(o));
}

static const char *
read_text(struct md_json *in, const json_t *line, const char *key)
{
	return md_opinion_text(in->mem, md_json_text(in, line, key, ""));
}

const char *const *
md_opinion_parts(struct md_json *in, const json_t *opinion, size_t *n)
{
	const char *const *said = md_json_texts(in, opinion, "parts", MD_OPINION_PARTS, n);
	const char **parts = md_alloc(in->mem, (*n + 1) * sizeof(*parts));

	for (size_t i = 0; i < *n; i++)
		parts[i] = md_opinion_text(in->mem, said[i]);
	return parts;
}

static void
read_state(struct md_json *in, const json_t *line, struct md_opinion *o)
{
	const char *word = md_json_text(in, line, "state", NULL);

	if (word == NULL)
		word = o->result[0] != '\0' ? "present" : "unknown";
	if (strcmp(word, "present") == 0)
		o->fact.state = MD_PRESENT;
	else if (strcmp(word, "unknown") == 0)
		o->fact.state = MD_UNKNOWN;
	else
		md_json_wrong(in, "\"state\": %s is not present or unknown",
		              md_quote(in->mem, md_str(word)));
	if (o->fact.state == MD_PRESENT && o->result[0] == '\0')
		md_json_wrong(in, "the state is present, yet there is no \"result\"");
	if (o->fact.state == MD_UNKNOWN && o->fact.why[0] == '\0')
		md_json_wrong(in, "the state is unknown, yet there is no \"why\"");
}

void
md_opinion_read(struct md_json *in, const json_t *line, struct md_opinion *out)
{
	const json_t *input = json_object_get(line, "input");

	*out = (struct md_opinion){ .input = "{}" };
	out->engine = read_text(in, line, "engine");
	out->result = read_text(in, line, "result");
	out->detail = read_text(in, line, "detail");
	out->parts = md_opinion_parts(in, line, &out->nparts);
	out->fact.why = read_text(in, line, "why");
	out->fact.by_choice = md_json_flag(in, line, "by_choice");
	out->lookups = (unsigned)md_json_number(in, line, "lookups", INT_MAX, 0);
	if (out->engine[0] == '\0')
		md_json_wrong(in, "\"engine\" is missing");
	if (json_is_object(input))
		out->input = dump(in->mem, input);
	else
		md_json_wrong(in, "\"input\" is no object");
	read_state(in, line, out);
}
