/* Two reports of one domain, before and after a change: what is new, fixed, unchanged. */
#ifndef MD_GATE_COMPARE_H
#define MD_GATE_COMPARE_H

#include "gate/config.h"
#include "rows/notices.h"

struct md_gate_facts;

/* What is judged: both sides of one domain, and by which rules it counts. */
struct md_gate_sides {
	struct md_arena *mem; /* for what is made on the way; rows have copies */
	const struct md_proposal *proposal;
	const struct md_report *base, *proposed;
	const struct md_gate_facts *facts_before; /* the base's (gate/differs.h); or NULL */
	const struct md_gate_config *config;
	const char *const *ignore; /* of --ignore: "RULE" or "RULE@SUBJECT"; or NULL */
	const char *fail_on;
	int64_t now; /* seconds since 1970 */
	bool fail_on_unknown;
	bool all;    /* also what is unchanged */
	bool passes; /* a row for each check that finds nothing, as some formats tell them */
};

/*
 * Adds rows for what the checks of the two reports find.  Two findings are the same when rule,
 * subject, and number among those alike are; one whose severity got worse is new.  A finding is
 * not called new when its check could not be completed before and the facts are the same.  A
 * finding is not called fixed when the proposed side could not look for it.  A gap that is on
 * both sides counts where the facts that the check has read differ (gate/differs.h).
 */
void md_gate_compare(const struct md_gate_sides *, struct md_notices *);

#endif
