/* Messages that are signed for a test, damaged, and diagnosed. */
#ifndef SIGNED_H
#define SIGNED_H

#include "base/arena.h"
#include "dkim/crypto.h"
#include "repair/repair.h"

struct signer {
	struct md_arena *mem, *keys;
	struct md_keyring *ring;
	struct md_private_key *rsa, *ed25519;
	const struct md_dkim_key *rsa_published, *ed25519_published;
};

void signer_open(struct signer *);
void signer_close(struct signer *);

/* Every "\n" as CRLF. */
struct md_str with_crlf(struct md_arena *, const char *text);

/* The message with a DKIM-Signature in front: `tags` are those besides v, a, bh and b, with c=
 * and h= among them. */
struct md_str sign(struct signer *, bool ed25519, const char *tags, struct md_str message);

/* The text with each occurrence of `from` replaced. */
struct md_str replace(struct md_arena *, struct md_str text, const char *from, const char *to);

/* What md_dkim_verify would say of the first signature, as far as the search needs it. */
const struct md_dkim_verdict *verdict_on(struct signer *, const struct md_message *);

/* The diagnosis of the first signature, which must be broken. */
const struct md_dkim_diagnosis *diagnose(struct signer *, struct md_str message);

#endif
