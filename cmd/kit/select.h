/* Which checks are run: --only and --skip. */
#ifndef CLI_SELECT_H
#define CLI_SELECT_H

#include "call.h"
#include "check.h"

/*
 * The checks of the command that --only names (all without it) and --skip does not,
 * NULL-terminated.  In bulk those that ask third parties must be named.  NULL after a message
 * when none is left.
 */
const struct md_check *const *cli_select(struct cli_call *, bool bulk);

#endif
