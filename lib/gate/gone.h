/* What a change takes away besides records of mail: delegations, and whole zones. */
#ifndef MD_GATE_GONE_H
#define MD_GATE_GONE_H

#include "gate/compare.h"

/*
 * Adds rows for delegations that go, and for what is decided elsewhere after the change, so
 * that no zone of it says what becomes of mail: zones that no file has any more, names that are
 * given to other name servers.  before: the zones of the base, or NULL.
 */
void md_gate_gone(const struct md_gate_sides *, const struct md_proposal *before,
                  struct md_notices *);

/* Adds the domains to which records belong that a change adds, alters or removes. */
void md_gate_changed(struct md_arena *, const struct md_proposal *before,
                     const struct md_proposal *after, struct md_index *domains);

#endif
