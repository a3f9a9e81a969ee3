/* What a receiver that runs libopendmarc would conclude of a message, and why not as we do. */
#ifndef MD_DMARC_OPINION_H
#define MD_DMARC_OPINION_H

#include "ask/ask.h"

/* Names in canonical text. */
struct md_dmarc_opinion_query {
	const char *author;   /* domain of From */
	struct md_str record; /* the DMARC record that such a receiver finds (RFC 7489 6.6.3) */
	const char *found_at; /* the domain that it is of: the author's, or above it */
	const char *spf_domain; /* that SPF was checked for; "" for none */
	const char *spf_result; /* a word of RFC 7208 2.6 */
	size_t ndkim;
	const char *const *dkim; /* d= of the signatures that pass */
	/*
	 * What we conclude: "pass", or the policy for a message that fails ("none",
	 * "quarantine", "reject"), or "absent" when no policy applies.
	 */
	const char *ours;
};

struct md_dmarc_opinion {
	/* its result is one of these words; look at its state; never NULL */
	const struct md_opinion *fact;
	bool differs; /* it is there, and not ours */
	/*
	 * then: why, a clause ("it does not know t=y"), when that follows from the facts;
	 * else ""
	 */
	const char *cause;
	const char *text; /* then: a sentence without its full stop for people; else "" */
};

/*
 * Asks for the opinion, and compares it.  Never NULL; counts when md_waiting() is false.
 * Records no gap (md_known_opinion does).
 */
const struct md_dmarc_opinion *md_dmarc_opinion(struct md_ctx *,
                                                const struct md_dmarc_opinion_query *);

#endif
