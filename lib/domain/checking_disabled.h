/* Answers with checking disabled, which tell broken DNSSEC from broken servers. */
#ifndef MD_CHECKING_DISABLED_H
#define MD_CHECKING_DISABLED_H

#include "ask/ask.h"

/*
 * When a question ends in SERVFAIL, the answer to the same question with checking disabled
 * (RFC 4035 3.2.2), if that one is known: then a validating resolver holds the data back.
 * NULL in all other cases, and while it is not known.  Asks only when there is a SERVFAIL.
 */
const struct md_dns *md_held_back(struct md_ctx *, const struct md_dns *);

#endif
