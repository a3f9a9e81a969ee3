/* maildiag explain [RULE|CHECK]: what a finding means, and how to mend it. */
#include <stdio.h>
#include <string.h>

#include "ask/check.h"
#include "base/arena.h"
#include "commands.h"
#include "doc/draw.h"
#include "kit/opt.h"
#include "kit/say.h"
#include "maildiag.h"

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
put(struct md_doc *d, struct md_doc_table *table, const char *label, const char *text)
{
	struct md_doc_row *row;

	if (text[0] == '\0')
		return;
	row = md_doc_row(d, table);
	md_doc_put(d, row, MD_PLAIN, label);
	md_doc_add(d, md_doc_cell(d, row, MD_FLUSH), MD_WORDS, text);
}

/* What a rule is called, and a list of what there is to know of it. */
static const struct md_doc *
tell(struct md_arena *mem, const struct md_rule *rule, const struct md_check *check)
{
	static const struct md_doc_column columns[] = { { .width = 10 }, { 0 } };
	struct md_doc *d = md_doc_new(mem);
	struct md_doc_table *table;

	md_doc_say(d, MD_WHOLE, md_printf(mem, "%s: %s", rule->id, rule->title));
	md_doc_open(d, MD_DOC_SECTION);
	table = md_doc_table(d, columns, 2);
	put(d, table, "Severity",
	    md_printf(mem, "%s, %s", md_verdict_name(rule->severity), meaning(rule->severity)));
	put(d, table, "Check", md_printf(mem, "%s, %s", check->name, check->title));
	put(d, table, "Fix", rule->fix);
	put(d, table, "Reference", rule->reference);
	md_doc_close(d);
	return d;
}

static void
list_rules(const struct md_check *check)
{
	for (size_t i = 0; i < check->nrules; i++)
		printf("%-32s %-8s %s\n", check->rules[i].id,
		       md_verdict_name(check->rules[i].severity), check->rules[i].title);
}

/* What a check looks at, and its rules; false when there is none of that name. */
static bool
explain_check(const char *name)
{
	for (const struct md_check *const *c = md_checks_all(); *c != NULL; c++) {
		if (strcmp((*c)->name, name) != 0)
			continue;
		printf("%s: %s\n", (*c)->name, (*c)->title);
		if ((*c)->question != NULL)
			printf("%s\n", (*c)->question);
		putchar('\n');
		list_rules(*c);
		return true;
	}
	return false;
}

static enum cli_exit
explain_one(struct cli_call *call, const char *id)
{
	const struct md_check *check;
	const struct md_rule *rule = find(id, &check);

	if (rule == NULL && explain_check(id))
		return CLI_EXIT_CLEAN;
	if (rule == NULL) {
		cli_say("no rule or check \"%s\"%s (maildiag explain lists them all)", id,
		        cli_did_you_mean(call->mem, id, cli_rule_ids(call->mem)));
		return CLI_EXIT_USAGE;
	}
	md_draw_text(tell(call->mem, rule, check), &(struct md_style){ .columns = 80 }, stdout);
	return CLI_EXIT_CLEAN;
}

static void
explain_all(void)
{
	for (const struct md_check *const *c = md_checks_all(); *c != NULL; c++)
		list_rules(*c);
}

static enum cli_exit
explain(struct cli_call *call)
{
	const struct cli_strings *words = &call->operands;

	for (size_t i = 0; i < words->n; i++) {
		enum cli_exit status;

		if (i > 0)
			putchar('\n');
		status = explain_one(call, words->p[i]);
		if (status != CLI_EXIT_CLEAN)
			return status;
	}
	if (words->n == 0)
		explain_all();
	return cli_finish_stdout();
}

const struct cli_cmd cli_cmd_explain = {
	.name = "explain",
	.args = "[RULE|CHECK...]",
	.summary = "Say what a finding means and how to mend it",
	.examples = (const char *const[]){ "maildiag explain spf.plus-all",
	                                   "maildiag explain spf", NULL },
	.rules = true,
	.run = explain,
};
