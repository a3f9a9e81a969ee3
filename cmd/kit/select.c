/* Which checks are run: --only and --skip. */
#include "select.h"

#include <string.h>

#include "maildiag.h"
#include "say.h"

const struct cli_opt cli_choice_options[] = {
	CLI_OPT_GROUP("What is checked"),
	{ .name = "only",
	  .value = "CHECKS",
	  CLI_CHECKS(struct cli_choice, only),
	  .summary = "these checks alone, with commas" },
	{ .name = "skip",
	  .value = "CHECKS",
	  CLI_CHECKS(struct cli_choice, skip),
	  .summary = "all but these checks" },
	{ .name = "ignore",
	  .value = "RULE[@SUBJECT]",
	  CLI_RULES(struct cli_choice, ignore),
	  .summary = "let a finding not count; repeatable" },
	CLI_OPT_END,
};

static bool
named(const struct cli_strings *words, const struct md_check *check)
{
	for (size_t i = 0; i < words->n; i++)
		if (strcmp(words->p[i], check->name) == 0)
			return true;
	return false;
}

static bool
selected(const struct cli_choice *choice, const struct md_check *check, bool bulk)
{
	if (named(&choice->skip, check))
		return false;
	if (choice->only.n > 0)
		return named(&choice->only, check);
	return !bulk || !check->third_party;
}

const struct md_check *const *
cli_select(struct md_arena *mem, const struct md_check *const *table,
           const struct cli_choice *choice, bool bulk)
{
	const struct md_check **checks = NULL;
	size_t n = 0;

	for (const struct md_check *const *c = table; *c != NULL; c++)
		if (selected(choice, *c, bulk))
			MD_PUSH(mem, checks, n, *c);
	if (n == 0) {
		cli_say("--only and --skip leave no check to run");
		return NULL;
	}
	MD_PUSH(mem, checks, n, NULL);
	return checks;
}
