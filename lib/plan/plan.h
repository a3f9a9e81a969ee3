/* One plan of cure: what to change in the DNS so that a report gets better, and proved to. */
#ifndef MD_PLAN_MAKE_H
#define MD_PLAN_MAKE_H

#include "maildiag.h"
#include "report/plan.h"

/*
 * md_run_plan of maildiag.h.  The plan climbs: it takes the wish of the worst finding, makes
 * that change, has the same checks judge the same facts again, and keeps the change when it is
 * proved (proof.h); then it goes on from the new report, whose findings wish for changes of
 * what now stands there.  So cures join, and no two of them are about one record.  Where a
 * change only uncovers the next fault, the cure of that is tried with it.
 */

/* Sentences that a plan cannot do without (remarks.c): what is not known, what to do first. */
struct md_arena;
struct md_changes;
struct md_plan_remarks {
	size_t n;
	const char **p;
};
struct md_plan_remarks md_plan_remarks(struct md_arena *, const struct md_changes *);

#endif
