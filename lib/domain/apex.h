/* The zone that a name lies in. */
#ifndef MD_APEX_H
#define MD_APEX_H

#include "ask/ask.h"

/*
 * The apex of the zone that holds the subject's domain: the nearest name from the domain
 * upwards that has NS records, even when a validating resolver holds them back.  The search
 * ends at the name that a registry delegates.  Derived; waits and records gaps as any fact
 * does.  NULL while the apex is not known, and when there is none.
 */
const char *md_apex(struct md_ctx *);

#endif
