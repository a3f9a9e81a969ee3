/* The rules of the dkim-sig check, and the files that it is made of. */
#ifndef MD_CHECKS_DKIM_SIG_H
#define MD_CHECKS_DKIM_SIG_H

#include "ask/check.h"
#include "dkim/dkim.h"
#include "repair/repair.h"

enum {
	SIG_NONE,
	SIG_PASS,
	SIG_BODY_HASH,
	SIG_BAD,
	SIG_WRONG_KEY,
	SIG_SYNTAX,
	SIG_SHA1,
	SIG_FROM_UNSIGNED,
	SIG_IDENTITY,
	SIG_EXPIRED,
	SIG_KEY_MISSING,
	SIG_KEY_REVOKED,
	SIG_KEY_UNUSABLE,
	SIG_KEY_SHORT,
	SIG_KEY_UNKNOWN,
	SIG_OTHER_BROKEN,
	SIG_HELD,
	SIG_NONE_BOUNCE,
	SIG_KEY_SEVERAL,
	SIG_KEY_TESTING,
	SIG_EXPIRED_SINCE,
	SIG_FUTURE,
	SIG_FIELD_ADDED,
	SIG_BODY_ADDED,
	SIG_L,
	SIG_MISSING_IN_H,
	SIG_NOT_OVERSIGNED,
	SIG_FRAGILE,
	SIG_BODY_HASHED_WRONG,
	SIG_U_LABEL,
	MD_DKIM_SIG_RULES,
};
extern const struct md_rule md_dkim_sig_rules[MD_DKIM_SIG_RULES];

/* The name of the key; for a signature that names none, the line of the signature. */
const char *md_dkim_sig_name(struct md_ctx *, const struct md_dkim_verdict *);

/* The id of the rule for one that does not pass: what hangs on it follows from that. */
const char *md_dkim_sig_rule(struct md_ctx *, const struct md_dkim_verdict *);

/*
 * judge.c: why one does not verify.  `beside`: another one does that speaks for the
 * author, so that it is a warning only.
 */
void md_dkim_sig_broken(struct md_ctx *, const struct md_dkim_verdict *, bool beside);

/* cover.c: what one that verifies covers, and what it does not. */
void md_dkim_sig_cover(struct md_ctx *, const struct md_message *,
                       const struct md_dkim_verdict *);

/* Content that relays and gateways rewrite (RFC 6376 5.3). */
void md_dkim_sig_fragile(struct md_ctx *, const struct md_message *);

#endif
