/*
 * Every check, until none is waiting: ask, and be asked again.
 *
 * An attempt that met a wanted fact is thrown away with its arena, as if it had never run;
 * one that met none is final, and its arena stays with the run.
 */
#include "run/run.h"

#include <string.h>

#include "base/name.h"
#include "fact/cache.h"

static const char *
lacking(const struct md_subject *s, unsigned needs)
{
	if ((needs & MD_NEED_HELO) != 0 && s->helo[0] == '\0')
		return "needs the name the sending server says in HELO or EHLO: --helo NAME";
	if ((needs & MD_NEED_SENDER) != 0 && s->nips == 0 && s->nselectors == 0 &&
	    s->helo[0] == '\0' && s->mail_from[0] == '\0')
		return "needs to know how mail is sent: --ip, --mail-from, --helo or "
		       "--selector";
	if ((needs & MD_NEED_FILTER) != 0 && s->spamd[0] == '\0' && s->rspamd[0] == '\0')
		return "needs a spam filter to ask: --spamd or --rspamd";
	return "";
}

static void
attempt(struct md_run *run, struct md_task *task)
{
	struct md_gaps gaps = { .last = &gaps.first };
	struct md_ctx c = { .run = run, .task = task, .mem = md_arena_new(), .gaps = &gaps };

	task->arrived = false;
	task->result = (struct md_result){ .check = task->check, .skipped = "" };
	task->result.skipped = lacking(&run->subject, task->check->needs);
	if (task->result.skipped[0] == '\0') {
		c.last_note = &task->result.notes;
		task->check->run(&c);
	}
	if (c.waiting) {
		md_arena_free(c.mem); /* as if it had never run */
		task->result = (struct md_result){ .check = task->check, .skipped = "" };
		return;
	}
	task->result.gaps = gaps.first;
	task->done = true;
	md_arena_adopt(run->mem, c.mem);
}

/*
 * A single report tries again after any arrival, so that a dead branch does not delay the
 * next level; bulk when all that the task waits for is there.
 */
static bool
worth_trying(const struct md_run *run, const struct md_task *task)
{
	if (task->done)
		return false;
	return task->missing == 0 || (task->arrived && !run->options.bulk);
}

void
md_run_arrived(struct md_run *run, uint64_t *waiting)
{
	run->open--;
	for (size_t i = 0; i < run->ntasks; i++) {
		if ((*waiting & (UINT64_C(1) << i)) != 0) {
			run->tasks[i].missing--;
			run->tasks[i].arrived = true;
		}
	}
	*waiting = 0;
	if (!run->dispatching)
		md_engine_arrived(run);
}

/* Of many domains each asks for its own names, and hardly another does: keep the others. */
static bool
shared(const struct md_entry *e)
{
	const char *own = e->run->subject.domain;

	return e->run->options.bulk &&
	       (own == NULL || own[0] == '\0' || !md_name_under(e->question.name, own));
}

static void
fetched(void *arg, struct md_dns *fact)
{
	struct md_entry *e = arg;

	md_store_put(&e->run->store, e, fact);
	if (shared(e) && md_engine_cache(e->run->engine) != NULL)
		md_cache_put(md_engine_cache(e->run->engine), fact, md_engine_clock());
	md_run_arrived(e->run, &e->waiting);
	md_opinions_tell(e->run, e);
}

void
md_run_dispatch(struct md_run *run)
{
	const bool already = run->dispatching;

	run->dispatching = true;
	for (; run->dispatched < run->store.n; run->dispatched++) {
		struct md_entry *e = run->store.entries[run->dispatched];

		if (e->fact->fact.state != MD_WANTED)
			continue; /* refused when it was asked */
		e->run = run;
		run->open++;
		md_fetch_start(md_engine_sources(run->engine, run->options.proposed),
		               &e->question, fetched, e, &e->fetch);
	}
	md_opinions_dispatch(run);
	run->dispatching = already;
}

static bool
any_worth_trying(const struct md_run *run)
{
	for (size_t i = 0; i < run->ntasks; i++)
		if (worth_trying(run, &run->tasks[i]))
			return true;
	return false;
}

bool
md_run_attempt(struct md_run *run)
{
	bool waiting = false;

	/* Files answer at once: go on as long as they do. */
	do {
		for (size_t i = 0; i < run->ntasks; i++)
			if (worth_trying(run, &run->tasks[i]))
				attempt(run, &run->tasks[i]);
		md_run_dispatch(run);
	} while (any_worth_trying(run));
	for (size_t i = 0; i < run->ntasks; i++)
		waiting = waiting || !run->tasks[i].done;
	return !waiting;
}

enum md_urgency
md_run_urgency(const struct md_run *run)
{
	if (!any_worth_trying(run))
		return MD_LATER;
	if (run->options.bulk || run->open == 0)
		return MD_NOW;
	for (size_t i = 0; i < run->ntasks; i++)
		if (!run->tasks[i].done && run->tasks[i].missing > 0)
			return MD_SOON; /* more may come within a moment: take them together */
	return MD_NOW;
}

void
md_run_cancel_fetches(struct md_run *run)
{
	for (size_t i = 0; i < run->store.n; i++) {
		md_fetch_cancel(run->store.entries[i]->fetch);
		run->store.entries[i]->fetch = NULL;
	}
	md_opinions_cancel(run);
	run->open = 0;
}

void
md_run_expire(struct md_run *run)
{
	const char *why = md_printf(run->mem, "no answer before the report's %g s were over",
	                            run->options.timeout);

	run->expired = true;
	md_run_cancel_fetches(run);
	md_opinions_expire(run, why);
	for (size_t i = 0; i < run->store.n; i++) {
		struct md_entry *e = run->store.entries[i];

		if (e->fact->fact.state != MD_WANTED)
			continue;
		md_store_put(&run->store, e, md_fetch_unknown(&e->question, why));
		e->waiting = 0;
	}
	for (size_t i = 0; i < run->ntasks; i++)
		run->tasks[i].missing = 0;
}

void
md_run_finish(struct md_run *run, int64_t milliseconds)
{
	const size_t nresults = run->ntasks - 1;
	struct md_report *report = md_alloc(run->mem, sizeof(*report));
	struct md_result *results = md_alloc(run->mem, nresults * sizeof(*results));
	const size_t nfacts = run->store.n + run->nopinions;
	const struct md_fact **facts = md_alloc(run->mem, nfacts * sizeof(*facts));
	size_t n = run->store.n;

	for (size_t i = 0; i < nresults; i++)
		results[i] = run->tasks[i].result;
	for (size_t i = 0; i < run->store.n; i++)
		facts[i] = &run->store.entries[i]->fact->fact;
	for (const struct md_asked_opinion *o = run->opinions; o != NULL; o = o->next)
		facts[n++] = &o->fact->fact;
	*report = (struct md_report){
		.subject = &run->subject,
		.role = run->role->role,
		.role_why = run->role->why,
		.providers = run->providers,
		.now = run->options.now,
		.milliseconds = (uint32_t)milliseconds,
		.nresults = nresults,
		.results = results,
		.resolvers = md_engine_resolvers(run->engine),
		.nfacts = nfacts,
		.facts = facts,
	};
	md_report_judge(report, run->options.ignore);
	run->report = report;
}
