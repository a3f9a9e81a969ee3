/* One call of `maildiag check`: understood in check.c, carried out in examine.c. */
#ifndef MD_CHECKING_H
#define MD_CHECKING_H

#include "check.h"
#include "output.h"
#include "subjects.h"

struct md_checking {
	struct md_call *call;
	struct md_engine *engine;
	const struct md_check *const *checks;
	struct md_subjects subjects;
	struct md_outputs outputs;
	struct md_output record; /* its path is NULL without --record */
	bool many;               /* more than one domain, or as many as standard input names */
	bool ordered;            /* reports come in the order of the domains */
	bool failed;             /* no file is to be put in its place */
};

/*
 * Examines every domain and writes its report; the strongest of the statuses that the single
 * reports ask for (TROUBLE, FINDINGS, INCONCLUSIVE, CLEAN), or USAGE.
 */
enum md_exit md_examine(struct md_checking *);

#endif
