/* UDP sockets connected to name servers, each for some queries from one random port. */
#ifndef MD_UDP_H
#define MD_UDP_H

#include "net/query.h"

struct md_resolver;

/*
 * Sends q->wire to q->server from a socket of its pool, under a random id that no other
 * query there has.  0, or an errno.
 */
int md_udp_send(struct md_resolver *, struct md_query *);

/* The query does not wait for a reply any more. */
void md_udp_forget(struct md_query *);

/* Closes all sockets of a server that has no query in flight. */
void md_udp_close_all(struct md_server *);

#endif
