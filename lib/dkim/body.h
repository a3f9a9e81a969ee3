/* The hash of a body, computed once for all signatures that want the same. */
#ifndef MD_DKIM_BODY_H
#define MD_DKIM_BODY_H

#include "ask/ask.h"
#include "dkim/crypto.h"
#include "mail/as_given.h"

struct md_dkim_body {
	unsigned char hash[MD_HASH_MOST];
	size_t nhash;
	uint64_t length; /* of the whole canonical body */
};

/*
 * By c=, a= and l= of the signature, in a form of the body; NULL when the message has no such
 * form.  Kept for the run when it is the subject's message.
 */
const struct md_dkim_body *md_dkim_body(struct md_ctx *, const struct md_message *,
                                        const struct md_dkim_signature *, enum md_as_given);

#endif
