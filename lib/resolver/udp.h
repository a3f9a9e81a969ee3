/* UDP sockets connected to name servers, each for some queries from one random port. */
#ifndef MD_UDP_H
#define MD_UDP_H

#include "resolver/query.h"

struct md_resolver;
struct mmsghdr;

/* Where datagrams are received.  We announce 1232 octets (EDNS); some servers send more. */
struct md_inbox;
struct md_inbox *md_inbox_new(struct md_arena *);

/* Queries that leave through one socket with the next flush. */
enum { MD_UDP_AT_ONCE = 64 };
struct md_outbox {
	struct md_udp *socket;
	unsigned n;
	struct md_query *query[MD_UDP_AT_ONCE];
};

/*
 * Gives q->wire to a socket of q->server's pool, under a random id that no other query there
 * has, to leave with the next flush.  0, or an errno.
 */
int md_udp_send(struct md_resolver *, struct md_query *);

/* Sends what waits; what fails at once is told by r->failed. */
void md_udp_flush(struct md_resolver *);

/* The query does not wait for a reply any more. */
void md_udp_forget(struct md_query *);

/* Closes all sockets of a server that has no query in flight. */
void md_udp_close_all(struct md_server *);

/* How many sockets may be open at once: part of the descriptors that the process may have. */
unsigned md_udp_most_sockets(void);

#endif
