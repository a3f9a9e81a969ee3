/* Does the resolver give addresses to names that do not exist, instead of NXDOMAIN? */
#ifndef MD_NXDOMAIN_REWRITING_H
#define MD_NXDOMAIN_REWRITING_H

#include "ask/ask.h"

/*
 * A resolver that gives an address for every name (RFC 8020 2 wants NXDOMAIN) makes every
 * conclusion from "no such name" worthless.  Derived: asks for a most unlikely name under two
 * top-level domains.  The evidence in one line when both have an address; NULL when they have
 * none, and while that is not known.
 */
const char *md_resolver_rewrites(struct md_ctx *);

/*
 * A label that nobody has published: made from the subject's domain, so that a run can be
 * recorded and replayed (checks have no randomness).
 */
const char *md_unlikely_label(struct md_ctx *);

/* Does the name begin with such a label?  What it answers all the same, a wildcard made. */
bool md_is_unlikely(const char *name);

#endif
