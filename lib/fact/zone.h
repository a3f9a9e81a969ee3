/* Zone files that are in memory already, for tests; else see source.h. */
#ifndef MD_ZONE_H
#define MD_ZONE_H

#include "fact/source.h"

/* As md_zone_open, of a text that is not kept; path is for messages and origins. */
struct md_zone *md_zone_read(struct md_arena *mem, const char *path, struct md_str text,
                             const char **why);

#endif
