/* How many queries may be under way at once, and who waits for a place. */
#ifndef MD_WINDOW_H
#define MD_WINDOW_H

#include "net/query.h"

/*
 * An adaptive one grows by a little after each windowful of answers and is halved after one
 * of which more than a tenth were lost (additive increase, multiplicative decrease).  Single
 * losses are slow or dead domains behind a resolver, not its overload.
 */
struct md_window {
	unsigned limit, used;
	bool fixed;
	unsigned answered, lost; /* since the limit was last looked at */
	struct md_query_list waiting;
};

void md_window_init_adaptive(struct md_window *);
void md_window_init_fixed(struct md_window *, unsigned limit);

bool md_window_full(const struct md_window *);

/* Gives the query a place (q->window), or else puts it in the waiting list: false. */
bool md_window_enter(struct md_window *, struct md_query *);

/* Takes its place away and gives it to the next who waits, who moves to `due`. */
void md_window_leave(struct md_query *, struct md_query_list *due);

/* Tells how a query that holds a place ended. */
void md_window_learn(struct md_window *, bool answered);

#endif
