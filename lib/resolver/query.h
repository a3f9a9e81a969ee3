/* One question in flight: who asks, where it stands, and what became of its attempts. */
#ifndef MD_QUERY_H
#define MD_QUERY_H

#include <sys/queue.h>

#include "net/random.h"
#include "resolver/ask.h"
#include "resolver/outcome.h"

struct md_query;
struct md_server;
struct md_tcp;
struct md_udp;
struct md_window;

/* A header, a name, type and class, and an OPT record. */
enum { MD_QUERY_ROOM = 12 + 255 + 4 + 11 };
enum { MD_MOST_SERVERS = 16 };

/* Of one question, one server: so often, and it is not asked for it again. */
enum { MD_ENOUGH_FAULTS = 2 };

struct md_asker {
	TAILQ_ENTRY(md_asker) next;     /* of the same query */
	LIST_ENTRY(md_asker) in_bucket; /* of the resolver's tickets */
	struct md_query *query;
	uint64_t ticket;
	md_resolved_fn *fn;
	void *arg;
};

TAILQ_HEAD(md_askers, md_asker);
TAILQ_HEAD(md_query_queue, md_query);

struct md_query_list {
	struct md_query_queue queue;
	size_t n;
};

/* Members stand by what they are for. */
struct md_query {             /* NOLINT(clang-analyzer-optin.performance.Padding) */
	struct md_arena *mem; /* holds the query and all that belongs to it */
	struct md_question question;
	struct md_askers askers;
	LIST_ENTRY(md_query) in_bucket; /* of the resolver's questions */
	bool findable;                  /* it is in that bucket; false once it is done */

	/* The one list where the query waits: due, held, a window's, on the air, done. */
	struct md_query_list *list; /* NULL: it waits nowhere */
	TAILQ_ENTRY(md_query) turn; /* its place there */

	struct md_server *only;   /* the server that the question names; else NULL */
	struct md_server *server; /* asked now or next */

	/* The window in which the query has a place or had one; NULL: in none. */
	struct md_window *window;
	bool young;                   /* it is in the window's list of young queries */
	TAILQ_ENTRY(md_query) by_age; /* its place there */
	bool missed;                  /* the window counts it as lost */
	bool placeless;               /* it has given its place back, and waits on */

	unsigned tries;                  /* attempts so far, without those not counted */
	uint8_t faults[MD_MOST_SERVERS]; /* by server; see MD_ENOUGH_FAULTS */
	bool probe;                      /* nobody asked: it is to show if the server lives */

	/* Set when the next attempt is chosen and counted already, with how it is made. */
	bool again;
	bool over_tcp, plain, lower; /* plain: without EDNS; lower: without random case */

	/* What the query is on the air with; both NULL when it is not. */
	struct md_udp *udp;
	unsigned slot; /* its place in the UDP socket's table */
	struct md_tcp *tcp;

	uint8_t *wire; /* with room for the query with EDNS */
	size_t wire_len, wire_room;
	bool edns;                     /* wire has EDNS */
	uint64_t without_socket_since; /* it waits for a socket; 0: it does not */
	uint16_t last_id;              /* of the attempt before */
	uint64_t sent_at, deadline;
	unsigned strays[MD_STRAYS];
	size_t bytes;   /* of the reply that ends the attempt; 0 for none */
	bool truncated; /* that reply was */

	size_t noutcomes; /* of attempts that failed */
	struct md_outcome *outcomes;
	size_t nattempts; /* all that have ended */
	struct md_attempt *attempts;

	struct md_reply *reply; /* the usable answer, once there is one */
	const char *why;        /* why there is none; "" before it is done */
};

/* Gives a query that is about to be sent a new random id. */
void md_query_new_id(struct md_query *, struct md_random *);

/* A query in no list, asked by nobody yet, that goes with its arena. */
struct md_query *md_query_new(struct md_arena *, const struct md_question *);

void md_query_list_init(struct md_query_list *);
struct md_query *md_query_first(const struct md_query_list *); /* NULL: it is empty */

/* Takes it out of the list where it waits, and puts it at the end of this one (or none). */
void md_query_move(struct md_query *, struct md_query_list *to);

/* The same question, to the same server, with the same flags? */
bool md_query_asks(const struct md_query *, const struct md_question *);
uint32_t md_query_hash(const struct md_question *);

struct md_asker *md_query_add_asker(struct md_query *, md_resolved_fn *, void *arg);

/*
 * Records how the present attempt ended (server is filled in, what and more may be NULL);
 * with the strays met on the way, unless it is MD_OUTCOME_NOTED.
 */
void md_query_ended(struct md_query *, struct md_outcome, uint64_t now, double seconds);

#endif
