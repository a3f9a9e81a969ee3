/* What is said between us and a witness: its lines read, ours written. */
#include "witness/testimony.h"

#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "dns/line.h"
#include "json/read.h"
#include "json/write.h"

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
read_ask(struct md_read *in, const struct md_members *ask, struct md_testimony *t)
{
	const char *name = md_read_text(in, ask, "name", "");
	const char *type = md_read_text(in, ask, "type", "");

	t->kind = MD_TESTIMONY_ASK;
	t->question.name = md_name_normal(in->mem, md_str(name));
	t->question.type = md_type_find(md_str(type));
	t->question.server = "";
	if (t->question.type == 0)
		md_read_wrong(in, "it asks for no type of record");
}

static void
read_opinion(struct md_read *in, const struct md_members *opinion, struct md_testimony *t)
{
	t->kind = MD_TESTIMONY_OPINION;
	t->result = md_read_text(in, opinion, "result", "");
	t->detail = detail_of(in->mem, md_read_text(in, opinion, "detail", ""));
	t->parts = md_opinion_parts(in, opinion, &t->nparts);
	t->lookups = (unsigned)md_read_number(in, opinion, "lookups", INT_MAX, 0);
	if (!is_word(t->result))
		md_read_wrong(in, "its result is no word");
}

bool
md_testimony_read(struct md_arena *mem, struct md_str line, struct md_testimony *out,
                  const char **why)
{
	struct md_read in = { .mem = mem }, text = { .mem = mem };
	struct md_members said, what;
	struct md_testimony t = { .result = "", .detail = "" };
	const char *refused;

	md_read_line(&text, line, &said);
	refused = md_read_text(&text, &said, "refused", NULL);
	if (md_read_object(&in, md_read_value(&said, "ask"), &what)) {
		read_ask(&in, &what, &t);
	} else if (md_read_object(&in, md_read_value(&said, "opinion"), &what)) {
		read_opinion(&in, &what, &t);
	} else if (refused != NULL) {
		t.kind = MD_TESTIMONY_REFUSED;
		t.detail = detail_of(mem, refused);
	} else {
		md_read_wrong(&in, "it is neither question nor opinion");
	}
	if (in.why == NULL)
		*out = t;
	else
		*why = in.why;
	return in.why == NULL;
}

const char *
md_testimony_begin(struct md_arena *mem, const char *engine, const char *input, size_t message)
{
	struct md_json j = { .text.mem = mem };

	md_json_open(&j, NULL, '{');
	md_json_text(&j, "engine", engine);
	md_json_value(&j, "input", md_str(input));
	if (message > 0)
		md_json_count(&j, "message", message);
	md_json_close(&j, '}');
	md_buf_addc(&j.text, '\n');
	return md_buf_str(&j.text);
}

const char *
md_testimony_answer(struct md_arena *mem, const struct md_dns *fact)
{
	return md_dns_line(mem, fact);
}
