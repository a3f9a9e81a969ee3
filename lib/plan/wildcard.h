/* Which names have their records from a wildcard (RFC 4592). */
#ifndef MD_PLAN_WILDCARD_H
#define MD_PLAN_WILDCARD_H

#include <stdbool.h>

struct md_plan_ground;

/*
 * A name, or one above it, that answers as a name does that nobody has made: then a wildcard
 * made both (RFC 4592).  No record stands here that could be removed, and the first one at a
 * name of its own would take all that the wildcard gives from it and from the names below.  So
 * it is with a host of which nothing is known; the names of policies need nothing else.
 */
bool md_plan_by_wildcard(const struct md_plan_ground *, const char *name);

#endif
