/* What is said between us and a witness: its lines read, ours written. */
#include "witness/testimony.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "dns/line.h"
#include "json/read.h"

enum { LONGEST_RESULT = 20, LONGEST_DETAIL = 400 };

/* A word of small letters, as standards name their results. */
static bool
is_word(const char *s)
{
	const size_t len = strlen(s);

	return len > 0 && len <= LONGEST_RESULT &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyz") == len;
}

static const char *
detail_of(struct md_arena *mem, const char *text)
{
	return md_opinion_text(mem, md_strndup(mem, text, strnlen(text, LONGEST_DETAIL)));
}

static void
read_ask(struct md_json *in, const json_t *ask, struct md_testimony *t)
{
	const char *name = md_json_text(in, ask, "name", "");
	const char *type = md_json_text(in, ask, "type", "");

	t->kind = MD_TESTIMONY_ASK;
	t->question.name = md_name_normal(in->mem, md_str(name));
	t->question.type = md_type_find(md_str(type));
	t->question.server = "";
	if (t->question.type == 0)
		md_json_wrong(in, "it asks for no type of record");
}

static void
read_opinion(struct md_json *in, const json_t *opinion, struct md_testimony *t)
{
	t->kind = MD_TESTIMONY_OPINION;
	t->result = md_json_text(in, opinion, "result", "");
	t->detail = detail_of(in->mem, md_json_text(in, opinion, "detail", ""));
	t->parts = md_opinion_parts(in, opinion, &t->nparts);
	t->lookups = (unsigned)md_json_number(in, opinion, "lookups", INT_MAX, 0);
	if (!is_word(t->result))
		md_json_wrong(in, "its result is no word");
}

bool
md_testimony_read(struct md_arena *mem, struct md_str line, struct md_testimony *out,
                  const char **why)
{
	json_t *said = json_loadb(line.p, line.len, JSON_REJECT_DUPLICATES, NULL);
	const json_t *ask = json_object_get(said, "ask");
	const json_t *opinion = json_object_get(said, "opinion");
	const char *refused = json_string_value(json_object_get(said, "refused"));
	struct md_json in = { .mem = mem };
	struct md_testimony t = { .result = "", .detail = "" };

	if (json_is_object(ask)) {
		read_ask(&in, ask, &t);
	} else if (json_is_object(opinion)) {
		read_opinion(&in, opinion, &t);
	} else if (refused != NULL) {
		t.kind = MD_TESTIMONY_REFUSED;
		t.detail = detail_of(mem, refused);
	} else {
		md_json_wrong(&in, "it is neither question nor opinion");
	}
	json_decref(said);
	if (in.why == NULL)
		*out = t;
	else
		*why = in.why;
	return in.why == NULL;
}

/* The object as a line; it is given back. */
static const char *
line_of(struct md_arena *mem, json_t *object)
{
	char *text = json_dumps(object, JSON_COMPACT);
	const char *line;

	if (text == NULL)
		abort(); /* out of memory: the values are all well-formed */
	line = md_printf(mem, "%s\n", text);
	free(text);
	json_decref(object);
	return line;
}

const char *
md_testimony_begin(struct md_arena *mem, const char *engine, const char *input, size_t message)
{
	json_t *object = json_object();

	json_object_set_new(object, "engine", json_string(engine));
	json_object_set_new(object, "input", json_loads(input, 0, NULL));
	if (message > 0)
		json_object_set_new(object, "message", json_integer((json_int_t)message));
	return line_of(mem, object);
}

const char *
md_testimony_answer(struct md_arena *mem, const struct md_dns *fact)
{
	return md_dns_line(mem, fact);
}
