/* A query's way through attempts: what a reply means, what follows, when to give up. */
#ifndef MD_EXCHANGE_H
#define MD_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "resolver/match.h"

struct md_query;
struct md_resolver;

/* These two are r->received and r->failed (resolver.h). */
void md_exchange_received(struct md_resolver *, struct md_query *, enum md_match,
                          const uint8_t *wire, size_t len);
void md_exchange_failed(struct md_resolver *, struct md_query *, int error);

/* Ends the attempts of queries that have waited long enough. */
void md_exchange_expire(struct md_resolver *);

/* True: there is an outage, which holds or has refused this query instead of sending it. */
bool md_exchange_held(struct md_resolver *, struct md_query *);

/* Refuses what an outage holds when patience is over. */
void md_exchange_refuse_held(struct md_resolver *);

/* Off the air, out of all lists: it is asked no more. */
void md_exchange_abandon(struct md_resolver *, struct md_query *);

/* Done, without any answer, for a reason of ours. */
void md_exchange_refuse(struct md_resolver *, struct md_query *, const char *why);

#endif
