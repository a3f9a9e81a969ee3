/* Which checks are run: --only and --skip. */
#ifndef MD_SELECT_H
#define MD_SELECT_H

#include "ask/check.h"
#include "cmd.h"

/*
 * The checks of the command that --only names (all without it) and --skip does not,
 * NULL-terminated.  In bulk those that ask third parties must be named.  NULL after a message
 * when none is left.
 */
const struct md_check *const *md_select(struct md_call *, bool bulk);

#endif
