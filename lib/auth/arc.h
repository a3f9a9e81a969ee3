/* ARC: the chain of custody that forwarders sign (RFC 8617 section 5.2). */
#ifndef MD_AUTH_ARC_H
#define MD_AUTH_ARC_H

#include "auth/dkim.h"
#include "mail/authres.h"

enum md_arc_result { MD_ARC_NONE, MD_ARC_PASS, MD_ARC_FAIL, MD_ARC_TEMPERROR };
const char *md_arc_result_name(enum md_arc_result); /* "temperror": a key is not known */

/* What is there of one instance; NULL for a field that is missing. */
struct md_arc_set {
	unsigned instance;
	const struct md_authres *results; /* ARC-Authentication-Results */
	const struct md_dkim_verdict
	        *message;                   /* ARC-Message-Signature; verified for all sets */
	const struct md_dkim_verdict *seal; /* ARC-Seal */
	const char *sealer;                 /* d= of the seal; "" when missing */
};

struct md_arc {
	enum md_arc_result result;
	const char *why;           /* one line without its full stop; "" for none and pass */
	unsigned failing_instance; /* of the first break found; 0: the structure, or nothing */
	const char *failing_part;  /* "ARC-Seal", "ARC-Message-Signature", …; "" */
	unsigned oldest_pass; /* lowest instance whose message signature passes (5.2 step 5); 0
	                       */
	size_t n;
	const struct md_arc_set *sets; /* ascending */
};

enum { MD_ARC_MOST = 50 };

/* Derived. */
const struct md_arc *md_arc_validate(struct md_ctx *);

#endif
