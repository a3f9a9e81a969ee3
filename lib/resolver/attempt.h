/* The next attempt of a query: which server, in which window, and out. */
#ifndef MD_NET_ATTEMPT_H
#define MD_NET_ATTEMPT_H

#include <stdbool.h>

struct md_query;
struct md_resolver;

/* Of one question, one server: so often, and it is not asked for it again. */
enum { MD_ENOUGH_FAULTS = 2 };

/*
 * Sends the next attempt of a query that is due, or has it wait for a place in a window, a
 * descriptor, or the end of an outage.  False: the pace allows none now, and it stays due.
 */
bool md_attempt_start(struct md_resolver *, struct md_query *);

/* Gives a query that is about to be sent a new random id. */
void md_attempt_new_id(struct md_resolver *, struct md_query *);

/* It is time to look whether there are descriptors for those that wait for one. */
void md_attempt_feed(struct md_resolver *);

/* This errno is no fault of the server's: somebody else has all descriptors, or memory. */
bool md_attempt_lacks_room(int error);

#endif
