/* The resolver from inside: its servers, its questions in flight, and where they wait. */
#ifndef MD_RESOLVER_H
#define MD_RESOLVER_H

#include "net/io.h"
#include "net/random.h"
#include "resolver/match.h"
#include "resolver/outage.h"
#include "resolver/pace.h"
#include "resolver/server.h"
#include "resolver/udp.h"
#include "resolver/window.h"

enum { MD_BUCKETS = 1 << 14 }; /* for 20,000 questions at once, few in each */
enum { MD_SPARES = 2048 };

LIST_HEAD(md_query_bucket, md_query);
LIST_HEAD(md_asker_bucket, md_asker);
LIST_HEAD(md_server_list, md_server);

struct md_resolver {
	struct md_loop loop;
	struct md_random random;
	struct md_pace pace; /* over all servers, UDP and TCP */
	uint64_t now;        /* md_clock, as of the last look */
	struct md_inbox *in;
	struct md_outbox out;
	unsigned nsockets, most_sockets; /* UDP */

	/*
	 * How UDP and TCP tell of a query on the air.  received: a reply with the query's id,
	 * and its question or none, from the server asked.  failed: the system reports an
	 * error (errno) on its socket.  Both may end the attempt, and then forget the query.
	 */
	void (*received)(struct md_resolver *, struct md_query *, enum md_match,
	                 const uint8_t *wire, size_t len);
	void (*failed)(struct md_resolver *, struct md_query *, int error);

	double seconds; /* per attempt */
	uint64_t timeout;
	unsigned tries;

	unsigned nservers;
	struct md_server *server[MD_MOST_SERVERS];
	const char *names[MD_MOST_SERVERS + 1];
	struct md_server_list named; /* those that questions in flight name */
	struct md_window named_window, tcp_window;

	/* Where a query waits, unless in a window or for an outage to end. */
	struct md_query_list due;    /* to be sent */
	struct md_query_list on_air; /* for a reply, or its deadline: the earliest in front */
	struct md_query_list without_socket; /* for one, until retry_at */
	struct md_query_list done;           /* for its askers to be told */
	uint64_t retry_at;
	struct md_outage outage;

	unsigned nspare; /* arenas of queries that are done, for the next */
	struct md_arena *spare[MD_SPARES];
	uint64_t last_ticket;
	struct md_query_bucket *questions; /* MD_BUCKETS of each */
	struct md_asker_bucket *tickets;
};

#endif
