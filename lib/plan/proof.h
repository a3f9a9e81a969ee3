/* The proof of a change: is anything worse than before, or lost? */
#ifndef MD_PLAN_PROOF_H
#define MD_PLAN_PROOF_H

#include "plan/records.h"

/* A change, and the reports of both sides; reports have md_plan_watcher's part. */
struct md_proof {
	struct md_arena *mem;
	const struct md_changes *before, *after;
	const struct md_report *from, *to;
	bool parked; /* before any change the domain neither sent nor received */
};

/*
 * What each step must keep: no SPF term, DMARC tag, report address or key that was meant is
 * lost (unless it is of no use to anybody), no policy becomes stricter than it was published or
 * weaker than it is in force, and nobody who gets mail is told that he gets none.
 */
bool md_proof_keeps(const struct md_proof *);

/*
 * What the whole must be: no failure, warning or gap that was not there before, and SPF that
 * lets neither nobody send (for whom sends) nor everybody.
 */
bool md_proof_holds(const struct md_proof *);

/* The first failure or warning of the second report that the first lacks; or NULL. */
const struct md_finding *md_proof_news(const struct md_report *from, const struct md_report *to,
                                       const struct md_finding *after);

/* The finding of a report with this rule and subject, not ignored; or NULL. */
const struct md_finding *md_proof_find(const struct md_report *, const struct md_finding *);

/* ---- the kinds of records, for proof.c ---- */

/* An RRset before and after a step, and what the step has taken out of any RRset. */
struct md_proof_set {
	const struct md_proof *proof;
	const char *owner;
	uint16_t type;
	const struct md_rdata_list *was, *is;
	const struct md_rdata_list *gone; /* TXT of all RRsets of the step */
};

/* proof_address.c: are all addresses of the texts that go in those that come? */
bool md_proof_keeps_addresses(const struct md_proof *, const struct md_rdata_list *gone);

bool md_proof_keeps_spf(const struct md_proof_set *);   /* proof_spf.c */
bool md_proof_keeps_dmarc(const struct md_proof_set *); /* proof_dmarc.c */

/* And of a name where no policy counts: one that goes from there goes to where it does. */
bool md_proof_keeps_stray_dmarc(const struct md_proof_set *);

#endif
