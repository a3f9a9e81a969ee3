/* What sign and keygen have in common: whose key it is. */
#ifndef MD_CMD_SIGNING_H
#define MD_CMD_SIGNING_H

#include "cmd.h"
#include "dkim/crypto.h"

/* --domain and --selector in canonical text; false after a message when one is no good. */
bool md_signer(struct md_call *, const char **domain, const char **selector);

/* Says what verifiers will make of a key of this size, when that is not simply to use it. */
void md_say_weak_key(const struct md_private_key *);

#endif
