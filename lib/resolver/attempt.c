/* The next attempt of a query: which server, in which window, and out. */
#include "resolver/attempt.h"

#include <string.h>

#include "resolver/exchange.h"
#include "resolver/match.h"
#include "resolver/resolver.h"
#include "resolver/tcp.h"
#include "resolver/udp.h"

enum { RETRY_AFTER = 20 * 1000 /* us */ };

/* The server for the first attempt: the first in order that answers and has room. */
static struct md_server *
first_server(const struct md_resolver *r)
{
	struct md_server *busy = NULL;

	for (unsigned i = 0; i < r->nservers; i++) {
		if (r->server[i]->shunned > r->now)
			continue;
		if (!md_window_full(r->server[i]->window))
			return r->server[i];
		if (busy == NULL)
			busy = r->server[i];
	}
	return busy != NULL ? busy : r->server[0];
}

static struct md_server *
next_server(const struct md_resolver *r, const struct md_query *q)
{
	if (q->only != NULL)
		return q->only;
	if (q->server == NULL)
		return first_server(r);
	for (unsigned i = 1; i < r->nservers; i++) {
		const unsigned k = (q->server->index + i) % r->nservers;

		if (q->faults[k] < MD_ENOUGH_FAULTS)
			return r->server[k];
	}
	return q->server;
}

static void
compose(struct md_resolver *r, struct md_query *q)
{
	const bool edns = !q->plain && !q->server->no_edns;
	const bool mix = !q->lower && !q->server->garbles_case;

	q->last_id = md_match_id(q->wire);
	if (edns != q->edns || !mix)
		q->wire_len = md_query_write(&q->question, edns, q->wire, q->wire_room);
	q->edns = edns;
	if (mix)
		md_match_mix_case(q->wire, &r->random);
	memset(q->strays, 0, sizeof(q->strays));
	q->bytes = 0;
	q->truncated = false;
}

/* Once for each attempt: a query that was held, or had no place, is still prepared. */
static void
prepare(struct md_resolver *r, struct md_query *q)
{
	if (q->again)
		return;
	q->again = true;
	q->tries++;
	q->server = next_server(r, q);
	q->over_tcp = q->plain = q->lower = false;
}

/* False: it has waited for a socket as long as for a reply, in vain. */
static bool
wait_for_socket(struct md_resolver *r, struct md_query *q)
{
	if (q->without_socket_since == 0)
		q->without_socket_since = r->now;
	if (r->now - q->without_socket_since >= r->timeout)
		return false;
	if (r->without_socket.n == 0)
		r->retry_at = r->now + RETRY_AFTER;
	md_query_move(q, &r->without_socket);
	return true;
}

void
md_attempt_retry(struct md_resolver *r)
{
	struct md_query *q;

	while (r->retry_at <= r->now && (q = md_query_first(&r->without_socket)) != NULL)
		md_query_move(q, &r->due);
}

static void
put_on_air(struct md_resolver *r, struct md_query *q)
{
	int error;

	compose(r, q);
	q->again = false;
	q->sent_at = r->now;
	q->deadline = q->sent_at + r->timeout;
	error = q->over_tcp ? md_tcp_send(r, q) : md_udp_send(r, q);
	if (error != 0 && md_server_blameless(error) && wait_for_socket(r, q)) {
		q->again = true;
		return;
	}
	q->without_socket_since = 0;
	if (error != 0) {
		md_exchange_failed(r, q, error);
		return;
	}
	md_query_move(q, &r->on_air);
	if (!q->over_tcp)
		md_window_sent(q);
}

bool
md_attempt_start(struct md_resolver *r, struct md_query *q)
{
	if (md_exchange_held(r, q))
		return true;
	if (q->window == NULL) {
		prepare(r, q);
		if (!md_window_enter(q->over_tcp ? &r->tcp_window : q->server->window, q))
			return true;
	}
	if (!md_pace_take(&r->pace, r->now))
		return false;
	put_on_air(r, q);
	return true;
}
