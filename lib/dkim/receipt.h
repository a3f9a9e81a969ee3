/* What the receiver said of a signature: one that it saw pass was not broken by its signer. */
#ifndef MD_DKIM_RECEIPT_H
#define MD_DKIM_RECEIPT_H

#include "dkim/dkim.h"
#include "mail/authres.h"

/* What a result of an Authentication-Results field tells of its signature. */
struct md_dkim_meant {
	const char *domain, *selector, *b; /* NULL for what the result does not tell */
	bool at_or_below; /* the domain is that of i=, at or below d= (RFC 6376 3.5) */
};

struct md_dkim_meant md_dkim_meant_by(struct md_arena *, const struct md_authres_result *);

/* Can it be this signature?  The domain must be told. */
bool md_dkim_is_meant(const struct md_dkim_meant *, const struct md_dkim_signature *);

/* Fills in `held`, `held_surely` and `rebuilt` of verdicts that do not pass. */
void md_dkim_hold_to_receipt(struct md_ctx *, struct md_dkim_verdict *, size_t n);

#endif
