/*
 * ARC: the chain of custody that forwarders sign (RFC 8617 section 5.2).
 *
 * Where verifiers differ we read the RFC so:
 *  - An ARC-Message-Signature without c= is simple/simple, and an empty h= is a syntax error
 *    (4.1.2: same syntax and semantics as RFC 6376 3.5).
 *  - cv=fail in any seal is a chain that fails (5.2 steps 2 and 3.C), not one that is absent.
 *  - Of the fields that an ARC-Message-Signature must not cover (4.1.2), ARC-Seal invalidates
 *    it; ARC-Authentication-Results and ARC-Message-Signature, which most signers of old
 *    covered, do not: what is covered is not changed by the next sealer.
 *  - A key that cannot be asked for is no failure (5.2.1 has it so for receivers, who must
 *    decide now): the result is temperror.
 */
#ifndef MD_ARC_H
#define MD_ARC_H

#include "dkim/dkim.h"
#include "mail/authres.h"

enum md_arc_result { MD_ARC_NONE, MD_ARC_PASS, MD_ARC_FAIL, MD_ARC_TEMPERROR };
const char *md_arc_result_name(enum md_arc_result); /* "temperror": a key is not known */

/* What is there of one instance; NULL for a field that is missing, the newest of several. */
struct md_arc_set {
	unsigned instance;
	const struct md_authres *results; /* ARC-Authentication-Results */
	/* ARC-Message-Signature; verified for all sets */
	const struct md_dkim_verdict *message;
	const struct md_dkim_verdict *seal; /* ARC-Seal */
	const char *sealer;                 /* d= of the seal; "" when missing */
};

struct md_arc {
	enum md_arc_result result;
	const char *why; /* one line without its full stop; "" for none and pass */
	/*
	 * of the break: in the structure, else of the newest message signature, else of the
	 * lowest seal that fails; 0: a field whose i= is not readable, or nothing
	 */
	unsigned failing_instance;
	const char *failing_part; /* "ARC-Seal", "ARC-Message-Signature", …; "" */
	/*
	 * down to which instance message signatures pass from the newest on (5.2 step 5): 1 is
	 * what header.oldest-pass=0 says, that all do; 0: not even the newest
	 */
	unsigned oldest_pass;
	size_t n;
	const struct md_arc_set *sets; /* ascending; without fields whose i= is not readable */
};

enum { MD_ARC_MOST = 50 };

/* Derived.  Counts when md_waiting() is false. */
const struct md_arc *md_arc_validate(struct md_ctx *);

/* The part of a report that has it. */
struct md_report_part;
extern const struct md_report_part md_part_arc;

#endif
