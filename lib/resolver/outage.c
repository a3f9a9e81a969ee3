/* When none of the usual servers answers: questions are held, later refused, until one does. */
#include "resolver/outage.h"

#include <string.h>

#include "base/arena.h"
#include "resolver/exchange.h"
#include "resolver/resolver.h"
#include "resolver/server.h"

enum { PROBES = 60 /* before patience is over */ };

void
md_outage_init(struct md_outage *o, struct md_arena *mem, double patience)
{
	*o = (struct md_outage){ .patience = (uint64_t)(patience * 1e6) };
	o->why = md_printf(mem, "no resolver has answered for %g s", patience);
	md_query_list_init(&o->held);
}

static bool
is_usual(const struct md_server *s)
{
	return s->mem == NULL;
}

/* ---- its begin and end ---- */

void
md_outage_silence(struct md_resolver *r, struct md_query *q, bool certain)
{
	struct md_outage *o = &r->outage;

	md_server_silent(q->server, q->sent_at, certain);
	if (q->probe)
		o->proven = true;
	if (o->patience == 0 || o->since != 0 || !is_usual(q->server))
		return;
	for (unsigned i = 0; i < r->nservers; i++)
		if (!md_server_is_silent(r->server[i]))
			return;
	o->since = q->sent_at;
	o->proven = certain;
	o->probe_at = r->now;
}

/* What it has lost in the outage counts for nothing, unless that was none. */
static void
let_go(struct md_resolver *r, struct md_query *q, bool proven)
{
	if (proven) {
		q->tries = 0;
		q->again = false;
		q->server = NULL;
		memset(q->faults, 0, sizeof(q->faults));
	}
	md_exchange_go_on(r, q);
}

void
md_outage_reply(struct md_resolver *r, struct md_query *q)
{
	struct md_outage *o = &r->outage;
	const bool proven = o->proven;
	struct md_query *held;

	md_server_heard(q->server, r->now);
	if (o->since == 0 || !is_usual(q->server))
		return;
	o->since = 0;
	o->proven = o->refusing = false;
	while ((held = md_query_first(&o->held)) != NULL)
		let_go(r, held, proven);
}

/* ---- meanwhile ---- */

static void
probe(struct md_resolver *r)
{
	struct md_outage *o = &r->outage;
	const struct md_server *s = r->server[o->probed++ % r->nservers];

	o->probe_at = r->now + o->patience / PROBES;
	md_resolver_probe(r, s);
}

bool
md_outage_takes(struct md_resolver *r, struct md_query *q)
{
	struct md_outage *o = &r->outage;

	if (o->since == 0 || q->probe || (q->only != NULL && !is_usual(q->only)))
		return false;
	md_exchange_park(r, q);
	if (!o->refusing) {
		md_query_move(q, &o->held);
		return true;
	}
	md_exchange_refuse(
	        r, q, q->nattempts > 0 ? o->why : md_printf(q->mem, "%s: not asked", o->why));
	if (o->probe_at <= r->now)
		probe(r);
	return true;
}

void
md_outage_step(struct md_resolver *r)
{
	struct md_outage *o = &r->outage;
	struct md_query *held;

	if (o->since == 0 || o->held.n == 0)
		return;
	if (r->now - o->since < o->patience) {
		if (o->probe_at <= r->now)
			probe(r);
		return;
	}
	o->refusing = true;
	while ((held = md_query_first(&o->held)) != NULL)
		md_outage_takes(r, held);
}

uint64_t
md_outage_wait(const struct md_resolver *r)
{
	const struct md_outage *o = &r->outage;
	const uint64_t end = o->since + o->patience;
	const uint64_t at = o->probe_at < end ? o->probe_at : end;

	if (o->since == 0 || o->held.n == 0)
		return UINT64_MAX;
	return at > r->now ? at - r->now : 0;
}
