/* Where a run stands in its engine: the phase that it is in, and when its time is over. */
#include "run/engine.h"

/* Arrivals within this time are taken together: a level of questions costs one attempt. */
enum { TOGETHER_MS = 2 };

static void
leave_phase(struct md_run *run)
{
	TAILQ_REMOVE(&run->engine->by_phase[run->phase], run, queue);
	run->engine->nready -= run->phase == MD_RUN_READY;
}

static void
enter_phase(struct md_run *run, enum md_phase phase)
{
	run->phase = phase;
	TAILQ_INSERT_TAIL(&run->engine->by_phase[phase], run, queue);
	run->engine->nready += phase == MD_RUN_READY;
}

void
md_run_enter(struct md_run *run, enum md_phase phase)
{
	leave_phase(run);
	enter_phase(run, phase);
}

/* Most runs have the same timeout, so a search from the end finds the place at once. */
static void
insert_by_deadline(struct md_engine *e, struct md_run *run)
{
	struct md_run *before = TAILQ_LAST(&e->by_deadline, md_runs);

	while (before != NULL && before->deadline.at > run->deadline.at)
		before = TAILQ_PREV(before, md_runs, by_deadline);
	if (before == NULL)
		TAILQ_INSERT_HEAD(&e->by_deadline, run, by_deadline);
	else
		TAILQ_INSERT_AFTER(&e->by_deadline, before, run, by_deadline);
}

void
md_engine_add(struct md_engine *e, struct md_run *run)
{
	run->engine = e;
	run->started = md_clock_ms();
	run->deadline = md_outage_clock_deadline(
	        &e->outage_clock, (int64_t)(run->options.timeout * 1000), run->started);
	enter_phase(run, MD_RUN_READY);
	insert_by_deadline(e, run);
}

void
md_engine_remove(struct md_run *run)
{
	leave_phase(run);
	if (run->phase < MD_RUN_DONE)
		TAILQ_REMOVE(&run->engine->by_deadline, run, by_deadline);
}

void
md_engine_arrived(struct md_run *run, enum md_urgency urgency)
{
	if (urgency == MD_NOW && run->phase != MD_RUN_READY) {
		md_run_enter(run, MD_RUN_READY);
	} else if (urgency == MD_SOON && run->phase == MD_RUN_WAITING) {
		run->due = md_clock_ms() + TOGETHER_MS;
		md_run_enter(run, MD_RUN_SOON);
	}
}
