/*
 * Every check, until none is waiting: ask, and be asked again.
 *
 * An attempt that met a wanted fact is thrown away with its arena, as if it had never run;
 * one that met none is final, and its arena stays with the run.
 */
#include "run/run.h"

#include "fact/cache.h"
#include "kind/frozen.h"
#include "net/io.h"

static const char *
lacking(const struct md_subject *s, unsigned needs)
{
	if ((needs & MD_NEED_HELO) != 0 && s->helo[0] == '\0')
		return "needs the name the sending server says in HELO or EHLO: --helo NAME";
	if ((needs & MD_NEED_SENDER) != 0 && s->nips == 0 && s->nselectors == 0 &&
	    s->helo[0] == '\0' && !s->mail_from.given)
		return "needs to know how mail is sent: --ip, --mail-from, --helo or "
		       "--selector";
	if ((needs & MD_NEED_FILTER) != 0 && s->spamd[0] == '\0' && s->rspamd[0] == '\0')
		return "needs a spam filter to ask: --spamd or --rspamd";
	return "";
}

static struct md_result
nothing_yet(const struct md_check *check)
{
	return (struct md_result){ .check = check,
		                   .skipped = "",
		                   .tabled = check->tabled,
		                   .decides = check->decides,
		                   .looks = check->nrules == 0 };
}

static void
attempt(struct md_run *run, struct md_task *task)
{
	struct md_gaps gaps = { .last = &gaps.first };
	struct md_reads reads = { 0 };
	struct md_ctx c = { .asking = &run->asking,
		            .task = task,
		            .mem = md_arena_branch(run->asking.mem),
		            .gaps = &gaps,
		            .reads = &reads };

	task->arrived = false;
	task->result = nothing_yet(task->check);
	task->result.skipped = lacking(&run->asking.subject, task->check->needs);
	if (task->result.skipped[0] == '\0') {
		c.last_note = &task->result.notes;
		task->check->run(&c);
	}
	if (c.waiting) {
		md_arena_free(c.mem); /* as if it had never run */
		task->result = nothing_yet(task->check);
		return;
	}
	task->result.gaps = gaps.first;
	task->result.reads = reads;
	task->done = true;
	md_arena_keep(c.mem);
}

/*
 * A single report tries a task again after any arrival, so that a dead branch does not delay
 * the next level.  In bulk a task is tried again when all is there that it waits for.
 */
static bool
worth_trying(const struct md_run *run, const struct md_task *task)
{
	if (task->done)
		return false;
	return task->missing == 0 || (task->arrived && !run->options.bulk);
}

static bool
any_worth_trying(const struct md_run *run)
{
	for (size_t i = 0; i < run->ntasks; i++)
		if (worth_trying(run, &run->tasks[i]))
			return true;
	return false;
}

static enum md_urgency
urgency_of(const struct md_run *run)
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

/* A fact that these tasks waited for is there. */
static void
arrived(struct md_run *run, uint64_t *waiting)
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
		md_engine_arrived(run, urgency_of(run));
}

/* Is the fact kept for other runs?  Hardly another run asks for a domain's own names. */
static bool
shared(const struct md_asking *asking, const struct md_entry *e)
{
	const struct md_fact_kind *kind = e->fact->kind;
	const char *own = asking->subject.domain;

	return asking->cache != NULL && (own == NULL || own[0] == '\0' || kind->own == NULL ||
	                                 !kind->own(e->question, own));
}

static void
fetched(void *arg, struct md_fact *fact)
{
	struct md_entry *e = arg;
	struct md_listener *l = e->listeners;

	md_store_put(&e->run->asking.store, e, fact);
	if (shared(&e->run->asking, e))
		md_cache_put(e->run->asking.cache, fact, md_clock_ms());
	arrived(e->run, &e->waiting);
	e->listeners = NULL;
	for (; l != NULL; l = l->next)
		l->told(l->to, fact);
}

/* What a fetch asks for on its way. */
static const struct md_fact *
ask_for(void *arg, const struct md_fact_kind *kind, const void *question, md_told_fn *told,
        void *to)
{
	struct md_run *run = ((struct md_entry *)arg)->run;
	struct md_entry *e = md_want(&run->asking, kind, question);
	struct md_listener *l;

	if (e->fact->state != MD_WANTED)
		return e->fact;
	l = md_alloc(run->asking.mem, sizeof(*l));
	*l = (struct md_listener){ e->listeners, told, to };
	e->listeners = l;
	md_run_dispatch(run); /* files answer at once */
	if (!run->dispatching)
		md_engine_arrived(run, urgency_of(run));
	return NULL;
}

void
md_run_make_requester(struct md_run *run)
{
	run->requester = (struct md_requester){
		.sources = md_engine_sources(run->engine, run->options.proposed),
		.mem = run->asking.mem,
		.bulk = run->options.bulk,
		.done = fetched,
		.ask = ask_for,
	};
}

void
md_run_dispatch(struct md_run *run)
{
	const struct md_store *store = &run->asking.store;
	const bool already = run->dispatching;

	run->dispatching = true;
	while (run->dispatched < store->n) {
		struct md_entry *e = store->entries[run->dispatched++];

		if (e->fact->state != MD_WANTED)
			continue; /* known already, or refused */
		e->run = run;
		run->open++;
		md_fetch_fact(&run->requester, e, e->fact->kind, e->question, &e->fetch);
	}
	run->dispatching = already;
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

void
md_run_cancel_fetches(struct md_run *run)
{
	for (size_t i = 0; i < run->asking.store.n; i++) {
		struct md_entry *e = run->asking.store.entries[i];

		md_fetch_cancel(e->fetch);
		e->fetch = NULL;
		e->listeners = NULL;
	}
	run->open = 0;
}

void
md_run_expire(struct md_run *run)
{
	struct md_store *store = &run->asking.store;
	const char *why =
	        md_printf(run->asking.mem, "no answer before the report's %g s were over",
	                  run->options.timeout);

	run->asking.expired = true;
	md_run_cancel_fetches(run);
	for (size_t i = 0; i < store->n; i++) {
		struct md_entry *e = store->entries[i];

		if (e->fact->state != MD_WANTED)
			continue;
		md_store_put(store, e, md_fact_unknown(e->fact->kind, e->question, false, why));
		e->waiting = 0;
	}
	for (size_t i = 0; i < run->ntasks; i++)
		run->tasks[i].missing = 0;
}

static const struct md_fact *const *
facts_of(struct md_run *run)
{
	const struct md_store *store = &run->asking.store;
	const struct md_fact **facts = md_alloc(run->asking.mem, store->n * sizeof(*facts));

	for (size_t i = 0; i < store->n; i++)
		facts[i] = store->entries[i]->fact;
	return facts;
}

void
md_run_finish(struct md_run *run, int64_t milliseconds)
{
	const size_t nresults = run->ntasks - 1;
	struct md_report *report = md_alloc(run->asking.mem, sizeof(*report));
	struct md_result *results = md_alloc(run->asking.mem, nresults * sizeof(*results));

	for (size_t i = 0; i < nresults; i++)
		results[i] = run->tasks[i].result;
	*report = (struct md_report){
		.subject = &run->asking.subject,
		.role = run->role->role,
		.role_why = run->role->why,
		.providers = run->providers,
		.now = run->asking.now,
		.milliseconds = (uint32_t)milliseconds,
		.nresults = nresults,
		.results = results,
		.resolvers = md_engine_resolvers(run->engine),
		.nfacts = run->asking.store.n,
		.facts = facts_of(run),
		.kinds = md_engine_kinds(run->engine),
	};
	md_report_judge(report, run->options.ignore);
	run->report = report;
}
