/* Where the climb to a plan stands (plan.c), for what writes it down (told.c). */
#ifndef MD_PLAN_CLIMB_H
#define MD_PLAN_CLIMB_H

#include "plan/ground.h"
#include "plan/plan.h"
#include "plan/proof.h"

/* Changes, and what the report says with them. */
struct md_climb_state {
	const struct md_changes *changes;
	struct md_run *run;
	const struct md_report *report;
};

/* Which finding of the first report is cured by which change. */
struct md_cure {
	const struct md_finding *finding;
	const char *owner;
	uint16_t type;
};

struct md_climb {
	struct md_arena *mem;
	const struct md_run *done;
	const struct md_check **checks;
	struct md_plan_ground ground;
	unsigned judged;
	struct md_climb_state at;
	size_t nfailed;
	const struct md_changes *
	        *failed; /* what did not pass from there: not to be tried again */
	size_t nrefused;
	const char **refused; /* wishes that did not pass where the climb stands, in words */
	bool moved;           /* a step was made since the first of these */
	size_t ncures;
	struct md_cure *cures;
};

/* The plan that it has come to, in mem; each finding of the first report gets its share. */
const struct md_plan *md_climb_plan(const struct md_climb *, struct md_arena *mem);

#endif
