/* Which record of a proposal is to blame for a finding. */
#ifndef MD_GATE_PLACE_H
#define MD_GATE_PLACE_H

#include "proposal/proposal.h"
#include "report/report.h"
#include "rows/notices.h"

/*
 * Where the record stands that a finding is about: as its check says (md_at), else the one of
 * the finding's subject, or of the domain, that the check has read; `result` is the finding's,
 * in `report`.  A record that is gone has the file in which it stood, line 0; file "" when the
 * proposal has nothing to do with it.
 */
struct md_place md_gate_place(const struct md_proposal *, struct md_arena *,
                              const struct md_report *report, const struct md_result *result,
                              const struct md_finding *);

/* Where the records of a name and type stand; `mention`: what the record holds, or "". */
struct md_place md_gate_place_at(const struct md_proposal *, struct md_arena *,
                                 const char *name, uint16_t type, const char *mention);

/* Sets a row's file and line; what stands there goes before its evidence, which is set. */
void md_gate_set_place(struct md_arena *, struct md_notice *, struct md_place);

#endif
