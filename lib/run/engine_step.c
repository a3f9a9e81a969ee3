/* The engine's loop: any number of runs on one thread, each in the phase where it is due. */
#include "run/engine.h"

#include <limits.h>
#include <poll.h>

/*
 * MOST_READY: runs are begun in small lots, so that the questions of the first ones are counted
 * before all are begun.  FIRST_QUESTIONS: about how many questions a new run asks at once.
 */
enum { MOST_READY = 64, FIRST_QUESTIONS = 8 };

/* The questions of a new run are known after its first attempt; until then they are a guess. */
bool
md_engine_busy(const struct md_engine *e)
{
	const long ahead = (long)e->nready * FIRST_QUESTIONS;

	if (e->resolver != NULL && md_resolver_silent(e->resolver))
		/* one run may try all the same */
		return !TAILQ_EMPTY(&e->by_deadline);
	return e->nready >= MOST_READY ||
	       (e->resolver != NULL && md_resolver_room(e->resolver) < ahead);
}

struct md_run *
md_engine_next_done(struct md_engine *e)
{
	struct md_run *run = TAILQ_FIRST(&e->by_phase[MD_RUN_DONE]);

	if (run != NULL)
		md_run_enter(run, MD_RUN_TAKEN);
	return run;
}

int
md_engine_fd(const struct md_engine *e)
{
	return e->fd;
}

static int
sooner(int a, int64_t b)
{
	if (b < 0)
		b = 0;
	if (b > INT_MAX)
		b = INT_MAX;
	return a < 0 || b < a ? (int)b : a;
}

int
md_engine_timeout(const struct md_engine *e)
{
	const struct md_run *soon = TAILQ_FIRST(&e->by_phase[MD_RUN_SOON]);
	const struct md_run *first = TAILQ_FIRST(&e->by_deadline);
	const int64_t now = md_clock_ms();
	int ms = e->resolver != NULL ? md_resolver_timeout(e->resolver) : -1;
	const int witness_ms = e->witnesses != NULL ? md_witnesses_timeout(e->witnesses) : -1;

	const int pool_ms = e->sources.pool != NULL ? md_pool_timeout(e->sources.pool) : -1;

	if (!TAILQ_EMPTY(&e->by_phase[MD_RUN_READY]))
		return 0;
	if (pool_ms >= 0)
		ms = sooner(ms, pool_ms);
	if (witness_ms >= 0)
		ms = sooner(ms, witness_ms);
	if (soon != NULL)
		ms = sooner(ms, soon->due - now);
	if (first != NULL)
		ms = sooner(ms, md_outage_clock_left(&e->outage_clock, &first->deadline, now));
	return ms;
}

static void
attempt_ready(struct md_engine *e)
{
	struct md_run *run;

	while ((run = TAILQ_FIRST(&e->by_phase[MD_RUN_READY])) != NULL) {
		md_run_enter(run, MD_RUN_WAITING);
		if (!md_run_attempt(run))
			continue;
		TAILQ_REMOVE(&e->by_deadline, run, by_deadline);
		md_run_cancel_fetches(run); /* asked ahead, and not needed after all */
		md_run_finish(run, e->resolver != NULL ? md_clock_ms() - run->started : 0);
		md_run_enter(run, MD_RUN_DONE);
	}
}

static void
make_due(struct md_engine *e)
{
	const int64_t now = md_clock_ms();
	struct md_run *run;

	while ((run = TAILQ_FIRST(&e->by_phase[MD_RUN_SOON])) != NULL && run->due <= now)
		md_run_enter(run, MD_RUN_READY);
	TAILQ_FOREACH(run, &e->by_deadline, by_deadline)
	{
		if (md_outage_clock_left(&e->outage_clock, &run->deadline, now) > 0)
			break;
		if (run->asking.expired)
			continue;
		md_run_expire(run);
		md_run_enter(run, MD_RUN_READY);
	}
}

void
md_engine_step(struct md_engine *e, int ms)
{
	struct pollfd fd = { .fd = md_engine_fd(e), .events = POLLIN };
	const int due = md_engine_timeout(e);

	if (due < 0 && TAILQ_EMPTY(&e->by_deadline))
		return; /* no run is under way, so nothing would ever wake us */
	if (due >= 0)
		ms = ms < 0 || due < ms ? due : ms;
	poll(&fd, 1, ms);
	if (e->resolver != NULL)
		md_resolver_step(e->resolver);
	md_outage_clock_see(&e->outage_clock,
	                    e->resolver != NULL && md_resolver_silent(e->resolver),
	                    md_clock_ms());
	if (e->witnesses != NULL)
		md_witnesses_step(e->witnesses);
	md_loop_step(&e->loop);
	if (e->sources.pool != NULL)
		md_pool_step(e->sources.pool);
	make_due(e);
	attempt_ready(e);
}
