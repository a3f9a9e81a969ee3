/* Asking for facts, and sharing what was derived from them: what ask.h promises. */
#include "ask/ask.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/name.h"
#include "fact/cache.h"
#include "run/run.h"

/* A report of one domain needs some 60 facts; a hostile SPF tree is cut at 200 lookups. */
enum { MOST_FACTS = 4000, MOST_BYTES = 16 << 20 };

struct md_arena *
md_mem(struct md_ctx *c)
{
	return c->mem;
}

const struct md_subject *
md_subject(const struct md_ctx *c)
{
	return &c->run->subject;
}

const char *
md_domain(const struct md_ctx *c)
{
	return c->run->subject.domain;
}

int64_t
md_now(const struct md_ctx *c)
{
	return c->run->options.now;
}

bool
md_eager(const struct md_ctx *c)
{
	return !c->run->options.bulk;
}

bool
md_waiting(const struct md_ctx *c)
{
	return c->waiting;
}

struct md_keyring *
md_keyring(const struct md_ctx *c)
{
	return md_engine_keyring(c->run->engine);
}

struct md_str
md_datafile(const struct md_ctx *c, const char *name)
{
	return md_engine_datafile(c->run->engine, name);
}

/* Why no question can be asked now, or NULL. */
static const char *
refusal(const struct md_run *run, const struct md_question *q)
{
	if (!md_name_fits(q->name))
		return "not a possible DNS name: a label is empty or over 63 octets, or all "
		       "over 253";
	if (run->expired)
		return "the time for the report was over";
	if (run->store.n > MOST_FACTS)
		return "this report asked for too many facts already";
	if (run->store.bytes > MOST_BYTES)
		return "this report holds too many bytes of facts already";
	return NULL;
}

/* What another run has learnt needs no question. */
static void
take_over(struct md_run *run, struct md_entry *e)
{
	struct md_dns *fact = NULL;

	if (run->options.known != NULL)
		fact = md_store_known(&run->options.known->store, &e->question);
	if (fact == NULL && run->options.bulk && md_engine_cache(run->engine) != NULL)
		fact = md_cache_find(md_engine_cache(run->engine), &e->question,
		                     md_engine_clock());
	if (fact != NULL)
		md_store_put(&run->store, e, fact);
}

struct md_entry *
md_run_want(struct md_run *run, const struct md_question *q)
{
	const size_t before = run->store.n;
	struct md_entry *e = md_store_find(&run->store, q);
	const char *why = NULL;

	/* Admitted once, it must come to whoever waits for it, however many are asked since. */
	if (run->store.n == before)
		return e;
	take_over(run, e);
	if (e->fact->fact.state == MD_WANTED)
		why = refusal(run, q);
	if (why != NULL)
		md_store_put(&run->store, e, md_fetch_unknown(&e->question, why));
	return e;
}

void
md_wait_for(struct md_ctx *c, uint64_t *waiting)
{
	const uint64_t bit = UINT64_C(1) << c->task->bit;

	c->waiting = true;
	if ((*waiting & bit) == 0) {
		*waiting |= bit;
		c->task->missing++;
	}
}

const struct md_dns *
md_dns_ask(struct md_ctx *c, const struct md_question *question)
{
	struct md_question q = *question;
	struct md_entry *e;

	q.name = md_name_normal(c->mem, md_str(q.name));
	if (q.server == NULL)
		q.server = "";
	e = md_run_want(c->run, &q);
	if (e->fact->fact.state == MD_WANTED)
		md_wait_for(c, &e->waiting);
	return e->fact;
}

const struct md_dns *
md_dns(struct md_ctx *c, uint16_t type, const char *name)
{
	return md_dns_ask(c, &(struct md_question){ .name = name, .type = type, .server = "" });
}

const struct md_dns *
md_dns_at(struct md_ctx *c, uint16_t type, const char *fmt, ...)
{
	const char *name;
	va_list ap;

	va_start(ap, fmt);
	name = md_vprintf(c->mem, fmt, ap);
	va_end(ap);
	return md_dns(c, type, name);
}

void
md_gap_add(struct md_ctx *c, const struct md_gap *gap)
{
	struct md_gap *copy;

	for (struct md_gap *g = c->gaps->first; g != NULL; g = g->next)
		if (strcmp(g->fact, gap->fact) == 0 && strcmp(g->why, gap->why) == 0) {
			if (g->kind == MD_LIMIT)
				g->kind = gap->kind;
			return;
		}
	copy = md_alloc(c->mem, sizeof(*copy));
	*copy = *gap;
	copy->next = NULL;
	*c->gaps->last = copy;
	c->gaps->last = &copy->next;
}

static bool
known(struct md_ctx *c, const struct md_dns *fact, enum md_gap_kind by_choice, unsigned rule)
{
	struct md_gap gap = { .kind = fact->fact.by_choice ? by_choice : MD_INCONCLUSIVE };

	if (fact->fact.state == MD_PRESENT || fact->fact.state == MD_ABSENT)
		return true;
	if (fact->fact.state == MD_UNKNOWN) {
		gap.rule = md_rule_of(c, rule);
		gap.fact = md_question_text(c->mem, &fact->question);
		gap.why = fact->fact.why;
		md_gap_add(c, &gap);
	}
	return false;
}

bool
md_known(struct md_ctx *c, const struct md_dns *fact)
{
	return known(c, fact, MD_BLIND, MD_NO_RULE);
}

bool
md_known_or(struct md_ctx *c, const struct md_dns *fact, unsigned rule)
{
	return known(c, fact, MD_BLIND, rule);
}

bool
md_known_aside(struct md_ctx *c, const struct md_dns *fact)
{
	return known(c, fact, MD_LIMIT, MD_NO_RULE);
}

bool
md_known_host(struct md_ctx *c, const struct md_dns *a, const struct md_dns *aaaa)
{
	const bool any = a->fact.state == MD_PRESENT || aaaa->fact.state == MD_PRESENT;
	const bool a_known = any ? md_known_aside(c, a) : md_known(c, a);
	const bool aaaa_known = any ? md_known_aside(c, aaaa) : md_known(c, aaaa);

	return a_known && aaaa_known;
}

static const struct md_derived *
derived_already(const struct md_run *run, md_derive_fn *fn, const char *arg)
{
	for (const struct md_derived *d = run->derived; d != NULL; d = d->next)
		if (d->fn == fn && strcmp(d->arg, arg) == 0)
			return d;
	return NULL;
}

static void
use_gaps(struct md_ctx *c, const struct md_gap *gaps)
{
	for (; gaps != NULL; gaps = gaps->next)
		md_gap_add(c, gaps);
}

static void
remember(struct md_run *run, const struct md_deriving *what, const void *result,
         struct md_gap *gaps)
{
	struct md_derived *d = md_alloc(run->mem, sizeof(*d));

	*d = (struct md_derived){ run->derived, what->fn, md_strdup(run->mem, what->arg),
		                  result, gaps };
	run->derived = d;
}

const void *
md_derive(struct md_ctx *c, md_derive_fn *fn, const char *arg)
{
	const struct md_derived *known = derived_already(c->run, fn, arg);
	const struct md_deriving this = { c->deriving, fn, arg };
	struct md_gaps gaps = { .last = &gaps.first };
	struct md_ctx inner = *c;
	const void *result;

	if (known != NULL) {
		use_gaps(c, known->gaps);
		return known->result;
	}
	for (const struct md_deriving *d = c->deriving; d != NULL; d = d->outer)
		assert(d->fn != fn || strcmp(d->arg, arg) != 0); /* it would need itself */
	inner.mem = md_arena_new();
	inner.gaps = &gaps;
	inner.deriving = &this;
	inner.waiting = false;
	result = fn(&inner, arg);
	c->waiting = c->waiting || inner.waiting;
	md_arena_adopt(inner.waiting ? c->mem : c->run->mem, inner.mem);
	if (!inner.waiting)
		remember(c->run, &this, result, gaps.first);
	use_gaps(c, gaps.first);
	return result;
}

const void *
md_derive_aside(struct md_ctx *c, md_derive_fn *fn, const char *arg)
{
	struct md_gaps unheard = { .last = &unheard.first };
	struct md_ctx aside = *c;
	const void *result;

	aside.gaps = &unheard;
	result = md_derive(&aside, fn, arg);
	c->waiting = aside.waiting;
	return result;
}
