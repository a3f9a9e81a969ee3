/* How many queries may be under way at once, and who waits for a place. */
#ifndef MD_WINDOW_H
#define MD_WINDOW_H

#include "resolver/query.h"

TAILQ_HEAD(md_young_queries, md_query);

/*
 * An adaptive one grows while queries wait for it and are answered, and is halved when more
 * than a tenth of a windowful is lost (additive increase, multiplicative decrease).  Single
 * losses are slow or dead domains behind a resolver, not its overload.
 *
 * A query on the air for much longer than usual is late.  It counts as lost unless its reply
 * comes after all.  It gives its place to the next query and goes on waiting; at most
 * `most_late` queries do.
 */
struct md_window {
	unsigned limit, used; /* places */
	unsigned late, most_late;
	bool fixed;              /* the limit never changes */
	bool steady;             /* after the first loss the limit grows in small steps */
	bool wanted;             /* somebody had to wait since the limit was last looked at */
	unsigned answered, lost; /* first attempts since the limit was last looked at */
	uint64_t cut;            /* when the limit was halved: older queries do not count */

	unsigned samples; /* of round trips, in microseconds: smoothed, mean deviation */
	double smooth, deviation;

	struct md_query_list waiting;
	struct md_young_queries young; /* on the air and not late, in the order of sending */
};

void md_window_init_adaptive(struct md_window *);
void md_window_init_fixed(struct md_window *, unsigned limit);

bool md_window_full(const struct md_window *);

/* Gives the query a place (q->window), or else puts it in the waiting list: false. */
bool md_window_enter(struct md_window *, struct md_query *);

/* A query with a place is on the air since q->sent_at: from now on it can be late. */
void md_window_sent(struct md_query *);

/* Takes the query's place away; the next query that waits gets it, and moves to `due`. */
void md_window_leave(struct md_query *, struct md_query_list *due);

/* Finds the late queries; those that wait get their places, and move to `due`. */
void md_window_find_late(struct md_window *, uint64_t now, struct md_query_list *due);

/* Microseconds until the next query is late and frees a place; UINT64_MAX: nobody needs it. */
uint64_t md_window_wait(const struct md_window *, uint64_t now);

/* Tells the query's window how it ended: by a reply, or by silence until its deadline. */
void md_window_answered(struct md_query *, uint64_t now);
void md_window_lost(struct md_query *, uint64_t now);

#endif
