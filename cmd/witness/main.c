/* maildiag-witness: a question in, questions to the DNS out, an opinion at the end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/name.h"
#include "dns/line.h"
#include "witness.h"
#include "json/read.h"

enum {
	SECONDS = 5,            /* of the processor */
	ROOM = 256 << 20,       /* octets of memory */
	LONGEST_LINE = 4 << 20, /* of an answer: 64 KB of DNS, as text of text */
	LONGEST_MESSAGE = 33 << 20,
	EXIT_MUTE = 2, /* nothing sensible was said to us */
};

/* Sanitizers map terabytes. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ROOM_IS_LIMITED false
#elif defined(__has_feature)
#define ROOM_IS_LIMITED (!__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer))
#else
#define ROOM_IS_LIMITED true
#endif

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
say(json_t *object)
{
	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	fflush(stdout);
	json_decref(object);
}

/* Without exit handlers: a library may have left anything behind. */
static _Noreturn void
leave(int status)
{
	fflush(stdout);
	_exit(status);
}

static json_t *
shown(struct witness *w, const char *octets)
{
	return json_string(md_show(w->mem, md_str(octets)));
}

void
witness_part(struct witness *w, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	json_array_append_new(w->parts, shown(w, md_vprintf(w->mem, fmt, ap)));
	va_end(ap);
}

_Noreturn void
witness_opine(struct witness *w, const char *result, const char *detail)
{
	json_t *opinion = json_pack("{ss so si}", "result", result, "detail", shown(w, detail),
	                            "lookups", (int)w->lookups);

	if (json_array_size(w->parts) > 0)
		json_object_set(opinion, "parts", w->parts);
	say(json_pack("{so}", "opinion", opinion));
	leave(EXIT_SUCCESS);
}

_Noreturn void
witness_refuse(struct witness *w, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(json_pack("{so}", "refused", shown(w, md_vprintf(w->mem, fmt, ap))));
	va_end(ap);
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
hear_message(struct witness *w, const json_t *question)
{
	const json_int_t len = json_integer_value(json_object_get(question, "message"));
	char *octets;

	if (len <= 0)
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
	const char *text = json_string_value(json_object_get(w->input, key));

	return text != NULL ? text : "";
}

const struct md_dns *
witness_ask(struct witness *w, const char *name, uint16_t type)
{
	struct md_dns *answer = md_alloc(w->mem, sizeof(*answer));
	struct md_json in = { .mem = w->mem };
	struct md_str line;
	json_t *object;

	if (++w->lookups > WITNESS_LOOKUPS)
		witness_refuse(w, "it asks the DNS more than %d questions", WITNESS_LOOKUPS);
	say(json_pack("{s{so ss}}", "ask", "name", shown(w, name), "type",
	              md_type_name(w->mem, type)));
	line = hear(w);
	object = json_loadb(line.p, line.len, JSON_REJECT_DUPLICATES, NULL);
	md_dns_read(&in, object, answer);
	json_decref(object);
	if (in.why != NULL || answer->question.type != type)
		leave(EXIT_MUTE);
	return answer;
}

/* ---- from beginning to end ---- */

/* Whatever a library is tricked into: no children, and not for long. */
static void
confine(void)
{
	const struct rlimit none = { 0, 0 }, time = { SECONDS, SECONDS }, room = { ROOM, ROOM };

	setrlimit(RLIMIT_CORE, &none);
	setrlimit(RLIMIT_CPU, &time);
	setrlimit(RLIMIT_NPROC, &none);
	if (ROOM_IS_LIMITED)
		setrlimit(RLIMIT_AS, &room);
}

/*
 * And no files, nor anything else that is not open already: the one descriptor that there may
 * be is standard input.  (With none poll() would refuse to wait for what is open.)
 */
static void
confine_fully(void)
{
	const struct rlimit one = { 1, 1 };

	setrlimit(RLIMIT_NOFILE, &one);
}

static _Noreturn void
testify(struct witness *w, const struct engine *engine)
{
	if (engine->prepare != NULL)
		engine->prepare(w);
	confine_fully();
	engine->testify(w);
	leave(EXIT_MUTE);
}

int
main(void)
{
	struct witness w = { .mem = md_arena_new(), .parts = json_array() };
	struct md_str line;
	json_t *question;
	const char *name;

	json_object_seed(1); /* else it would read a file for that */
	confine();
	line = hear(&w);
	question = json_loadb(line.p, line.len, JSON_REJECT_DUPLICATES, NULL);
	name = json_string_value(json_object_get(question, "engine"));
	w.input = json_object_get(question, "input");
	w.message = hear_message(&w, question);
	for (size_t i = 0; name != NULL && engines[i] != NULL; i++)
		if (strcmp(engines[i]->name, name) == 0)
			testify(&w, engines[i]);
	witness_refuse(&w, "there is no engine of that name here");
}
