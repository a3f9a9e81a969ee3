/* The octets that a signature was made over: for comparing them with the signer's own. */
#ifndef MD_DKIM_CANONICAL_H
#define MD_DKIM_CANONICAL_H

#include "dkim/canon.h"

/* Where the two go. */
struct md_canonical {
	struct md_sink header, body;
};

/*
 * The canonical header that this signature field covers, itself at the end (RFC 6376 3.7), and
 * the canonical body as far as l= goes.  False for a signature that cannot be read: then
 * nothing was put anywhere.
 */
bool md_canonical_octets(struct md_arena *, const struct md_message *, const struct md_field *,
                         enum md_signature_kind, struct md_canonical out);

#endif
