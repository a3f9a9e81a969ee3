/* Which providers a message is held against: --profile. */
#ifndef CLI_PROFILES_H
#define CLI_PROFILES_H

#include "kit/call.h"

/* Splits the option's words at commas; false after a message when one is no provider. */
bool cli_profiles_choose(struct cli_call *);

#endif
