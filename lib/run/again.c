/* Judging again without asking: every fact is at hand, in a file, or unknown. */
#include "run/again.h"

#include "run/run.h"

/* The sources of one such run: the store that is given, and only files below. */
struct again {
	struct md_sources files, over;
};

static const struct md_sources *
sources_of(const struct md_run *done, struct md_arena *mem, struct md_store *facts,
           const struct md_proposal *changed)
{
	const struct md_sources *all = md_engine_sources(done->engine, done->options.proposed);
	struct again *again = md_alloc(mem, sizeof(*again));

	again->files = (struct md_sources){ .replay = all->replay,
		                            .nzones = all->nzones,
		                            .zones = all->zones,
		                            .proposal = all->proposal,
		                            .no_witness = "not asked again" };
	again->over = again->files;
	again->over.base = &again->files;
	again->over.frozen = facts;
	again->over.freezes_files = true;
	again->over.proposal = changed;
	return &again->over;
}

void
md_run_facts(const struct md_run *done, struct md_store *facts)
{
	const struct md_store *known = &done->asking.store;

	for (size_t i = 0; i < known->n; i++) {
		const struct md_entry *e = known->entries[i];

		if (e->held != NULL)
			md_store_put(facts, md_store_find(facts, e->held->kind, e->question),
			             e->held);
	}
}

void
md_run_learn(struct md_run *done, const struct md_store *facts)
{
	for (size_t i = 0; i < facts->n; i++) {
		const struct md_entry *learnt = facts->entries[i];
		struct md_entry *e;

		if (learnt->held == NULL || learnt->held->state == MD_UNKNOWN ||
		    md_store_known(&done->asking.store, learnt->held->kind, learnt->question) !=
		            NULL)
			continue;
		e = md_store_find(&done->asking.store, learnt->held->kind, learnt->question);
		if (e->held == NULL)
			md_store_put(&done->asking.store, e, learnt->held);
	}
}

struct md_run *
md_run_again(const struct md_run *done, const struct md_check *const *checks,
             struct md_store *facts, const struct md_proposal *changed)
{
	struct md_arena *mem = md_arena_new();
	struct md_run *run = md_alloc(mem, sizeof(*run));
	const char *why;

	run->apart = true;
	run->engine = done->engine;
	run->options = done->options;
	run->roleless = done->roleless;
	run->asking.mem = mem;
	run->asking.subject = done->asking.subject;
	run->asking.now = done->asking.now;
	run->asking.bulk = done->asking.bulk;
	md_store_init(&run->asking.store, mem);
	md_engine_lend(run->engine, &run->asking);
	run->asking.cache = NULL; /* its facts are of the DNS as it is */
	md_run_make_tasks(run, checks, &why);
	md_run_make_requester(run);
	run->requester.sources = sources_of(done, mem, facts, changed);
	run->requester.mem = mem;
	if (!md_run_attempt(run)) {
		md_run_expire(run);
		md_run_attempt(run);
	}
	md_run_finish(run, 0);
	return run;
}
