/* What sign and keygen have in common: whose key it is. */
#ifndef CLI_SIGNING_H
#define CLI_SIGNING_H

#include "auth/dkim_crypto.h"
#include "kit/call.h"

/* --domain and --selector in canonical text; false after a message when one is no good. */
bool cli_signer(struct cli_call *, const char **domain, const char **selector);

/* Says what verifiers will make of a key of this size, when that is not simply to use it. */
void cli_say_weak_key(const struct md_private_key *);

#endif
