/* The frozen base of the gate: what both sides ask for is answered once, and then for good. */
#ifndef MD_FROZEN_H
#define MD_FROZEN_H

#include "fact/kind.h"

/*
 * Fetches a fact from requester->sources->frozen, or first from ->base into it: the first
 * answer counts, whoever else asked meanwhile.  Ends in requester->done, as a kind's fetch
 * does.
 */
void md_frozen_fetch(const struct md_requester *, void *arg, const struct md_fact_kind *,
                     const void *question, struct md_fetch **handle);

#endif
