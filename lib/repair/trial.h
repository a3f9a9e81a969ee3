/* Trials of a body: is the hash of these octets that of bh=? */
#ifndef MD_REPAIR_TRIAL_H
#define MD_REPAIR_TRIAL_H

#include "repair/lines.h"
#include "repair/mend.h"

/*
 * Lines in a canonicalisation, in mem, and paid for; false when they cannot be afforded.
 */
bool md_trial_lines(struct md_mend *, struct md_arena *mem, enum md_canon, struct md_str body,
                    struct md_body_lines *);

/* A hash in the making that takes no more than l= octets (RFC 6376 3.5).  It needs an end. */
struct md_trial {
	struct md_hashing digest;
	uint64_t left;
};

struct md_trial md_trial_new(const struct md_mend *);
struct md_trial md_trial_copy(const struct md_trial *);
void md_trial_add(struct md_trial *, struct md_str octets);
void md_trial_drop(struct md_trial *);

/* Ends the trial: is this bh=? */
bool md_trial_matches(struct md_mend *, struct md_trial *);

/* Is this whole text the canonical body?  Then it is m->body: a view. */
bool md_trial_text(struct md_mend *, struct md_str text);

/*
 * Is there an end with which the lines from `top` on hash right?  One pass.  Then *end is the
 * line after it, and m->body is set: a view.
 */
bool md_trial_end(struct md_mend *, const struct md_body_lines *, size_t top, size_t *end);

/* Lines [from, to) replaced by up to two pieces; what is before and behind them stays. */
struct md_body_gap {
	size_t from, to;
	struct md_str instead[2];
};

/* Does this hash right?  `before` has the lines in front of the gap.  Paid for here. */
bool md_trial_gap(struct md_mend *, const struct md_body_lines *, const struct md_trial *before,
                  const struct md_body_gap *);

#endif
