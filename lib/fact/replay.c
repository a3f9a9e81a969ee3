/* Facts files: read whole, kept sorted by question, asked for single facts. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "fact/factline.h"
#include "fact/replay.h"

enum { LARGEST = 256 << 20, MOST_OPINIONS = 10000 };

struct recorded {
	struct md_dns *dns; /* packed, pinned by this file */
	size_t line;
};

struct md_replay {
	struct md_arena *mem;
	const char *path;
	struct md_replay_run run;
	size_t n;
	struct recorded *facts; /* sorted by question */
	size_t nopinions;
	struct md_opinion **opinions; /* packed, pinned by this file */
};

/* ---- order of questions ---- */

static int
compare_questions(const struct md_question *a, const struct md_question *b)
{
	int order = strcmp(a->name, b->name);

	if (order == 0)
		order = (a->type > b->type) - (a->type < b->type);
	if (order == 0)
		order = (a->flags > b->flags) - (a->flags < b->flags);
	return order != 0 ? order : strcmp(a->server, b->server);
}

static int
by_question(const void *left, const void *right)
{
	const struct recorded *a = left, *b = right;
	const int order = compare_questions(&a->dns->question, &b->dns->question);

	return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

static int
question_with_fact(const void *question, const void *fact)
{
	return compare_questions(question, &((const struct recorded *)fact)->dns->question);
}

static const struct md_dns *
find(const struct md_replay *r, const struct md_question *q, uint16_t type)
{
	const struct md_question key = { q->name, type, q->flags, q->server };
	const struct recorded *found = NULL;

	if (r->n > 0)
		found = bsearch(&key, r->facts, r->n, sizeof(*r->facts), question_with_fact);
	return found != NULL ? found->dns : NULL;
}

/* ---- reading ---- */

static void
take_dns(struct md_replay *r, const struct md_dns *d, size_t line)
{
	struct recorded f = { md_dns_pack(d), line };

	f.dns->fact.pins = 1;
	MD_PUSH(r->mem, r->facts, r->n, f);
}

/* NULL, or what is wrong with it. */
static const char *
take_opinion(struct md_replay *r, const struct md_opinion *o)
{
	const struct md_opinion *known = md_replay_opinion(r, o->engine, o->input);
	struct md_opinion *packed;

	if (known != NULL)
		return md_opinion_same(known, o)
		               ? NULL
		               : "an earlier line has another opinion of the same";
	if (r->nopinions == MOST_OPINIONS)
		return "too many opinions";
	packed = md_opinion_pack(o);
	packed->fact.pins = 1;
	MD_PUSH(r->mem, r->opinions, r->nopinions, packed);
	return NULL;
}

/* A fact written by hand does not say where it comes from: it stands in this very line. */
static void
take_origin(const struct md_replay *r, struct md_factline *line, size_t number)
{
	line->dns.origin = r->path;
	for (size_t i = 0; i < line->dns.n; i++)
		line->rr[i].line = (uint32_t)number;
}

/* NULL, or what is wrong with the line. */
static const char *
take_line(struct md_replay *r, struct md_arena *scratch, struct md_str text, size_t number)
{
	struct md_factline line;
	const char *why = NULL;

	if (!md_factline_read(scratch, text, &line, &why))
		return why;
	if (line.kind == MD_LINE_DNS) {
		if (line.dns.origin == NULL)
			take_origin(r, &line, number);
		take_dns(r, &line.dns, number);
	} else if (line.kind == MD_LINE_OPINION) {
		return take_opinion(r, &line.opinion);
	} else if (line.kind == MD_LINE_RUN) {
		if (r->n > 0 || r->nopinions > 0 || r->run.ips != NULL)
			return "a \"run\" can only be the first line";
		md_factline_read(r->mem, text, &line, &why); /* again, to be kept */
		r->run = line.run;
	}
	return NULL;
}

static bool
same_records(const struct md_rr *a, const struct md_rr *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i].ttl != b[i].ttl || md_rr_compare(&a[i], &b[i]) != 0)
			return false;
	return true;
}

static bool
same_answer(const struct md_dns *a, const struct md_dns *b)
{
	return a->fact.state == b->fact.state && a->rcode == b->rcode && a->ad == b->ad &&
	       strcmp(a->fact.why, b->fact.why) == 0 && a->naliases == b->naliases &&
	       a->n == b->n && same_records(a->aliases, b->aliases, a->naliases) &&
	       same_records(a->rr, b->rr, a->n);
}

/* The same question twice is no fault as long as both lines say the same. */
static const char *
contradiction(struct md_replay *r, size_t *line)
{
	for (size_t i = 1; i < r->n; i++) {
		const struct recorded *a = &r->facts[i - 1], *b = &r->facts[i];

		if (compare_questions(&a->dns->question, &b->dns->question) != 0 ||
		    same_answer(a->dns, b->dns))
			continue;
		*line = b->line;
		return md_printf(r->mem, "%s: line %zu says otherwise",
		                 md_question_text(r->mem, &b->dns->question), a->line);
	}
	return NULL;
}

/* *why in mem. */
static bool
take_all(struct md_arena *mem, struct md_replay *r, struct md_str text, const char **why)
{
	const char *wrong = NULL;
	struct md_str line;
	size_t number = 0;

	while (wrong == NULL && md_str_cut(&text, '\n', &line)) {
		struct md_arena *scratch = md_arena_new();

		number++;
		line = md_str_trim(line, " \t\r");
		if (line.len > 0)
			wrong = take_line(r, scratch, line, number);
		if (wrong != NULL)
			*why = md_printf(mem, "%s:%zu: %s", r->path, number, wrong);
		md_arena_free(scratch);
	}
	if (wrong == NULL && r->n > 0) {
		qsort(r->facts, r->n, sizeof(*r->facts), by_question);
		wrong = contradiction(r, &number);
		if (wrong != NULL)
			*why = md_printf(mem, "%s:%zu: %s", r->path, number, wrong);
	}
	return wrong == NULL;
}

struct md_replay *
md_replay_read(struct md_arena *mem, const char *path, struct md_str text, const char **why)
{
	static const char *const none[] = { NULL };
	struct md_arena *own = md_arena_new();
	struct md_replay *r = md_alloc(own, sizeof(*r));

	r->mem = own;
	r->path = md_strdup(own, path);
	if (!take_all(mem, r, text, why)) {
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
md_replay_open(struct md_arena *mem, const char *path, const char **why)
{
	struct md_arena *own = md_arena_new();
	struct md_replay *r = NULL;
	struct md_str text;
	const char *wrong;

	if (md_file_read(own, path, LARGEST, &text, &wrong))
		r = md_replay_read(mem, path, text, why);
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
	for (size_t i = 0; i < r->n; i++)
		md_dns_unpin(r->facts[i].dns);
	for (size_t i = 0; i < r->nopinions; i++)
		md_opinion_unpin(r->opinions[i]);
	md_arena_free(r->mem);
}

const struct md_replay_run *
md_replay_run(const struct md_replay *r)
{
	return &r->run;
}

/* ---- asking ---- */

/* The first link of a chain: the name's CNAME, to be followed by whoever asks. */
static void
give_alias(const struct md_dns *cname, struct md_dns *out)
{
	out->aliases = cname->rr;
	out->naliases = 1;
	out->ad = cname->ad;
	out->ttl = cname->ttl;
	out->origin = cname->origin;
}

bool
md_replay_find(const struct md_replay *r, struct md_arena *mem, const struct md_question *q,
               struct md_dns *out)
{
	const struct md_dns *fact = find(r, q, q->type), *cname;

	(void)mem;
	if (fact == NULL) {
		cname = find(r, q, MD_CNAME);
		if (cname != NULL && cname->fact.state == MD_PRESENT && cname->naliases == 0) {
			give_alias(cname, out);
			return true;
		}
		fact = find(r, q, MD_ANY);
	}
	if (fact == NULL)
		return false;
	*out = *fact;
	out->question = *q;
	return true;
}

const struct md_opinion *
md_replay_opinion(const struct md_replay *r, const char *engine, const char *input)
{
	for (size_t i = 0; i < r->nopinions; i++)
		if (strcmp(r->opinions[i]->engine, engine) == 0 &&
		    strcmp(r->opinions[i]->input, input) == 0)
			return r->opinions[i];
	return NULL;
}
