/* What receivers that run libopendkim conclude of each signature, and why not as we do. */
#ifndef MD_DKIM_OPINION_H
#define MD_DKIM_OPINION_H

#include "dkim/dkim.h"

/* Of one signature. */
struct md_dkim_opinion {
	const char *result; /* "pass", "fail", …: RFC 8601 2.7.1; "" when there is none */
	const char *detail; /* what it said besides; "" */
	/*
	 * One of us finds that it passes, and the other not.  By which other word it does not
	 * pass is a matter of taste.
	 */
	bool differs;
	/*
	 * then: why, a clause ("it accepts rsa-sha1"), when that follows from the facts;
	 * else ""
	 */
	const char *cause;
	const char *text; /* then: a sentence without its full stop for people; else "" */
};

struct md_dkim_opinions {
	const struct md_opinion *fact; /* look at its state; NULL without signatures */
	size_t n;                      /* as many as md_dkim_verify has verdicts; or 0 */
	const struct md_dkim_opinion *all;
};

/*
 * Derived; counts when md_waiting() is false.  Records no gap (md_known_opinion does).  None
 * where signatures were left out (MD_DKIM_MOST).
 */
const struct md_dkim_opinions *md_dkim_opinions(struct md_ctx *);

#endif
