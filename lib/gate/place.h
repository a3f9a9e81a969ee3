/* Which record of a proposal is to blame for a finding. */
#ifndef MD_GATE_PLACE_H
#define MD_GATE_PLACE_H

#include "proposal/proposal.h"

/*
 * Where the record stands that a check's finding is about, by the check's name, the domain
 * examined, and the finding's subject.  A record that is gone has the file in which it stood,
 * and line 0.  The file is "" when the proposal has nothing to do with the record.
 */
struct md_place md_gate_place(const struct md_proposal *, struct md_arena *, const char *check,
                              const char *domain, const char *about);

/* The same by name and type; `mention`: what the record holds, or "". */
struct md_place md_gate_place_at(const struct md_proposal *, struct md_arena *,
                                 const char *name, uint16_t type, const char *mention);

#endif
