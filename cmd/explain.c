/* maildiag explain [RULE]: what a finding means, and how to mend it. */
#include <stdio.h>
#include <string.h>

#include "ask/check.h"
#include "cmd.h"
#include "maildiag.h"
#include "opt.h"
#include "doc/page.h"

static const struct md_rule *
find(const char *id, const struct md_check **of)
{
	for (const struct md_check *const *c = md_checks_all(); *c != NULL; c++) {
		for (size_t i = 0; i < (*c)->nrules; i++) {
			if (strcmp((*c)->rules[i].id, id) != 0)
				continue;
			*of = *c;
			return &(*c)->rules[i];
		}
	}
	return NULL;
}

static const char *
meaning(enum md_verdict severity)
{
	static const char *const meanings[] = {
		[MD_PASS] = "all is well here",
		[MD_INFO] = "a remark: mail is delivered all the same",
		[MD_WARN] = "a warning: a risk, or less protection than there could be",
		[MD_UNSURE] = "a gap: something that could not be known",
		[MD_FAIL] = "a failure: mail is refused, lost or forged because of it",
	};

	return meanings[severity];
}

static void
put(const struct md_page *page, const char *label, const char *text)
{
	if (text[0] == '\0')
		return;
	md_page_field(page, MD_PLAIN, 10, label);
	md_page_wrap(page, 12, 12, text);
}

static enum md_exit
explain_one(struct md_call *call, const char *id)
{
	const struct md_page page = { .mem = call->mem, .out = stdout, .columns = 80 };
	const struct md_check *check;
	const struct md_rule *rule = find(id, &check);

	if (rule == NULL) {
		md_say("no rule \"%s\"%s (maildiag explain lists them all)", id,
		       md_did_you_mean(call->mem, id, md_rule_ids(call->mem)));
		return MD_EXIT_USAGE;
	}
	printf("%s: %s\n\n", rule->id, rule->title);
	put(&page, "Severity",
	    md_printf(call->mem, "%s, %s", md_verdict_name(rule->severity),
	              meaning(rule->severity)));
	put(&page, "Check", md_printf(call->mem, "%s, %s", check->name, check->title));
	put(&page, "Fix", rule->fix);
	put(&page, "Reference", rule->reference);
	return MD_EXIT_CLEAN;
}

static void
explain_all(void)
{
	for (const struct md_check *const *c = md_checks_all(); *c != NULL; c++)
		for (size_t i = 0; i < (*c)->nrules; i++)
			printf("%-32s %-8s %s\n", (*c)->rules[i].id,
			       md_verdict_name((*c)->rules[i].severity), (*c)->rules[i].title);
}

static enum md_exit
explain(struct md_call *call)
{
	const struct md_words *words = &call->set.operands;

	for (size_t i = 0; i < words->n; i++) {
		enum md_exit status;

		if (i > 0)
			putchar('\n');
		status = explain_one(call, words->p[i]);
		if (status != MD_EXIT_CLEAN)
			return status;
	}
	if (words->n == 0)
		explain_all();
	return md_finish_stdout();
}

const struct md_cmd md_cmd_explain = {
	.name = "explain",
	.args = "[RULE...]",
	.summary = "Say what a finding means and how to mend it",
	.bit = MD_FOR_EXPLAIN,
	.run = explain,
};
