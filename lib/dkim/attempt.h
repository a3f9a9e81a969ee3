/* One signature being verified: what its parts share.  The first trouble decides the result. */
#ifndef MD_DKIM_ATTEMPT_H
#define MD_DKIM_ATTEMPT_H

#include "dkim/crypto.h"
#include "dkim/dkim.h"

struct md_dkim_attempt {
	struct md_ctx *c;
	const struct md_message *m;
	const struct md_dkim_signature *s;
	struct md_dkim_verdict *v;
	struct md_octets header; /* its hash */
};

/* Sets the result, unless an earlier trouble has. */
static inline void
md_dkim_decide(struct md_dkim_verdict *v, enum md_dkim_result result, enum md_dkim_cause cause,
               const char *reason)
{
	if (v->cause != MD_DKIM_SOUND)
		return;
	v->result = result;
	v->cause = cause;
	v->reason = reason;
}

/* What the signature's own tags forbid (RFC 6376 6.1.1), at the time it is judged at. */
void md_dkim_judge_tags(struct md_dkim_attempt *, int64_t judged_at);

/* Fills in what the verdict says of the body; takes no key. */
void md_dkim_hash_body(struct md_dkim_attempt *);

/* The same, and whether bh= and l= are right (6.1.3); `header_sound` of the verdict counts. */
void md_dkim_judge_body(struct md_dkim_attempt *);

#endif
