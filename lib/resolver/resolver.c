/* Asks name servers: questions in, answers with the evidence of every attempt out. */
#include "resolver/resolver.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "resolver/ask.h"
#include "resolver/attempt.h"
#include "resolver/configured.h"
#include "resolver/exchange.h"
#include "resolver/named_server.h"
#include "resolver/outage.h"
#include "resolver/udp.h"

enum { WAITING_SHARE = 4 /* of a window */, MOST_TRIES = 20 };
enum { NAMED_AT_ONCE = 256, TCP_AT_ONCE = 32 };

/* ---- setting up ---- */

static void
set_limits(struct md_resolver *r)
{
	if (r->seconds <= 0)
		r->seconds = 2;
	if (r->tries == 0)
		r->tries = 4;
	if (r->tries > MOST_TRIES)
		r->tries = MOST_TRIES;
	r->timeout = (uint64_t)(r->seconds * 1e6);
}

struct md_resolver *
md_resolver_new(struct md_arena *mem, const struct md_resolver_options *options,
                const char **why)
{
	struct md_resolver *r = md_alloc(mem, sizeof(*r));
	int error;

	r->seconds = options->query_timeout;
	r->tries = options->tries;
	if (options->servers != NULL ? !md_configured_add(r, mem, options->servers, why)
	                             : !md_configured_add_system(r, mem, why))
		return NULL;
	set_limits(r);
	r->received = md_exchange_received;
	r->failed = md_exchange_failed;
	r->in = md_inbox_new(mem);
	r->most_sockets = md_udp_most_sockets();
	r->now = md_clock();
	r->questions = md_alloc(mem, MD_BUCKETS * sizeof(*r->questions));
	r->tickets = md_alloc(mem, MD_BUCKETS * sizeof(*r->tickets));
	md_window_init_fixed(&r->named_window, NAMED_AT_ONCE);
	md_window_init_fixed(&r->tcp_window, TCP_AT_ONCE);
	LIST_INIT(&r->named);
	md_query_list_init(&r->due);
	md_query_list_init(&r->on_air);
	md_query_list_init(&r->done);
	md_query_list_init(&r->without_socket);
	md_outage_init(&r->outage, mem, options->patience);
	md_pace_init(&r->pace, options->rate, r->now);
	error = md_loop_open(&r->loop);
	if (error != 0) {
		*why = md_printf(mem, "cannot wait for sockets: %s", strerror(error));
		return NULL;
	}
	return r;
}

/* ---- asking ---- */

static struct md_arena *
new_arena(struct md_resolver *r)
{
	return r->nspare > 0 ? r->spare[--r->nspare] : md_arena_new();
}

static void
free_arena(struct md_resolver *r, struct md_arena *mem)
{
	if (r->nspare == MD_SPARES) {
		md_arena_free(mem);
		return;
	}
	md_arena_clear(mem);
	r->spare[r->nspare++] = mem;
}

static void
free_query(struct md_resolver *r, struct md_query *q)
{
	if (q->only != NULL)
		md_named_server_leave(q->only);
	free_arena(r, q->mem);
}

static struct md_query_bucket *
bucket_of(struct md_resolver *r, const struct md_question *question)
{
	return &r->questions[md_query_hash(question) % MD_BUCKETS];
}

static struct md_query *
find_query(struct md_resolver *r, const struct md_question *question)
{
	struct md_query *q;

	for (q = LIST_FIRST(bucket_of(r, question)); q != NULL; q = LIST_NEXT(q, in_bucket))
		if (md_query_asks(q, question))
			return q;
	return NULL;
}

static const char *
impossible(struct md_resolver *r, struct md_query *q)
{
	uint8_t wire[MD_QUERY_ROOM];
	size_t len = 0;

	if (md_name_fits(q->question.name))
		len = md_query_write(&q->question, true, wire, sizeof(wire));
	if (len == 0)
		return "no such name can be in the DNS: a label over 63 or a name over 253 octets";
	q->wire = md_alloc(q->mem, len);
	memcpy(q->wire, wire, len);
	q->wire_len = q->wire_room = len;
	q->edns = true;
	return q->question.server[0] != '\0' ? md_named_server_choose(r, q) : NULL;
}

static void
begin(struct md_resolver *r, struct md_query *q)
{
	LIST_INSERT_HEAD(bucket_of(r, &q->question), q, in_bucket);
	q->findable = true;
	md_query_move(q, &r->due);
}

static struct md_query *
new_query(struct md_resolver *r, const struct md_question *question)
{
	struct md_query *q = md_query_new(new_arena(r), question);
	const char *why = impossible(r, q);

	if (why != NULL)
		md_exchange_refuse(r, q, why);
	else
		begin(r, q);
	return q;
}

/* Asks this server once for the root's name servers; nobody is told. */
static void
probe(struct md_resolver *r, const struct md_server *s)
{
	const struct md_question root = { .name = ".", .type = MD_NS, .server = s->name };
	struct md_query *q = find_query(r, &root);

	if (q != NULL)
		return; /* the last one is still on the air */
	q = new_query(r, &root);
	q->probe = true;
	q->tries = r->tries - 1; /* the next is the last */
}

uint64_t
md_resolver_ask(struct md_resolver *r, const struct md_question *question, md_resolved_fn *fn,
                void *arg)
{
	struct md_query *q = find_query(r, question);
	struct md_asker *a =
	        md_query_add_asker(q != NULL ? q : new_query(r, question), fn, arg);

	a->ticket = ++r->last_ticket;
	LIST_INSERT_HEAD(&r->tickets[a->ticket % MD_BUCKETS], a, in_bucket);
	return a->ticket;
}

static void
drop_asker(struct md_asker *a)
{
	LIST_REMOVE(a, in_bucket);
	TAILQ_REMOVE(&a->query->askers, a, next);
}

static struct md_asker *
find_asker(struct md_resolver *r, uint64_t ticket)
{
	struct md_asker *a = LIST_FIRST(&r->tickets[ticket % MD_BUCKETS]);

	while (a != NULL && a->ticket != ticket)
		a = LIST_NEXT(a, in_bucket);
	return a;
}

void
md_resolver_cancel(struct md_resolver *r, uint64_t ticket)
{
	struct md_asker *a = find_asker(r, ticket);
	struct md_query *q;

	if (a == NULL)
		return;
	q = a->query;
	drop_asker(a);
	if (!TAILQ_EMPTY(&q->askers) || !q->findable)
		return; /* others ask, too; or it is done, and freed when all are told */
	md_exchange_abandon(r, q);
	free_query(r, q);
}

/* ---- running ---- */

/*
 * Sends what is due as long as the pace allows; what fails at once is due again, as often as
 * it has tries.
 */
static void
send_due(struct md_resolver *r)
{
	struct md_query *q;

	do {
		while ((q = md_query_first(&r->due)) != NULL && md_attempt_start(r, q))
			;
		if (r->out.n == 0)
			return;
		md_udp_flush(r);
	} while (r->due.n > 0);
}

static void
tell(struct md_query *q)
{
	const struct md_resolved resolved = {
		.reply = q->why[0] == '\0' ? q->reply : NULL,
		.why = q->why,
		.nattempts = q->nattempts,
		.attempts = q->attempts,
	};
	struct md_asker *a;

	while ((a = TAILQ_FIRST(&q->askers)) != NULL) {
		drop_asker(a);
		a->fn(a->arg, &resolved);
	}
}

/* Tells those who ask; what they ask in turn, and is done at once, has to wait its turn. */
static void
tell_all(struct md_resolver *r)
{
	struct md_query_list now;
	struct md_query *q;

	md_query_list_init(&now);
	while ((q = md_query_first(&r->done)) != NULL)
		md_query_move(q, &now);
	while ((q = md_query_first(&now)) != NULL) {
		md_query_move(q, NULL);
		tell(q);
		free_query(r, q);
	}
}

void
md_resolver_step(struct md_resolver *r)
{
	const struct md_server *silent;

	r->now = md_clock();
	send_due(r);
	md_loop_step(&r->loop);
	r->now = md_clock();
	md_attempt_retry(r);
	md_exchange_expire(r);
	md_exchange_refuse_held(r);
	silent = md_outage_probes(r);
	if (silent != NULL)
		probe(r, silent);
	send_due(r);
	tell_all(r);
	send_due(r);
}

int
md_resolver_fd(const struct md_resolver *r)
{
	return r->loop.fd;
}

static uint64_t
least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* Microseconds until the moment, from now on. */
static uint64_t
until(const struct md_resolver *r, uint64_t moment)
{
	return moment > r->now ? moment - r->now : 0;
}

static uint64_t
wait_of(const struct md_resolver *r)
{
	const struct md_query *first = md_query_first(&r->on_air);
	uint64_t wait = least(md_outage_wait(r), md_window_wait(&r->named_window, r->now));

	if (r->due.n > 0)
		wait = least(wait, md_pace_wait(&r->pace, r->now));
	if (first != NULL)
		wait = least(wait, until(r, first->deadline));
	if (r->without_socket.n > 0)
		wait = least(wait, until(r, r->retry_at));
	for (unsigned i = 0; i < r->nservers; i++)
		wait = least(wait, md_window_wait(r->server[i]->window, r->now));
	return wait;
}

/* Reckoned from the last step, for which all since then has been waiting. */
int
md_resolver_timeout(const struct md_resolver *r)
{
	const uint64_t wait = r->done.n > 0 ? 0 : wait_of(r), passed = md_clock() - r->now;

	if (wait == UINT64_MAX)
		return -1;
	return wait <= passed ? 0 : (int)((wait - passed + 999) / 1000);
}

bool
md_resolver_silent(const struct md_resolver *r)
{
	return r->outage.since != 0 && !r->outage.refusing;
}

/* Some may wait: a place that is free shall be taken at once, and windows grow by need. */
long
md_resolver_room(const struct md_resolver *r)
{
	const long pace = 2 * (long)md_pace_burst(&r->pace);
	long places = 0, waiting = (long)(r->due.n + r->outage.held.n +
	                                  r->named_window.waiting.n + r->tcp_window.waiting.n);

	for (unsigned i = 0; i < r->nservers; i++) {
		const struct md_window *w = r->server[i]->window;

		waiting += (long)w->waiting.n;
		places += (long)(w->limit / WAITING_SHARE);
		if (!md_window_full(w))
			places += (long)(w->limit - w->used);
	}
	return (pace > 0 && pace < places ? pace : places) - waiting;
}

const char *const *
md_resolver_servers(const struct md_resolver *r)
{
	return r->names;
}

/* ---- the end ---- */

static void
forget_all(struct md_resolver *r)
{
	struct md_query *q;

	for (unsigned i = 0; i < MD_BUCKETS; i++) {
		while ((q = LIST_FIRST(&r->questions[i])) != NULL) {
			md_exchange_abandon(r, q);
			free_query(r, q);
		}
	}
	while ((q = md_query_first(&r->done)) != NULL) {
		md_query_move(q, NULL);
		free_query(r, q);
	}
}

void
md_resolver_free(struct md_resolver *r)
{
	if (r == NULL)
		return;
	forget_all(r);
	while (r->nspare > 0)
		md_arena_free(r->spare[--r->nspare]);
	for (unsigned i = 0; i < r->nservers; i++)
		md_udp_close_all(r->server[i]);
	md_loop_close(&r->loop);
}
