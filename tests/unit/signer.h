/* Signs messages for tests, with any tags: what a careful signer would refuse to make, too. */
#ifndef SIGNER_H
#define SIGNER_H

#include "base/arena.h"
#include "dkim/crypto.h"

struct signer {
	struct md_arena *mem;
	struct md_keyring *ring;
	struct md_private_key *key;
};

/* "v=DKIM1; k=rsa; p=..." */
const char *signer_record(const struct signer *);

/*
 * The message with a DKIM-Signature in front.  `tags` are all but bh= and b=, which are added;
 * c=, h=, l= and a= among them are obeyed.
 */
struct md_str signer_sign(const struct signer *, const char *message, const char *tags);

#endif
