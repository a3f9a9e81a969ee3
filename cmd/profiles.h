/* Which providers a message is held against: --profile. */
#ifndef MD_PROFILES_H
#define MD_PROFILES_H

#include "cmd.h"

/* Splits the option's words at commas; false after a message when one is no provider. */
bool md_profiles_choose(struct md_call *);

#endif
