/* Which providers a message is held against: --profile. */
#ifndef CLI_PROFILES_H
#define CLI_PROFILES_H

#include "base/arena.h"
#include "kit/opt.h"

/*
 * Splits the words of --profile at commas, and replaces them by the ids of providers.  data:
 * the folder of --data, or NULL.  False after a message when a word is no provider.
 */
bool cli_profiles_choose(struct md_arena *, const char *data, struct cli_strings *words);

#endif
