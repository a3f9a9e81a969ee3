/* The gate's own findings of a domain: what the change itself does. */
#ifndef MD_GATE_CHANGES_H
#define MD_GATE_CHANGES_H

#include "gate/compare.h"

/* Adds the rows of zone.record-removed, .key-replaced, … out of what both sides saw. */
void md_gate_changes(const struct md_gate_sides *, const struct md_gate_watch *,
                     struct md_notices *);

/* Those of zone.sender-loses-spf, -dkim, -dmarc. */
void md_gate_senders(const struct md_gate_sides *, struct md_notices *);

/* zone.verdict-regressed: by role, and by checks that found nothing new. */
void md_gate_verdicts(const struct md_gate_sides *, struct md_notices *);

/* zone.sample-fails: both sides are reports of one message. */
void md_gate_sample(const struct md_gate_sides *, struct md_notices *);

/* What becomes of records of one kind and name. */
struct md_watched;
void md_gate_change(const struct md_gate_sides *, const struct md_gate_watch *,
                    const struct md_watched *was, const struct md_watched *is,
                    struct md_notices *);

/* Adds rows for keys of selectors that were only tried, and found on the base side. */
void md_gate_keys(const struct md_gate_sides *, const struct md_gate_watch *,
                  struct md_notices *);

#endif
