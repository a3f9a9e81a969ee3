/* A query's way through attempts: what a reply means, what follows, when to give up. */
#ifndef MD_EXCHANGE_H
#define MD_EXCHANGE_H

#include <stddef.h>
#include <stdint.h>

struct md_query;
struct md_resolver;

/* A reply with the query's id, and its question or none, from the server asked. */
void md_exchange_received(struct md_resolver *, struct md_query *, const uint8_t *wire,
                          size_t len);

/* The system reports an error (errno) on the socket that the query is on the air with. */
void md_exchange_failed(struct md_resolver *, struct md_query *, int error);

/* Ends the attempts of queries that have waited long enough. */
void md_exchange_expire(struct md_resolver *);

/* Off the air, out of all lists, for now. */
void md_exchange_park(struct md_resolver *, struct md_query *);

/* A query that is not on the air: its next attempt, or the end. */
void md_exchange_go_on(struct md_resolver *, struct md_query *);

/* Off the air, out of all lists: it is asked no more. */
void md_exchange_abandon(struct md_resolver *, struct md_query *);

/* Done, without any answer, for a reason of ours. */
void md_exchange_refuse(struct md_resolver *, struct md_query *, const char *why);

#endif
