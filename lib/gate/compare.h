/* Two reports of one domain, before and after a change: what is new, fixed, unchanged. */
#ifndef MD_GATE_COMPARE_H
#define MD_GATE_COMPARE_H

#include "gate/config.h"
#include "rows/notices.h"

struct md_gate_facts;

/* What is judged: both sides of one domain, and by which rules it counts. */
struct md_gate_sides {
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

/*
 * Adds a row: its severity as overridden, its waiver looked up, whether it fails.
 * Texts are copied.
 */
void md_gate_add(const struct md_gate_sides *, struct md_notices *, struct md_notice row);

/* Adds what the gate itself could not know, unless a check has told it; it counts. */
void md_gate_unknown(const struct md_gate_sides *, struct md_notices *, const char *what,
                     const char *why);

/* Adds what was passed over when the proposal was read; it counts when it is new. */
void md_gate_not_judged(const struct md_gate_sides *, struct md_notices *, const char *subject,
                        const struct md_not_judged *, enum md_novelty);

/* A row of the gate's own, of rule and severity; a template to be completed. */
struct md_notice md_gate_row(const struct md_rule *, const char *domain);

#endif
