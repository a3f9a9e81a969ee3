/* Facts files that are in memory already, for tests; else see source.h. */
#ifndef MD_REPLAY_H
#define MD_REPLAY_H

#include "fact/source.h"

/* As md_replay_open, of a text that is not kept; path is for messages and origins. */
struct md_replay *md_replay_read(struct md_arena *mem, const char *path, struct md_str text,
                                 const char **why);

#endif
