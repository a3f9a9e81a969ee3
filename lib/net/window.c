/* How many queries may be under way at once, and who waits for a place. */
#include "net/window.h"

/*
 * A first wave of a report's questions fits at once.  Fewer than that spare no server, and
 * would make the report of a domain whose servers are dead take a minute: all its questions
 * are lost, four times each.  More than 1,000 lose replies in sockets' buffers (measured).
 */
enum { FLOOR = 128, CAP = 1000, STEP = 16 };

void
md_window_init_fixed(struct md_window *w, unsigned limit)
{
	*w = (struct md_window){ .limit = limit, .fixed = true };
	md_query_list_init(&w->waiting);
}

void
md_window_init_adaptive(struct md_window *w)
{
	md_window_init_fixed(w, FLOOR);
	w->fixed = false;
}

bool
md_window_full(const struct md_window *w)
{
	return w->used >= w->limit;
}

bool
md_window_enter(struct md_window *w, struct md_query *q)
{
	if (md_window_full(w)) {
		md_query_move(q, &w->waiting);
		return false;
	}
	w->used++;
	q->window = w;
	return true;
}

void
md_window_leave(struct md_query *q, struct md_query_list *due)
{
	struct md_window *w = q->window;
	struct md_query *next;

	q->window = NULL;
	w->used--;
	while ((next = md_query_first(&w->waiting)) != NULL && !md_window_full(w)) {
		w->used++;
		next->window = w;
		md_query_move(next, due);
	}
}

void
md_window_learn(struct md_window *w, bool answered)
{
	if (answered)
		w->answered++;
	else
		w->lost++;
	if (w->fixed || w->answered + w->lost < w->limit)
		return;
	if (w->lost * 10 > w->answered + w->lost)
		w->limit = w->limit / 2 > FLOOR ? w->limit / 2 : FLOOR;
	else
		w->limit = w->limit + STEP < CAP ? w->limit + STEP : CAP;
	w->answered = w->lost = 0;
}
