/* Which facts a change alters, of all or of those that a check has read. */
#ifndef MD_GATE_DIFFERS_H
#define MD_GATE_DIFFERS_H

#include "gate/compare.h"

/*
 * Does a fact that this result of the proposed side has read (NULL: any fact of that side)
 * differ from the same fact of the base?  A fact that the base did not ask for does not count.
 */
bool md_gate_differs(const struct md_gate_sides *, const struct md_result *);

/*
 * Do records of the zone at or below this name differ, but for its SOA?  Only what is known on
 * both sides counts.
 */
bool md_gate_zone_differs(const struct md_gate_sides *, const char *apex);

/*
 * Could what the check does not know on either side hide something new?  Then facts differ on
 * which its answer hangs, and it does not judge each of them by itself.
 */
bool md_gate_hides_more(const struct md_gate_sides *, const struct md_result *);

/* Has the result read a fact that is known after the change, but could not be had before? */
bool md_gate_is_first_seen(const struct md_gate_sides *, const struct md_result *);

/* Is it known what is there, or that nothing is? */
bool md_gate_is_known(const struct md_fact *);

/* The facts of a report, to be found by their questions. */
struct md_gate_facts *md_gate_facts_of(struct md_arena *, const struct md_report *);

/* The fact of this question before the change, or NULL. */
const struct md_fact *md_gate_fact_before(const struct md_gate_sides *,
                                          const struct md_fact_kind *, const void *question);

/* The fact of this question in a report, or NULL; looks at one after the other. */
const struct md_fact *md_gate_fact(const struct md_report *, const struct md_fact_kind *,
                                   const void *question);

/* Was there something before the change that this fact of after it is like? */
bool md_gate_is_same(const struct md_gate_sides *, const struct md_fact *after);

#endif
