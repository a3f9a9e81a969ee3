/* What receivers that run libspf2 would conclude of a sender, and why it is not what we do. */
#ifndef MD_SPF_OPINION_H
#define MD_SPF_OPINION_H

#include "spf/check_host.h"

struct md_spf_opinion {
	const struct md_opinion *fact; /* look at its state; never NULL */
	bool differs;                  /* it is there, and its result is not ours */
	/*
	 * then: why, a clause as "it has no limit of void lookups", when that follows from the
	 * facts; else ""
	 */
	const char *cause;
	const char *text; /* then: a sentence without its full stop for people; else "" */
};

/*
 * Asks for the opinion on the same question, and compares it with our verdict on it.  Never
 * NULL; counts when md_waiting() is false.  Records no gap (md_known_opinion does).
 */
const struct md_spf_opinion *md_spf_opinion(struct md_ctx *, const struct md_spf_query *,
                                            const struct md_spf_verdict *ours);

#endif
