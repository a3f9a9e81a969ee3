/* Names in domains that nobody has registered: whoever does, owns what points there. */
#ifndef MD_REGISTERED_H
#define MD_REGISTERED_H

#include "ask/ask.h"

/*
 * The domain to register in order to own this name, when nobody has registered that domain.
 * NULL otherwise, and while that is not known, which records a gap.  Below .internal or .test
 * nobody can register: there is no registry.
 */
const char *md_unregistered(struct md_ctx *, const char *name);

/*
 * The same without a gap, for a name that a finding tells anyway; NULL for names of the
 * subject's own organisation.
 */
const char *md_unregistered_aside(struct md_ctx *, const char *name);

#endif
