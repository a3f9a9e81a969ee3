/* Which checks are run: --only and --skip. */
#include "select.h"

#include <string.h>

#include "maildiag.h"

static bool
named(const struct cli_strings *words, const struct md_check *check)
{
	for (size_t i = 0; i < words->n; i++)
		if (strcmp(words->p[i], check->name) == 0)
			return true;
	return false;
}

static bool
selected(const struct cli_settings *set, const struct md_check *check, bool bulk)
{
	if (named(&set->skip, check))
		return false;
	if (set->only.n > 0)
		return named(&set->only, check);
	return !bulk || !check->third_party;
}

const struct md_check *const *
cli_select(struct cli_call *call, bool bulk)
{
	const struct md_check **checks = NULL;
	size_t n = 0;

	for (const struct md_check *const *c = call->cmd->checks(); *c != NULL; c++)
		if (selected(&call->set, *c, bulk))
			MD_PUSH(call->mem, checks, n, *c);
	if (n == 0) {
		cli_say("--only and --skip leave no check to run");
		return NULL;
	}
	MD_PUSH(call->mem, checks, n, NULL);
	return checks;
}
