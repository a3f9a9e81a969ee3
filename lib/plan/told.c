/* Writes a plan down: its changes, what each cures, and what the report is with it. */
#include <string.h>

#include "base/arena.h"
#include "plan/climb.h"
#include "run/run.h"

static struct md_plan_counts
counts_of(const struct md_report *report)
{
	return (struct md_plan_counts){ md_report_findings(report, MD_FAIL),
		                        md_report_findings(report, MD_WARN),
		                        md_report_findings(report, MD_INFO) };
}

static void
add_once(struct md_arena *mem, const char ***list, size_t *n, const char *text)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp((*list)[i], text) == 0)
			return;
	MD_PUSH(mem, *list, *n, text);
}

static bool
is_cured_by(const struct md_climb *climb, const struct md_finding *f,
            const struct md_rrset_change *set)
{
	for (size_t i = 0; i < climb->ncures; i++)
		if (climb->cures[i].finding == f && climb->cures[i].type == set->type &&
		    strcmp(climb->cures[i].owner, set->owner) == 0)
			return md_proof_find(climb->at.report, f) == NULL;
	return false;
}

static struct md_plan_change
change_of(const struct md_climb *climb, struct md_arena *mem, const struct md_rrset_change *set)
{
	const struct md_report *first = climb->done->report;
	struct md_plan_change change = { .owner = md_strdup(mem, set->owner),
		                         .type = set->type,
		                         .type_name = md_type_name(mem, set->type) };
	const char **remove = NULL, **add = NULL, **rules = NULL;

	for (size_t i = 0; i < set->was.n; i++)
		if (!md_rdata_has(&set->is, set->was.p[i]))
			MD_PUSH(mem, remove, change.nremove, md_strdup(mem, set->was.p[i]));
	for (size_t i = 0; i < set->is.n; i++)
		if (!md_rdata_has(&set->was, set->is.p[i]))
			MD_PUSH(mem, add, change.nadd, md_strdup(mem, set->is.p[i]));
	for (size_t r = 0; r < first->nresults; r++)
		for (const struct md_finding *f = first->results[r].findings; f != NULL;
		     f = f->next)
			if (is_cured_by(climb, f, set))
				add_once(mem, &rules, &change.nrules, f->rule->id);
	change.remove = remove;
	change.add = add;
	change.rules = rules;
	return change;
}

/* Each finding's own part of the plan, as zone-file lines; what only goes as a comment. */
static void
share_out(const struct md_climb *climb, struct md_arena *mem,
          const struct md_plan_change *change, const struct md_rrset_change *set)
{
	const struct md_report *first = climb->done->report;
	struct md_buf lines = { .mem = mem };

	for (size_t i = 0; i < change->nadd; i++)
		md_buf_item(&lines, "\n", "%s. IN %s %s", change->owner, change->type_name,
		            change->add[i]);
	for (size_t i = 0; change->nadd == 0 && i < change->nremove; i++)
		md_buf_item(&lines, "\n", "; remove: %s. IN %s %s", change->owner,
		            change->type_name, change->remove[i]);
	for (size_t r = 0; r < first->nresults; r++)
		for (struct md_finding *f = first->results[r].findings; f != NULL; f = f->next)
			if (is_cured_by(climb, f, set))
				f->record = f->record[0] == '\0'
				                    ? md_buf_str(&lines)
				                    : md_printf(mem, "%s\n%s", f->record,
				                                md_buf_str(&lines));
}

/* Does any finding of the rule stand? */
static bool
stands(const struct md_report *report, const struct md_rule *rule)
{
	for (size_t i = 0; i < report->nresults; i++)
		for (const struct md_finding *f = report->results[i].findings; f != NULL;
		     f = f->next)
			if (!f->ignored && strcmp(f->rule->id, rule->id) == 0)
				return true;
	return false;
}

static void
list_cured(const struct md_climb *climb, struct md_arena *mem, struct md_plan *plan)
{
	const struct md_report *first = climb->done->report;
	const char **cured = NULL;

	for (size_t r = 0; r < first->nresults; r++)
		for (const struct md_finding *f = first->results[r].findings; f != NULL;
		     f = f->next)
			if (!f->ignored && f->severity >= MD_INFO &&
			    !stands(climb->at.report, f->rule))
				add_once(mem, &cured, &plan->ncured, f->rule->id);
	plan->cured = cured;
}

const struct md_plan *
md_climb_plan(const struct md_climb *climb, struct md_arena *mem)
{
	struct md_plan *plan = md_alloc(mem, sizeof(*plan));
	struct md_plan_change *changes = NULL;
	struct md_plan_remarks remarks;

	for (size_t i = 0; i < climb->at.changes->n; i++) {
		const struct md_rrset_change *set = &climb->at.changes->sets[i];
		const struct md_plan_change change = change_of(climb, mem, set);

		if (change.nadd + change.nremove == 0)
			continue;
		MD_PUSH(mem, changes, plan->n, change);
		share_out(climb, mem, &change, set);
	}
	plan->changes = changes;
	plan->before = counts_of(climb->done->report);
	plan->after = counts_of(climb->at.report);
	plan->verdict = md_verdict_name(climb->at.report->verdict);
	list_cured(climb, mem, plan);
	remarks = md_plan_remarks(mem, climb->at.changes);
	plan->nremarks = remarks.n;
	plan->remarks = remarks.p;
	return plan;
}
