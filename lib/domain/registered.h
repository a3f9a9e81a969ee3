/* Names in domains that nobody has registered: whoever does, owns what points there. */
#ifndef MD_REGISTERED_H
#define MD_REGISTERED_H

#include "ask/ask.h"

/*
 * The domain to register in order to own this name, when nobody has registered it; else NULL,
 * also while that is not known (then a gap is recorded).  A registry must be there to register
 * with: below .internal or .test there is none.
 */
const char *md_unregistered(struct md_ctx *, const char *name);

#endif
