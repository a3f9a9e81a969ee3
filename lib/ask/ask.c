/* Asking for facts, and sharing what was derived from them: what ask.h promises. */
#include "ask/ask.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "ask/ctx.h"
#include "base/name.h"
#include "fact/cache.h"
#include "kind/dns.h"
#include "kind/opinion.h"
#include "net/io.h"

/* A report of one domain needs some 60 facts; a hostile SPF tree asks 600 at most
 * (lib/spf/tree.h). */
enum { MOST_FACTS = 4000, MOST_BYTES = 16 << 20 };

struct md_arena *
md_mem(struct md_ctx *c)
{
	return c->mem;
}

const struct md_subject *
md_subject(const struct md_ctx *c)
{
	return &c->asking->subject;
}

const char *
md_domain(const struct md_ctx *c)
{
	return c->asking->subject.domain;
}

int64_t
md_now(const struct md_ctx *c)
{
	return c->asking->now;
}

bool
md_eager(const struct md_ctx *c)
{
	return !c->asking->bulk;
}

bool
md_waiting(const struct md_ctx *c)
{
	return c->waiting;
}

bool
md_stopped(const struct md_ctx *c)
{
	return c->asking->stopped != NULL && c->asking->stopped(c->asking);
}

struct md_keyring *
md_keyring(const struct md_ctx *c)
{
	return c->asking->keyring;
}

struct md_str
md_datafile(const struct md_ctx *c, const char *name)
{
	return md_datafiles_find(c->asking->datafiles, name);
}

const void *
md_datafile_read(const struct md_ctx *c, const char *name, md_datafile_reader *reader)
{
	return md_datafiles_read(c->asking->datafiles, name, reader);
}

/* Why a question cannot be asked now, or NULL. */
static const char *
refusal(const struct md_asking *asking, const struct md_fact_kind *kind, const void *question)
{
	const char *why = kind->refuse != NULL ? kind->refuse(question) : NULL;

	if (why != NULL)
		return why;
	if (asking->expired)
		return "the time for the report was over";
	if (asking->store.n > MOST_FACTS)
		return "this report asked for too many facts already";
	if (asking->store.bytes > MOST_BYTES)
		return "this report holds too many bytes of facts already";
	return NULL;
}

/* The fact that another run has fetched already, or NULL. */
static struct md_fact *
learnt(const struct md_asking *asking, const struct md_fact_kind *kind, const void *question)
{
	struct md_fact *fact = NULL;

	if (asking->known != NULL)
		fact = md_store_known(asking->known, kind, question);
	if (fact == NULL && asking->cache != NULL)
		fact = md_cache_find(asking->cache, kind, question, md_clock_ms());
	return fact;
}

struct md_entry *
md_want(struct md_asking *asking, const struct md_fact_kind *kind, const void *question)
{
	struct md_store *store = &asking->store;
	const size_t before = store->n;
	struct md_entry *e = md_store_find(store, kind, question);
	struct md_fact *fact;
	const char *why;

	/* Only new questions are limited: what was admitted comes to all who wait for it. */
	if (store->n == before)
		return e;
	fact = learnt(asking, kind, e->question);
	why = fact == NULL ? refusal(asking, kind, e->question) : NULL;
	if (why != NULL)
		fact = md_fact_unknown(kind, e->question, false, why);
	if (fact != NULL)
		md_store_put(store, e, fact);
	return e;
}

static void
wait_for(struct md_ctx *c, uint64_t *waiting)
{
	const uint64_t bit = UINT64_C(1) << c->task->bit;

	c->waiting = true;
	if ((*waiting & bit) == 0) {
		*waiting |= bit;
		c->task->missing++;
	}
}

const struct md_fact *
md_ask(struct md_ctx *c, const struct md_fact_kind *kind, const void *question)
{
	struct md_entry *e = md_want(c->asking, kind, question);

	md_bits_add(c->mem, &c->reads->all, e->number);
	if (!c->aside)
		md_bits_add(c->mem, &c->reads->deciding, e->number);
	if (e->fact->state == MD_WANTED)
		wait_for(c, &e->waiting);
	return e->fact;
}

const struct md_dns *
md_dns_ask(struct md_ctx *c, const struct md_question *question)
{
	struct md_question q = *question;

	q.name = md_name_normal(c->mem, md_str(q.name));
	if (q.server == NULL)
		q.server = "";
	return (const struct md_dns *)md_ask(c, &md_dns_kind, &q);
}

const struct md_dns *
md_dns(struct md_ctx *c, uint16_t type, const char *name)
{
	return md_dns_ask(c, &(struct md_question){ .name = name, .type = type, .server = "" });
}

/* What was asked already, by whomever, costs nothing more. */
bool
md_dns_afford(struct md_ctx *c, uint16_t type, const char *name, unsigned most)
{
	const struct md_question q = { md_name_normal(c->mem, md_str(name)), type, 0, "" };

	if (md_store_has(&c->asking->store, &md_dns_kind, &q))
		return true;
	if (c->asking->spent >= most)
		return false;
	c->asking->spent++;
	return true;
}

const struct md_dns *
md_dns_aside(struct md_ctx *c, uint16_t type, const char *name)
{
	const bool before = c->aside;
	const struct md_dns *dns;

	c->aside = true;
	dns = md_dns(c, type, name);
	c->aside = before;
	return dns;
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

const struct md_opinion *
md_opinion(struct md_ctx *c, const char *engine, const char *input)
{
	const struct md_opinion question = {
		.engine = engine,
		.input = input != NULL ? input : "{}",
		.message = md_subject(c)->message,
	};
	struct md_fact *none;

	if (input != NULL)
		return (const struct md_opinion *)md_ask(c, &md_opinion_kind, &question);
	none = md_opinion_kind.blank(c->mem, &question);
	none->state = MD_UNKNOWN;
	none->why = "no second opinion: what it would be asked is not UTF-8";
	return (const struct md_opinion *)none;
}

static bool
known(struct md_ctx *c, const struct md_fact *fact, bool aside, unsigned rule)
{
	const struct md_fact_kind *kind = fact->kind;
	struct md_gap gap;

	if (fact->state == MD_PRESENT || fact->state == MD_ABSENT)
		return true;
	if (fact->state == MD_WANTED)
		return false;
	gap = (struct md_gap){
		.kind = kind->gap(fact),
		.rule = md_rule_of(c, rule),
		.fact = kind->words(c->mem, kind->question(fact)),
		.why = kind->gap_why != NULL ? kind->gap_why(fact) : fact->why,
		.of = kind,
		.by_choice = fact->by_choice,
	};
	if (aside && gap.kind == MD_BLIND)
		gap.kind = MD_LIMIT;
	md_gap_add(c, &gap);
	return false;
}

bool
md_known(struct md_ctx *c, const struct md_fact *fact)
{
	return known(c, fact, false, MD_NO_RULE);
}

bool
md_known_or(struct md_ctx *c, const struct md_fact *fact, unsigned rule)
{
	return known(c, fact, false, rule);
}

bool
md_known_aside(struct md_ctx *c, const struct md_fact *fact)
{
	return known(c, fact, true, MD_NO_RULE);
}

bool
md_known_host(struct md_ctx *c, const struct md_dns *a, const struct md_dns *aaaa)
{
	const bool any = a->fact.state == MD_PRESENT || aaaa->fact.state == MD_PRESENT;
	const bool a_known = any ? md_known_aside(c, &a->fact) : md_known(c, &a->fact);
	const bool aaaa_known = any ? md_known_aside(c, &aaaa->fact) : md_known(c, &aaaa->fact);

	return a_known && aaaa_known;
}

static const struct md_derived *
derived_already(const struct md_asking *asking, md_derive_fn *fn, const char *arg)
{
	for (const struct md_derived *d = asking->derived; d != NULL; d = d->next)
		if (d->fn == fn && strcmp(d->arg, arg) == 0)
			return d;
	return NULL;
}

/* Who uses a derived result has its gaps, and has read the facts that it was made of. */
static const void *
use(struct md_ctx *c, const struct md_derived *d)
{
	for (const struct md_gap *gap = d->gaps; gap != NULL; gap = gap->next)
		md_gap_add(c, gap);
	md_bits_join(c->mem, &c->reads->all, &d->reads.all);
	if (!c->aside)
		md_bits_join(c->mem, &c->reads->deciding, &d->reads.deciding);
	return d->result;
}

static void
remember(struct md_asking *asking, const struct md_derived *derived)
{
	struct md_derived *d = md_alloc(asking->mem, sizeof(*d));

	*d = *derived;
	d->arg = md_strdup(asking->mem, derived->arg);
	d->next = asking->derived;
	asking->derived = d;
}

const void *
md_derive(struct md_ctx *c, md_derive_fn *fn, const char *arg)
{
	const struct md_derived *known = derived_already(c->asking, fn, arg);
	const struct md_deriving this = { c->deriving, fn, arg };
	struct md_derived derived = { .fn = fn, .arg = arg };
	struct md_gaps gaps = { .last = &gaps.first };
	struct md_ctx inner = *c;

	if (known != NULL)
		return use(c, known);
	for (const struct md_deriving *d = c->deriving; d != NULL; d = d->outer)
		/* else the result would need itself */
		assert(d->fn != fn || strcmp(d->arg, arg) != 0);
	inner.mem = md_arena_branch(c->asking->mem);
	inner.gaps = &gaps;
	inner.reads = &derived.reads;
	inner.aside = false;
	inner.deriving = &this;
	inner.waiting = false;
	derived.result = fn(&inner, arg);
	derived.gaps = gaps.first;
	c->waiting = c->waiting || inner.waiting;
	if (inner.waiting) {
		md_arena_adopt(c->mem, inner.mem);
	} else {
		md_arena_keep(inner.mem);
		remember(c->asking, &derived);
	}
	return use(c, &derived);
}

const void *
md_derive_aside(struct md_ctx *c, md_derive_fn *fn, const char *arg)
{
	struct md_gaps unheard = { .last = &unheard.first };
	struct md_ctx aside = *c;
	const void *result;

	aside.gaps = &unheard;
	aside.aside = true;
	result = md_derive(&aside, fn, arg);
	c->waiting = aside.waiting;
	return result;
}
