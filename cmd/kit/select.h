/* Which checks are run: --only and --skip. */
#ifndef CLI_SELECT_H
#define CLI_SELECT_H

#include "ask/check.h"
#include "opt.h"

/* Which checks are run, and which of their findings count. */
struct cli_choice {
	struct cli_strings only, skip, ignore;
};
extern const struct cli_opt cli_choice_options[];

/*
 * Of a NULL-terminated table the checks that --only names (all without it) and --skip does not,
 * NULL-terminated.  In bulk those that ask third parties must be named.  NULL after a message
 * when none is left.
 */
const struct md_check *const *cli_select(struct md_arena *, const struct md_check *const *table,
                                         const struct cli_choice *, bool bulk);

#endif
