/* The frozen base of the gate: each question of either side is answered once, and for good. */
#ifndef MD_FROZEN_H
#define MD_FROZEN_H

#include "fact/kind.h"

/*
 * Fetches a fact from requester->sources->frozen.  What is not there is first fetched into it
 * from ->base; when several asked meanwhile the first answer counts.  Ends in requester->done,
 * as a kind's fetch does.
 */
void md_frozen_fetch(const struct md_requester *, void *arg, const struct md_fact_kind *,
                     const void *question, struct md_fetch **handle);

/* Fetches a fact of any kind: from there where both sides must get the same, else as it does.
 */
void md_fetch_fact(const struct md_requester *, void *arg, const struct md_fact_kind *,
                   const void *question, struct md_fetch **handle);

#endif
