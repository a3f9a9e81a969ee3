/* The rules of the envelope check, and the files that it is made of. */
#ifndef MD_CHECKS_ENVELOPE_H
#define MD_CHECKS_ENVELOPE_H

#include "ask/check.h"
#include "envelope/envelope.h"

enum {
	ENVELOPE_SPF_FAIL,
	ENVELOPE_SPF_PERMERROR,
	ENVELOPE_SPF_SOFTFAIL,
	ENVELOPE_SPF_NEUTRAL,
	ENVELOPE_SPF_NONE,
	ENVELOPE_SPF_FORWARDED,
	ENVELOPE_FORWARDED,
	ENVELOPE_SPF_TEMPERROR,
	ENVELOPE_PTR_MISSING,
	ENVELOPE_PTR_NOT_CONFIRMED,
	ENVELOPE_PTR_GENERIC,
	ENVELOPE_PTR_SERVFAIL,
	ENVELOPE_HELO_BAD,
	ENVELOPE_HELO_NO_ADDRESS,
};

/* The id of the rule for a result that is no pass: what hangs on it follows from that. */
const char *md_envelope_spf_rule(enum md_spf_result);

/* spf.c: SPF's verdict, and whether forwarding explains it. */
void md_envelope_judge_spf(struct md_ctx *, const struct md_envelope *);

/* client.c: the names of the client, in the DNS and in HELO. */
void md_envelope_judge_client(struct md_ctx *, const struct md_envelope *);

#endif
