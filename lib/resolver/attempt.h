/* The next attempt of a query: which server, in which window, and out. */
#ifndef MD_ATTEMPT_H
#define MD_ATTEMPT_H

#include <stdbool.h>

struct md_query;
struct md_resolver;

/*
 * Sends the next attempt of a query that is due, or has it wait for a place in a window, a
 * socket, or the end of an outage.  False: the pace allows none now, and it stays due.
 */
bool md_attempt_start(struct md_resolver *, struct md_query *);

/* Those that wait for a socket are due again, when it is time to try whether there is one. */
void md_attempt_retry(struct md_resolver *);

#endif
