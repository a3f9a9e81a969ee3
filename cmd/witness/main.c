/* maildiag-witness: a question in, questions to the DNS out, an opinion at the end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/name.h"
#include "confine.h"
#include "dns/line.h"
#include "witness.h"
#include "json/read.h"
#include "json/write.h"

enum {
	LONGEST_LINE = 4 << 20, /* of an answer: 64 KB of DNS, as text of text */
	LONGEST_MESSAGE = 33 << 20,
	EXIT_MUTE = 2, /* nothing sensible was said to us */
};

static char input_buffer[BUFSIZ], output_buffer[BUFSIZ];

/* Those whose library was there when this was built. */
static const struct engine *const engines[] = {
#ifdef WITNESS_SPF2
	&libspf2,
#endif
#ifdef WITNESS_OPENDKIM
	&libopendkim,
#endif
#ifdef WITNESS_OPENDMARC
	&libopendmarc,
#endif
	&spamassassin,
#ifdef WITNESS_RSPAMD
	&rspamd,
#endif
	NULL,
};

/* ---- speaking ---- */

static void
say(const struct md_json *object)
{
	puts(md_buf_str(&object->text));
	fflush(stdout);
}

/* Without exit handlers: a library may have left anything behind. */
static _Noreturn void
leave(int status)
{
	fflush(stdout);
	_exit(status);
}

void
witness_part(struct witness *w, const char *fmt, ...)
{
	const char *part;
	va_list ap;

	va_start(ap, fmt);
	part = md_vprintf(w->mem, fmt, ap);
	va_end(ap);
	MD_PUSH(w->mem, w->parts, w->nparts, part);
}

_Noreturn void
witness_opine(struct witness *w, const char *result, const char *detail)
{
	struct md_json j = { .text.mem = w->mem };

	md_json_open(&j, NULL, '{');
	md_json_open(&j, "opinion", '{');
	md_json_text(&j, "result", result);
	md_json_octets(&j, "detail", md_str(detail));
	md_json_count(&j, "lookups", w->lookups);
	if (w->nparts > 0)
		md_json_open(&j, "parts", '[');
	for (size_t i = 0; i < w->nparts; i++)
		md_json_octets(&j, NULL, md_str(w->parts[i]));
	if (w->nparts > 0)
		md_json_close(&j, ']');
	md_json_close(&j, '}');
	md_json_close(&j, '}');
	say(&j);
	leave(EXIT_SUCCESS);
}

_Noreturn void
witness_refuse(struct witness *w, const char *fmt, ...)
{
	struct md_json j = { .text.mem = w->mem };
	va_list ap;

	md_json_open(&j, NULL, '{');
	va_start(ap, fmt);
	md_json_octets(&j, "refused", md_str(md_vprintf(w->mem, fmt, ap)));
	va_end(ap);
	md_json_close(&j, '}');
	say(&j);
	leave(EXIT_SUCCESS);
}

/* ---- listening ---- */

/* The next line; without one there is nobody to testify to. */
static struct md_str
hear(struct witness *w)
{
	char *line = NULL;
	size_t room = 0;
	const ssize_t len = getline(&line, &room, stdin);
	struct md_str kept;

	if (len <= 0 || len > LONGEST_LINE)
		leave(EXIT_MUTE);
	kept = (struct md_str){ md_strndup(w->mem, line, (size_t)len), (size_t)len };
	free(line);
	return kept;
}

/* The octets that follow the question, as many as it says. */
static struct md_str
hear_message(struct witness *w, const struct md_members *question)
{
	char *octets;
	int64_t len;

	if (!md_read_integer(md_read_value(question, "message"), &len) || len <= 0)
		return (struct md_str){ NULL, 0 };
	if (len > LONGEST_MESSAGE)
		leave(EXIT_MUTE);
	octets = md_alloc(w->mem, (size_t)len + 1);
	if (fread(octets, 1, (size_t)len, stdin) != (size_t)len)
		leave(EXIT_MUTE);
	return (struct md_str){ octets, (size_t)len };
}

const char *
witness_input(const struct witness *w, const char *key)
{
	struct md_read in = { .mem = w->mem };

	return md_read_text(&in, &w->input, key, "");
}

const struct md_dns *
witness_ask(struct witness *w, const char *name, uint16_t type)
{
	struct md_dns *answer = md_alloc(w->mem, sizeof(*answer));
	struct md_json j = { .text.mem = w->mem };
	struct md_read in = { .mem = w->mem };
	struct md_members line;

	if (++w->lookups > WITNESS_LOOKUPS)
		witness_refuse(w, "it asks the DNS more than %d questions", WITNESS_LOOKUPS);
	md_json_open(&j, NULL, '{');
	md_json_open(&j, "ask", '{');
	md_json_octets(&j, "name", md_str(name));
	md_json_clean(&j, "type", md_type_name(w->mem, type));
	md_json_close(&j, '}');
	md_json_close(&j, '}');
	say(&j);
	if (md_read_line(&in, hear(w), &line))
		md_dns_read(&in, &line, answer);
	if (in.why != NULL || answer->question.type != type)
		leave(EXIT_MUTE);
	return answer;
}

/* ---- from beginning to end ---- */

static _Noreturn void
testify(struct witness *w, const struct engine *engine)
{
	const char *why;

	if (engine->prepare != NULL)
		engine->prepare(w);
	why = confine_fully(w->socket);
	if (why != NULL)
		witness_refuse(w, "this system cannot shut the verifier in (seccomp: %s)", why);
	engine->testify(w);
	leave(EXIT_MUTE);
}

int
main(void)
{
	struct witness w = { .mem = md_arena_new(), .socket = -1 };
	struct md_read in = { .mem = w.mem };
	struct md_members question;
	const char *name;

	confine();
	/* Buffers that are there need no look at what kind of file it is (fstat). */
	setvbuf(stdin, input_buffer, _IOFBF, sizeof(input_buffer));
	setvbuf(stdout, output_buffer, _IOFBF, sizeof(output_buffer));
	md_read_line(&in, hear(&w), &question);
	name = md_read_text(&in, &question, "engine", "");
	md_read_object(&in, md_read_value(&question, "input"), &w.input);
	w.message = hear_message(&w, &question);
	for (size_t i = 0; engines[i] != NULL; i++)
		if (strcmp(engines[i]->name, name) == 0)
			testify(&w, engines[i]);
	witness_refuse(&w, "there is no engine of that name here");
}
