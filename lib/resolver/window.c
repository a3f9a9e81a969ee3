/* How many queries may be under way at once, and who waits for a place. */
#include "resolver/window.h"

/*
 * A first wave of a report's questions fits at once.  Fewer than that spare no server, and
 * would make the report of a domain whose servers are dead take a minute: all its questions
 * are lost, four times each.  Up to FAST it may double, which no server's socket minds.
 */
enum { FLOOR = 128, FAST = 1024, CAP = 4096, STEP = 16, LATE_PER_PLACE = 4 };

/* A pause of the server or of this process shorter than this makes nobody late. */
enum { LEAST_LATE = 100 * 1000 /* us */, MEMORY = 64 /* round trips */ };

void
md_window_init_fixed(struct md_window *w, unsigned limit)
{
	*w = (struct md_window){ .limit = limit, .most_late = limit, .fixed = true };
	md_query_list_init(&w->waiting);
	TAILQ_INIT(&w->young);
}

static void
set_limit(struct md_window *w, unsigned limit)
{
	w->limit = limit < FLOOR ? FLOOR : limit > CAP ? CAP : limit;
	w->most_late = LATE_PER_PLACE * w->limit;
}

void
md_window_init_adaptive(struct md_window *w)
{
	md_window_init_fixed(w, FLOOR);
	w->fixed = false;
	set_limit(w, FLOOR);
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
		w->wanted = true;
		md_query_move(q, &w->waiting);
		return false;
	}
	w->used++;
	q->window = w;
	return true;
}

void
md_window_sent(struct md_query *q)
{
	TAILQ_INSERT_TAIL(&q->window->young, q, by_age);
	q->young = true;
}

static void
admit(struct md_window *w, struct md_query_list *due)
{
	struct md_query *next;

	while ((next = md_query_first(&w->waiting)) != NULL && !md_window_full(w)) {
		w->used++;
		next->window = w;
		md_query_move(next, due);
	}
}

static void
grow_old(struct md_query *q)
{
	if (q->young)
		TAILQ_REMOVE(&q->window->young, q, by_age);
	q->young = false;
}

void
md_window_leave(struct md_query *q, struct md_query_list *due)
{
	struct md_window *w = q->window;

	grow_old(q);
	if (q->placeless)
		w->late--;
	else
		w->used--;
	q->missed = q->placeless = false;
	q->window = NULL;
	admit(w, due);
}

/* ---- who is late ---- */

/*
 * As RFC 6298 2 has it for TCP: the smoothed round trip and four mean deviations, so that
 * the few cold names among many known to a resolver are not called late.
 */
static uint64_t
late_after(const struct md_window *w)
{
	const double usual = w->smooth + 4 * w->deviation;

	if (w->samples == 0)
		return UINT64_MAX / 2;
	return usual > LEAST_LATE ? (uint64_t)usual : LEAST_LATE;
}

static void
measure(struct md_window *w, double trip)
{
	double off;

	if (w->samples == 0) {
		w->smooth = trip;
		w->deviation = trip / 2;
	}
	if (w->samples < MEMORY)
		w->samples++;
	off = trip > w->smooth ? trip - w->smooth : w->smooth - trip;
	w->deviation += (off - w->deviation) / w->samples;
	w->smooth += (trip - w->smooth) / w->samples;
}

void
md_window_find_late(struct md_window *w, uint64_t now, struct md_query_list *due)
{
	const uint64_t limit = late_after(w);
	struct md_query *q;

	while ((q = TAILQ_FIRST(&w->young)) != NULL && q->sent_at + limit <= now) {
		md_window_lost(q, now);
		grow_old(q);
		if (w->late >= w->most_late)
			continue;
		q->placeless = true;
		w->late++;
		w->used--;
	}
	admit(w, due);
}

uint64_t
md_window_wait(const struct md_window *w, uint64_t now)
{
	const struct md_query *oldest = TAILQ_FIRST(&w->young);
	uint64_t at;

	if (w->waiting.n == 0 || oldest == NULL || w->late >= w->most_late)
		return UINT64_MAX;
	at = oldest->sent_at + late_after(w);
	return at > now ? at - now : 0;
}

/* ---- the limit ---- */

static void
look_at_limit(struct md_window *w, uint64_t now)
{
	if (w->fixed || w->answered + w->lost < w->limit)
		return;
	if (w->lost * 10 > w->answered + w->lost) {
		set_limit(w, w->limit / 2);
		w->steady = true;
		w->cut = now;
	} else if (w->wanted) {
		set_limit(w,
		          !w->steady && 2 * w->limit <= FAST ? 2 * w->limit : w->limit + STEP);
	}
	w->answered = w->lost = 0;
	w->wanted = w->waiting.n > 0;
}

/* A question asked again is known to be hard: its loss says little of the server. */
static bool
counts(const struct md_query *q)
{
	return q->tries <= 1 && q->sent_at >= q->window->cut;
}

void
md_window_answered(struct md_query *q, uint64_t now)
{
	struct md_window *w = q->window;

	measure(w, (double)(now - q->sent_at));
	if (!counts(q))
		return;
	if (q->missed && w->lost > 0)
		w->lost--;
	w->answered++;
	look_at_limit(w, now);
}

void
md_window_lost(struct md_query *q, uint64_t now)
{
	if (q->missed || !counts(q))
		return;
	q->missed = true;
	q->window->lost++;
	look_at_limit(q->window, now);
}
