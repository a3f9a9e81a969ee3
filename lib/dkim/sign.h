/* Signing a message (RFC 6376 section 5). */
#ifndef MD_DKIM_SIGN_H
#define MD_DKIM_SIGN_H

#include "dkim/crypto.h"
#include "mail/message.h"

/* What the signature is to say. */
struct md_signing {
	const char *domain, *selector; /* names in canonical text */
	const char *identity;          /* i= as a mail address, or "" */
	enum md_canon header_canon, body_canon;
	/*
	 * h=, with colons or commas between the names; empty: what is recommended, as far as
	 * it is there
	 */
	struct md_str names;
	int64_t now;
	int64_t expire; /* seconds from now until it expires; 0: never */
};

/*
 * Why the message cannot be signed as it is, a clause; or NULL.  Transport would change it, or
 * it has no author.  *doubts: what else is against it, a clause each, NULL-terminated.
 */
const char *md_dkim_unsignable(struct md_arena *, const struct md_message *,
                               const char *const **doubts);

/*
 * The field DKIM-Signature to put in front, folded at 78 columns, with its CRLF.  rsa-sha256 or
 * ed25519-sha256, by the key; never with l=.  NULL and *why, a clause, when domain, selector,
 * identity or names are no good.
 */
const char *md_dkim_sign(struct md_arena *, const struct md_message *,
                         const struct md_signing *, const struct md_private_key *,
                         const char **why);

/* Can these names, in canonical text, be the d= and the s= of a signature (RFC 6376 3.5)? */
bool md_dkim_is_domain(const char *name);
bool md_dkim_is_selector(const char *name);

/* The record to publish for the key: "v=DKIM1; k=rsa; p=...". */
const char *md_dkim_record(struct md_arena *, const struct md_private_key *);

#endif
