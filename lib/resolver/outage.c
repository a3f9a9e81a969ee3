/* When no configured server answers: questions are held, later refused, until one does. */
#include "resolver/outage.h"

#include <string.h>

#include "base/arena.h"
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
is_configured(const struct md_server *s)
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
	if (o->patience == 0 || o->since != 0 || !is_configured(q->server))
		return;
	for (unsigned i = 0; i < r->nservers; i++)
		if (!md_server_is_silent(r->server[i]))
			return;
	o->since = q->sent_at;
	o->proven = certain;
	o->probe_at = r->now;
}

bool
md_outage_reply(struct md_resolver *r, struct md_query *q)
{
	struct md_outage *o = &r->outage;

	md_server_heard(q->server, r->now);
	if (o->since == 0 || !is_configured(q->server))
		return false;
	o->since = 0;
	o->refusing = o->probe_wanted = false;
	return true;
}

/* Attempts lost during a real outage are not counted; after a false alarm they are. */
struct md_query *
md_outage_release(struct md_outage *o)
{
	struct md_query *q = md_query_first(&o->held);

	if (q == NULL)
		return NULL;
	if (o->proven) {
		q->tries = 0;
		q->again = false;
		q->server = NULL;
		memset(q->faults, 0, sizeof(q->faults));
	}
	md_query_move(q, NULL);
	return q;
}

/* ---- meanwhile ---- */

enum md_outage_answer
md_outage_says(struct md_resolver *r, const struct md_query *q)
{
	struct md_outage *o = &r->outage;

	if (o->since == 0 || q->probe || (q->only != NULL && !is_configured(q->only)))
		return MD_OUTAGE_GO;
	if (!o->refusing)
		return MD_OUTAGE_HOLD;
	if (o->probe_at <= r->now)
		o->probe_wanted = true;
	return MD_OUTAGE_REFUSE;
}

const char *
md_outage_why(const struct md_resolver *r, const struct md_query *q)
{
	const char *why = r->outage.why;

	return q->nattempts > 0 ? why : md_printf(q->mem, "%s: not asked", why);
}

bool
md_outage_refuses(struct md_resolver *r)
{
	struct md_outage *o = &r->outage;

	if (o->since != 0 && o->held.n > 0 && r->now - o->since >= o->patience)
		o->refusing = true;
	return o->refusing;
}

/* A probe is due at its time while questions are held, and later when somebody asks. */
const struct md_server *
md_outage_probes(struct md_resolver *r)
{
	struct md_outage *o = &r->outage;
	const bool asked = o->held.n > 0 || o->probe_wanted;

	if (o->since == 0 || !asked || o->probe_at > r->now)
		return NULL;
	o->probe_wanted = false;
	o->probe_at = r->now + o->patience / PROBES;
	return r->server[o->probed++ % r->nservers];
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
