/* Asks name servers: questions in, answers with the evidence of every attempt out. */
#include "net/resolver.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "fact/source.h"
#include "net/exchange.h"
#include "net/resolv_conf.h"
#include "net/udp.h"

enum { PASSING_AT_ONCE = 256, TCP_AT_ONCE = 32, MOST_TRIES = 20 };

/* ---- setting up ---------------------------------------------------------- */

static bool
add_server(struct md_resolver *r, struct md_arena *mem, const char *text, const char **why)
{
	struct md_endpoint e;
	struct md_server *s;

	if (!md_endpoint_parse(text, &e)) {
		*why = md_printf(mem,
		                 "%s is no resolver's address: ADDR, ADDR:PORT or [V6]:PORT",
		                 md_quote(mem, md_str(text)));
		return false;
	}
	for (unsigned i = 0; i < r->nservers; i++)
		if (md_endpoint_eq(&r->server[i]->endpoint, &e))
			return true;
	if (r->nservers == MD_MOST_SERVERS) {
		*why = md_printf(mem, "more than %d resolvers", MD_MOST_SERVERS);
		return false;
	}
	s = md_server_new(mem, &e, md_alloc(mem, sizeof(struct md_window)));
	md_window_init_adaptive(s->window);
	s->index = r->nservers;
	r->names[r->nservers] = s->name;
	r->server[r->nservers++] = s;
	return true;
}

static bool
add_named(struct md_resolver *r, struct md_arena *mem, const char *const *servers,
          const char **why)
{
	for (; *servers != NULL; servers++)
		if (!add_server(r, mem, *servers, why))
			return false;
	if (r->nservers == 0)
		*why = "no resolver is named";
	return r->nservers > 0;
}

/* The system's; what is not set yet of timeout and tries comes from there, too. */
static bool
add_system(struct md_resolver *r, struct md_arena *mem, const char **why)
{
	struct md_resolv_conf conf;

	if (!md_resolv_conf_read(mem, "/etc/resolv.conf", &conf, why))
		return false;
	for (size_t i = 0; i < conf.n && i < MD_MOST_SERVERS; i++)
		if (!add_server(r, mem, conf.servers[i], why))
			return false;
	if (r->seconds <= 0)
		r->seconds = conf.timeout;
	if (r->tries == 0)
		r->tries = conf.attempts * r->nservers;
	return true;
}

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
	if (options->servers != NULL ? !add_named(r, mem, options->servers, why)
	                             : !add_system(r, mem, why))
		return NULL;
	set_limits(r);
	r->in = md_alloc(mem, sizeof(*r->in));
	r->questions = md_alloc(mem, MD_BUCKETS * sizeof(*r->questions));
	r->tickets = md_alloc(mem, MD_BUCKETS * sizeof(*r->tickets));
	md_window_init_fixed(&r->passing_window, PASSING_AT_ONCE);
	md_window_init_fixed(&r->tcp_window, TCP_AT_ONCE);
	LIST_INIT(&r->passing);
	md_query_list_init(&r->due);
	md_query_list_init(&r->on_air);
	md_query_list_init(&r->done);
	md_pace_init(&r->pace, options->rate, md_clock());
	error = md_loop_open(&r->loop);
	if (error != 0) {
		*why = md_printf(mem, "cannot wait for sockets: %s", strerror(error));
		return NULL;
	}
	return r;
}

/* ---- servers that a question names ---------------------------------------- */

static struct md_server *
find_server(const struct md_resolver *r, const struct md_endpoint *e)
{
	struct md_server *s;

	for (unsigned i = 0; i < r->nservers; i++)
		if (md_endpoint_eq(&r->server[i]->endpoint, e))
			return r->server[i];
	for (s = LIST_FIRST(&r->passing); s != NULL; s = LIST_NEXT(s, passing))
		if (md_endpoint_eq(&s->endpoint, e))
			return s;
	return NULL;
}

/* NULL, or why this server must not be asked. */
static const char *
choose_server(struct md_resolver *r, struct md_query *q)
{
	struct md_endpoint e;
	struct md_server *s;
	const char *special;

	if (!md_endpoint_parse(q->question.server, &e))
		return md_printf(q->mem, "%s is no name server's address",
		                 md_show(q->mem, md_str(q->question.server)));
	s = find_server(r, &e);
	special = md_addr_special(e.addr);
	if (s == NULL && special != NULL)
		return md_printf(q->mem, "not asked: %s is %s", md_addr_print(q->mem, e.addr),
		                 special);
	if (s == NULL) {
		struct md_arena *mem = md_arena_new();

		s = md_server_new(mem, &e, &r->passing_window);
		s->mem = mem;
		LIST_INSERT_HEAD(&r->passing, s, passing);
	}
	s->users++;
	q->only = s;
	return NULL;
}

static void
leave_server(struct md_server *s)
{
	if (--s->users > 0 || s->mem == NULL)
		return;
	md_udp_close_all(s);
	LIST_REMOVE(s, passing);
	md_arena_free(s->mem);
}

/* ---- asking --------------------------------------------------------------- */

static void
free_query(struct md_query *q)
{
	if (q->only != NULL)
		leave_server(q->only);
	md_query_free(q);
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
	if (!md_name_fits(q->question.name) ||
	    md_query_write(&q->question, true, q->wire, sizeof(q->wire)) == 0)
		return "no such name can be in the DNS: a label over 63 or a name over 253 octets";
	return q->question.server[0] != '\0' ? choose_server(r, q) : NULL;
}

static struct md_query *
new_query(struct md_resolver *r, const struct md_question *question)
{
	struct md_query *q = md_query_new(question);
	const char *why = impossible(r, q);

	if (why != NULL) {
		md_exchange_refuse(r, q, why);
		return q;
	}
	LIST_INSERT_HEAD(bucket_of(r, question), q, in_bucket);
	q->findable = true;
	md_query_move(q, &r->due);
	return q;
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
	free_query(q);
}

/* ---- running -------------------------------------------------------------- */

/*
 * Sends what is due as long as the pace allows; what fails at once is due again, as often as
 * it has tries.
 */
static void
send_due(struct md_resolver *r)
{
	struct md_query *q;

	while ((q = md_query_first(&r->due)) != NULL && md_exchange_start(r, q))
		;
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
		free_query(q);
	}
}

void
md_resolver_step(struct md_resolver *r)
{
	send_due(r);
	md_loop_step(&r->loop);
	md_exchange_expire(r);
	send_due(r);
	tell_all(r);
	send_due(r);
}

int
md_resolver_fd(const struct md_resolver *r)
{
	return r->loop.fd;
}

int
md_resolver_timeout(const struct md_resolver *r)
{
	const struct md_query *first = md_query_first(&r->on_air);
	const uint64_t now = md_clock();
	uint64_t wait = UINT64_MAX;

	if (r->done.n > 0)
		return 0;
	if (r->due.n > 0)
		wait = md_pace_wait(&r->pace, now);
	if (first != NULL && first->deadline <= now)
		return 0;
	if (first != NULL && first->deadline - now < wait)
		wait = first->deadline - now;
	return wait == UINT64_MAX ? -1 : (int)((wait + 999) / 1000);
}

/* Those that are due have a place already, or take one before they are sent. */
long
md_resolver_room(const struct md_resolver *r)
{
	const unsigned pace = md_pace_left(&r->pace, md_clock());
	long places = 0,
	     waiting = (long)(r->due.n + r->passing_window.waiting.n + r->tcp_window.waiting.n);

	for (unsigned i = 0; i < r->nservers; i++) {
		const struct md_window *w = r->server[i]->window;

		waiting += (long)w->waiting.n;
		if (!md_window_full(w))
			places += (long)(w->limit - w->used);
	}
	return (pace < places ? (long)pace : places) - waiting;
}

const char *const *
md_resolver_servers(const struct md_resolver *r)
{
	return r->names;
}

/* ---- the end -------------------------------------------------------------- */

static void
forget_all(struct md_resolver *r)
{
	struct md_query *q;

	for (unsigned i = 0; i < MD_BUCKETS; i++) {
		while ((q = LIST_FIRST(&r->questions[i])) != NULL) {
			md_exchange_abandon(r, q);
			free_query(q);
		}
	}
	while ((q = md_query_first(&r->done)) != NULL) {
		md_query_move(q, NULL);
		free_query(q);
	}
}

void
md_resolver_free(struct md_resolver *r)
{
	if (r == NULL)
		return;
	forget_all(r);
	for (unsigned i = 0; i < r->nservers; i++)
		md_udp_close_all(r->server[i]);
	md_loop_close(&r->loop);
}
