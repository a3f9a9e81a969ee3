/* A query's way through attempts: which server next, what its reply means, when to give up. */
#ifndef MD_EXCHANGE_H
#define MD_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct md_query;
struct md_resolver;

/*
 * Sends the next attempt of a query that is due, or has it wait for a place in a window.
 * False: the pace allows none now, and it stays due.
 */
bool md_exchange_start(struct md_resolver *, struct md_query *);

/* Gives a query that is about to be sent a new random id. */
void md_exchange_new_id(struct md_resolver *, struct md_query *);

/* A reply with the query's id, and its question or none, from the server asked. */
void md_exchange_received(struct md_resolver *, struct md_query *, const uint8_t *wire,
                          size_t len);

/* The system reports an error (errno) on the socket that the query is on the air with. */
void md_exchange_failed(struct md_resolver *, struct md_query *, int error);

/* Ends the attempts of queries that have waited long enough. */
void md_exchange_expire(struct md_resolver *);

/* Off the air, out of all lists: it is asked no more. */
void md_exchange_abandon(struct md_resolver *, struct md_query *);

/* Done, without any answer, for a reason of ours. */
void md_exchange_refuse(struct md_resolver *, struct md_query *, const char *why);

#endif
