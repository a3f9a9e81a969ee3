/* What sign and keygen have in common: whose key it is. */
#ifndef CLI_SIGNING_H
#define CLI_SIGNING_H

#include "dkim/crypto.h"
#include "kit/call.h"

/* Whose key: both NULL when not given. */
struct cli_signer {
	const char *domain, *selector;
};
extern const struct cli_opt cli_signer_options[];

/* What was given in canonical text; false after a message when one is no good. */
bool cli_signer_read(struct cli_call *, const struct cli_signer *given, struct cli_signer *);

/* Says what verifiers will make of a key of this size, when that is not simply to use it. */
void cli_say_weak_key(const struct md_private_key *);

#endif
