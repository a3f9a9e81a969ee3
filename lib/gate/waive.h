/* What the user bears: waivers, --ignore, severities of their own. */
#ifndef MD_GATE_WAIVE_H
#define MD_GATE_WAIVE_H

#include "gate/compare.h"

/* Puts a row's severity and waiver. */
void md_gate_waive(const struct md_gate_sides *, struct md_notice *);

#endif
