/* Climbs from report to report, a proved change at a time. */
#include "plan/climb.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "fact/store.h"
#include "kind/dns.h"
#include "plan/watch.h"
#include "run/again.h"
#include "run/run.h"

/* MOST_JUDGED: how often the checks are run in all.  MOST_DEPTH: cures that are tried together.
 */
enum { MOST_STEPS = 16, MOST_JUDGED = 64, MOST_DEPTH = 4 };

/* ---- judging ---- */

static bool
judge(struct md_climb *climb, struct md_climb_state *s)
{
	if (climb->judged++ >= MOST_JUDGED)
		return false;
	s->run = md_run_again(climb->done, climb->checks, &climb->ground.facts,
	                      md_changes_proposal(climb->mem, s->changes));
	s->report = md_run_report(s->run);
	return true;
}

static bool
has_failed(const struct md_climb *climb, const struct md_changes *changes)
{
	for (size_t i = 0; i < climb->nfailed; i++)
		if (md_changes_same(climb->failed[i], changes))
			return true;
	return false;
}

static bool try_wish(struct md_climb *, const struct md_climb_state *,
                     const struct md_finding *, unsigned depth, struct md_climb_state *reached);

static bool
touches_the_same(const struct md_finding *f, const struct md_finding *other)
{
	return f->wishes != NULL && other->wishes != NULL &&
	       f->wishes->type == other->wishes->type &&
	       strcmp(f->wishes->owner, other->wishes->owner) == 0;
}

/*
 * The change has uncovered something, or does not mend all that must be mended at once: is
 * there a cure of that, so that both together hold?
 */
static bool
go_on(struct md_climb *climb, const struct md_climb_state *from,
      const struct md_finding *finding, unsigned depth, struct md_climb_state *reached)
{
	const struct md_finding *next = NULL;

	if (depth + 1 >= MOST_DEPTH)
		return false;
	while ((next = md_proof_news(climb->at.report, from->report, next)) != NULL)
		if (next->wishes != NULL && try_wish(climb, from, next, depth + 1, reached))
			return true;
	for (size_t i = 0; i < from->report->nresults; i++)
		for (next = from->report->results[i].findings; next != NULL; next = next->next)
			if (!next->ignored && next->severity >= MD_WARN &&
			    touches_the_same(next, finding) &&
			    try_wish(climb, from, next, depth + 1, reached))
				return true;
	return false;
}

/*
 * The changes of `from` with what a finding of its report wishes.  True when that is proved
 * against where the climb stands; then *reached is it, with a run to be freed.
 */
static bool
try_wish(struct md_climb *climb, const struct md_climb_state *from,
         const struct md_finding *finding, unsigned depth, struct md_climb_state *reached)
{
	struct md_climb_state s = { .changes =
		                            md_changes_with(climb->mem, &climb->ground,
		                                            from->changes, finding->wishes) };
	const bool parked = climb->done->report->role == MD_ROLE_PARKED;
	struct md_proof step, whole;

	if (s.changes == NULL || md_changes_same(s.changes, from->changes) ||
	    has_failed(climb, s.changes) || !judge(climb, &s))
		return false;
	step = (struct md_proof){ climb->mem,   from->changes, s.changes,
		                  from->report, s.report,      parked };
	whole = (struct md_proof){ climb->mem,       climb->at.changes, s.changes,
		                   climb->at.report, s.report,          parked };
	if (md_proof_find(s.report, finding) == NULL && md_proof_keeps(&step)) {
		if (md_proof_holds(&whole)) {
			*reached = s;
			return true;
		}
		if (go_on(climb, &s, finding, depth, reached)) {
			md_run_free(s.run);
			return true;
		}
	}
	MD_PUSH(climb->mem, climb->failed, climb->nfailed, s.changes);
	md_run_free(s.run);
	return false;
}

/* ---- climbing ---- */

/* The changes that differ between two states have cured what one report has no more. */
static void
attribute(struct md_climb *climb, const struct md_climb_state *to)
{
	const struct md_report *first = climb->done->report;

	for (size_t i = 0; i < to->changes->n; i++) {
		const struct md_rrset_change *set = &to->changes->sets[i];
		const struct md_rrset_change *old =
		        md_changes_find(climb->at.changes, set->owner, set->type);
		const struct md_changes one = { 1, set }, before = { old != NULL, old };

		if (old != NULL && md_changes_same(&one, &before))
			continue;
		for (size_t r = 0; r < first->nresults; r++)
			for (const struct md_finding *f = first->results[r].findings; f != NULL;
			     f = f->next)
				if (md_proof_find(climb->at.report, f) != NULL &&
				    md_proof_find(to->report, f) == NULL)
					MD_PUSH(climb->mem, climb->cures, climb->ncures,
					        ((struct md_cure){ f, set->owner, set->type }));
	}
}

/* A finding and what it wishes, to know it by. */
static const char *
in_words(struct md_arena *mem, const struct md_finding *f)
{
	struct md_buf words = { .mem = mem };

	md_buf_printf(&words, "%s %s", f->rule->id, f->subject);
	for (const struct md_wish *w = f->wishes; w != NULL; w = w->next)
		md_buf_printf(&words, "\n%s %u -%s +%s", w->owner, w->type,
		              w->remove != NULL ? w->remove : "", w->add != NULL ? w->add : "");
	return md_buf_str(&words);
}

static bool
was_refused(const struct md_climb *climb, const char *words)
{
	for (size_t i = 0; i < climb->nrefused; i++)
		if (strcmp(climb->refused[i], words) == 0)
			return true;
	return false;
}

/* Tries the wish, unless it was refused; says whether the climb has come further by it. */
static bool
grant(struct md_climb *climb, const struct md_finding *f)
{
	const char *words = in_words(climb->mem, f);
	struct md_climb_state reached;

	if (was_refused(climb, words))
		return false;
	if (!try_wish(climb, &climb->at, f, 0, &reached)) {
		MD_PUSH(climb->mem, climb->refused, climb->nrefused, words);
		return false;
	}
	attribute(climb, &reached);
	md_run_free(climb->at.run);
	climb->at = reached;
	climb->moved = true;
	climb->nfailed = 0; /* from here it may be another step */
	return true;
}

static bool
step_for(struct md_climb *climb, enum md_verdict severity)
{
	const struct md_report *report = climb->at.report;

	for (size_t i = 0; i < report->nresults; i++)
		for (const struct md_finding *f = report->results[i].findings; f != NULL;
		     f = f->next)
			if (!f->ignored && f->severity == severity && f->wishes != NULL &&
			    grant(climb, f))
				return true;
	return false;
}

/* What was refused may pass now that something else is cured: it is tried once more. */
static bool
step(struct md_climb *climb)
{
	bool again;

	do {
		if (step_for(climb, MD_FAIL) || step_for(climb, MD_WARN) ||
		    step_for(climb, MD_INFO))
			return true;
		climb->nrefused = climb->moved ? 0 : climb->nrefused;
		again = climb->moved;
		climb->moved = false;
	} while (again);
	return false;
}

/*
 * Who asked for an alias has heard what stands at its target: known as well as if the target
 * had been asked for.
 */
static void
learn_targets(struct md_climb *climb)
{
	const size_t n = climb->ground.facts.n;

	for (size_t i = 0; i < n; i++) {
		const struct md_fact *fact = climb->ground.facts.entries[i]->fact;
		struct md_dns target;
		struct md_entry *e;

		if (fact->kind != &md_dns_kind || fact->state == MD_UNKNOWN)
			continue;
		target = *(const struct md_dns *)fact;
		if (target.naliases == 0)
			continue;
		target.question.name = target.canonical;
		target.naliases = 0;
		e = md_store_find(&climb->ground.facts, &md_dns_kind, &target.question);
		if (e->held != NULL && e->held->state != MD_UNKNOWN)
			continue;
		if (e->held != NULL)
			md_fact_unpin(e->held);
		md_store_put(&climb->ground.facts, e, &md_dns_pack(&target)->fact);
	}
}

static const struct md_check **
checks_of(struct md_arena *mem, const struct md_run *run)
{
	const struct md_check **checks = NULL;
	size_t n = 0;

	for (size_t i = 0; i < run->report->nresults; i++)
		MD_PUSH(mem, checks, n, run->report->results[i].check);
	MD_PUSH(mem, checks, n, &md_plan_watcher);
	MD_PUSH(mem, checks, n, NULL);
	return checks;
}

/* Do all findings of one report stand in the other?  Else the facts do not tell the same. */
static bool
same_findings(const struct md_report *a, const struct md_report *b)
{
	for (size_t i = 0; i < a->nresults; i++)
		for (const struct md_finding *f = a->results[i].findings; f != NULL;
		     f = f->next)
			if (!f->ignored && md_proof_find(b, f) == NULL)
				return false;
	return true;
}

void
md_run_plan(struct md_run *run)
{
	static const struct md_changes none = { 0, NULL };
	struct md_climb climb = { .mem = md_arena_new(), .done = run };
	struct md_report *report = run->report;

	if (report == NULL || report->plan != NULL || report->subject->message != NULL ||
	    report->subject->spf_record != NULL) {
		md_arena_free(climb.mem);
		return;
	}
	climb.ground.organisation = report->subject->organisation;
	climb.checks = checks_of(climb.mem, run);
	md_store_init(&climb.ground.facts, climb.mem);
	md_run_facts(run, &climb.ground.facts);
	learn_targets(&climb);
	climb.at.changes = &none;
	judge(&climb, &climb.at);
	if (same_findings(report, climb.at.report) && same_findings(climb.at.report, report)) {
		for (unsigned steps = 0; steps < MOST_STEPS && step(&climb); steps++)
			;
		report->plan = md_climb_plan(&climb, run->asking.mem);
	}
	md_run_learn(run, &climb.ground.facts);
	md_run_free(climb.at.run);
	md_store_done(&climb.ground.facts);
	md_arena_free(climb.mem);
}
