/* Facts files: read whole, kept by question, asked for single facts; and written. */
#include "fact/replay.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/place.h"
#include "fact/store.h"
#include "json/read.h"
#include "json/write.h"

enum { LARGEST = 256 << 20, MOST_OF_A_LIST = 600 };

struct md_replay {
	struct md_arena *mem;
	const char *path;
	const struct md_fact_kind *const *kinds;
	struct md_replay_run run;
	struct md_store facts;
	uint32_t *lines; /* for each entry of the store: the last line that has it */
	size_t nlines;
};

/* ---- reading ---- */

static const struct md_fact_kind *
kind_of(const struct md_replay *r, const char *word)
{
	for (size_t i = 0; r->kinds[i] != NULL; i++)
		if (strcmp(r->kinds[i]->name, word) == 0)
			return r->kinds[i];
	return NULL;
}

static const char *const *
copy_texts(struct md_arena *mem, const char *const *texts, size_t n)
{
	const char **copy = md_alloc(mem, (n + 1) * sizeof(*copy));

	for (size_t i = 0; i < n; i++)
		copy[i] = md_strdup(mem, texts[i]);
	return copy;
}

static const char *
copy_text(struct md_arena *mem, const char *text)
{
	return text != NULL ? md_strdup(mem, text) : NULL;
}

static void
take_run(struct md_replay *r, struct md_read *in, const struct md_members *line)
{
	const struct md_str value = md_read_value(line, "options");
	struct md_members options;
	const char *const *ips, *const *selectors;
	size_t nips, nselectors;

	if (r->facts.n > 0 || r->run.ips != NULL)
		md_read_wrong(in, "a \"run\" can only be the first line");
	if (!md_read_object(in, value, &options) && value.p != NULL)
		md_read_wrong(in, "\"options\" is no object");
	r->run.now = md_read_number(in, line, "now", INT64_MAX, 0);
	ips = md_read_texts(in, &options, "ips", MOST_OF_A_LIST, &nips);
	selectors = md_read_texts(in, &options, "selectors", MOST_OF_A_LIST, &nselectors);
	r->run.ips = copy_texts(r->mem, ips, nips);
	r->run.selectors = copy_texts(r->mem, selectors, nselectors);
	r->run.mail_from = copy_text(r->mem, md_read_text(in, &options, "mail_from", NULL));
	r->run.helo = copy_text(r->mem, md_read_text(in, &options, "helo", NULL));
}

/* A question may stand there twice if both lines say the same. */
static void
take_fact(struct md_replay *r, struct md_read *in, const struct md_fact *fact, uint32_t line)
{
	const struct md_fact_kind *kind = fact->kind;
	struct md_fact *packed = kind->pack(fact);
	struct md_entry *e = md_store_find(&r->facts, kind, kind->question(packed));

	if (e->held == NULL) {
		MD_PUSH(r->mem, r->lines, r->nlines, line);
		md_store_put(&r->facts, e, packed);
		return;
	}
	if (!kind->equal(e->held, packed))
		md_read_wrong(in, "%s: line %" PRIu32 " says otherwise",
		              kind->words(in->mem, kind->question(packed)),
		              r->lines[e->number]);
	r->lines[e->number] = line;
	md_fact_unpin(packed);
}

static void
take_object(struct md_replay *r, struct md_read *in, const struct md_members *line,
            uint32_t number)
{
	const char *word = md_read_text(in, line, "fact", NULL);
	const struct md_fact_kind *kind = word != NULL ? kind_of(r, word) : NULL;
	const struct md_place where = { r->path, number, NULL };
	const struct md_fact *fact;

	if (word == NULL)
		md_read_wrong(in, "\"fact\" is missing");
	else if (strcmp(word, "run") == 0)
		take_run(r, in, line);
	if (kind == NULL)
		return;
	fact = kind->read(in, line, &where);
	if (in->why == NULL)
		take_fact(r, in, fact, number);
}

/* False and *why, in mem, when the line is malformed. */
static bool
take_line(struct md_replay *r, struct md_arena *mem, struct md_str text, uint32_t number,
          const char **why)
{
	struct md_arena *scratch = md_arena_new();
	struct md_read in = { .mem = scratch };
	struct md_members line;

	if (md_read_line(&in, text, &line))
		take_object(r, &in, &line, number);
	if (in.why != NULL)
		*why = md_printf(mem, "%s:%u: %s", r->path, (unsigned)number, in.why);
	md_arena_free(scratch);
	return in.why == NULL;
}

static bool
take_all(struct md_replay *r, struct md_arena *mem, struct md_str text, const char **why)
{
	struct md_str line;
	uint32_t number = 0;

	while (md_str_cut(&text, '\n', &line)) {
		number++;
		line = md_str_trim(line, " \t\r");
		if (line.len > 0 && !take_line(r, mem, line, number, why))
			return false;
	}
	return true;
}

struct md_replay *
md_replay_read(struct md_arena *mem, const char *path, struct md_str text,
               const struct md_fact_kind *const *kinds, const char **why)
{
	static const char *const none[] = { NULL };
	struct md_arena *own = md_arena_new();
	struct md_replay *r = md_alloc(own, sizeof(*r));

	r->mem = own;
	r->path = md_strdup(own, path);
	r->kinds = kinds;
	md_store_init(&r->facts, own);
	if (!take_all(r, mem, text, why)) {
		md_replay_free(r);
		return NULL;
	}
	if (r->run.ips == NULL)
		r->run.ips = none;
	if (r->run.selectors == NULL)
		r->run.selectors = none;
	return r;
}

struct md_replay *
md_replay_open(struct md_arena *mem, const char *path, const struct md_fact_kind *const *kinds,
               const char **why)
{
	struct md_arena *own = md_arena_new();
	struct md_replay *r = NULL;
	struct md_str text;
	const char *wrong;

	if (md_file_read(own, path, LARGEST, &text, &wrong))
		r = md_replay_read(mem, path, text, kinds, why);
	else
		*why = md_strdup(mem, wrong);
	md_arena_free(own);
	return r;
}

void
md_replay_free(struct md_replay *r)
{
	if (r == NULL)
		return;
	md_store_done(&r->facts);
	md_arena_free(r->mem);
}

/* ---- asking ---- */

const struct md_replay_run *
md_replay_run(const struct md_replay *r)
{
	return &r->run;
}

struct md_fact *
md_replay_find(const struct md_replay *r, const struct md_fact_kind *kind, const void *question)
{
	return md_store_known(&r->facts, kind, question);
}

/* ---- writing ---- */

static void
write_line(FILE *out, struct md_json *j)
{
	fprintf(out, "%s\n", md_buf_str(&j->text));
	md_arena_free(j->text.mem);
}

void
md_replay_write(FILE *out, const struct md_fact *fact)
{
	struct md_json j = { .text.mem = md_arena_new() };

	fact->kind->write(&j, fact);
	write_line(out, &j);
}

static void
put_text(struct md_json *j, const char *key, const char *text)
{
	if (text != NULL && text[0] != '\0')
		md_json_text(j, key, text);
}

static void
put_texts(struct md_json *j, const char *key, const char *const *texts)
{
	if (texts[0] == NULL)
		return;
	md_json_open(j, key, '[');
	for (; *texts != NULL; texts++)
		md_json_text(j, NULL, *texts);
	md_json_close(j, ']');
}

void
md_replay_write_run(FILE *out, const struct md_replay_run *run)
{
	struct md_json j = { .text.mem = md_arena_new() };

	md_json_open(&j, NULL, '{');
	md_json_clean(&j, "fact", "run");
	put_text(&j, "domain", run->domain);
	md_json_number(&j, "now", run->now);
	md_json_open(&j, "options", '{');
	put_texts(&j, "ips", run->ips);
	put_text(&j, "mail_from", run->mail_from);
	put_text(&j, "helo", run->helo);
	put_texts(&j, "selectors", run->selectors);
	md_json_close(&j, '}');
	md_json_close(&j, '}');
	write_line(out, &j);
}
