/* Rows of the gate's report. */
#ifndef MD_GATE_ROWS_H
#define MD_GATE_ROWS_H

#include "gate/compare.h"

/*
 * Adds a row: its severity as overridden, its waiver looked up, whether it fails.
 * Texts are copied.
 */
void md_gate_add(const struct md_gate_sides *, struct md_notices *, struct md_notice row);

/* Adds what the gate itself could not know, unless a check has told it; it counts. */
void md_gate_unknown(const struct md_gate_sides *, struct md_notices *, const char *what,
                     const char *why);

/* Adds what was not judged, and may be of mail; it counts when it is new. */
void md_gate_not_judged(const struct md_gate_sides *, struct md_notices *, const char *subject,
                        const struct md_not_judged *, enum md_novelty);

/* A row of the gate's own, of rule and severity, to be completed; NULL: no rule explains it. */
struct md_notice md_gate_row(const struct md_rule *, const char *domain);

#endif
