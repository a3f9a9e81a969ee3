/* maildiag list: all checks and their rules, from the tables in checks/. */
#include <stdio.h>
#include <string.h>

#include "ask/check.h"
#include "ask/datafile.h"
#include "base/escape.h"
#include "commands.h"
#include "kit/say.h"
#include "maildiag.h"
#include "profile/file.h"
#include "profile/json.h"
#include "json/write.h"

struct settings {
	const char *format;
	bool profiles;
	const char *data;
};

static const char *const formats[] = { "text", "markdown", "json", NULL };

static const struct cli_opt opts[] = {
	CLI_OPT_GROUP("The list"),
	{ .name = "format",
	  .value = "FORMAT",
	  CLI_WORD(struct settings, format, formats),
	  .summary = "how to write the list" },
	{ .name = "profiles",
	  CLI_FLAG(struct settings, profiles),
	  .summary = "what large providers ask of senders, instead" },
	{ .name = "data",
	  .value = "DIR",
	  CLI_TEXT(struct settings, data),
	  .summary = "read profiles.tsv there" },
	CLI_OPT_END,
};

static void
list_text(void)
{
	for (const struct md_check *const *c = md_checks_all(); *c != NULL; c++) {
		printf("%s%s: %s\n", c == md_checks_all() ? "" : "\n", (*c)->name, (*c)->title);
		if ((*c)->question != NULL)
			printf("  %s\n", (*c)->question);
		for (size_t i = 0; i < (*c)->nrules; i++)
			printf("  %-32s %-8s %s\n", (*c)->rules[i].id,
			       md_verdict_name((*c)->rules[i].severity), (*c)->rules[i].title);
	}
}

/* Text in a Markdown table: a bar would end the cell, brackets and stars mean something. */
static void
put_cell(const char *text)
{
	for (; *text != '\0'; text++) {
		if (strchr("|*_<>`[]\\", *text) != NULL)
			putchar('\\');
		putchar(*text);
	}
}

static void
put_row(const struct md_rule *rule)
{
	printf("| `%s` | %s | ", rule->id, md_verdict_name(rule->severity));
	put_cell(rule->title);
	fputs(" | ", stdout);
	put_cell(rule->fix);
	fputs(" | ", stdout);
	put_cell(rule->reference);
	fputs(" |\n", stdout);
}

static void
list_markdown(void)
{
	puts("# Checks and rules\n\n"
	     "Made by `maildiag list --format markdown`: change the tables in checks/, not "
	     "this file.\n\n"
	     "A rule of severity *unknown* explains a gap, something that could not be "
	     "known; it is never a finding.\nThe role of a domain (a parked one, say) may "
	     "change a severity.");
	for (const struct md_check *const *c = md_checks_all(); *c != NULL; c++) {
		printf("\n## %s: %s\n\n", (*c)->name, (*c)->title);
		if ((*c)->question != NULL)
			printf("%s\n\n", (*c)->question);
		puts("| Rule | Severity | Title | Fix | Reference |\n|---|---|---|---|---|");
		for (size_t i = 0; i < (*c)->nrules; i++)
			put_row(&(*c)->rules[i]);
	}
}

static void
put_rules(struct md_json *j, const struct md_check *check)
{
	md_json_open(j, "rules", '[');
	for (size_t i = 0; i < check->nrules; i++) {
		const struct md_rule *r = &check->rules[i];

		md_json_open(j, NULL, '{');
		md_json_clean(j, "rule", r->id);
		md_json_clean(j, "severity", md_verdict_name(r->severity));
		md_json_clean(j, "title", r->title);
		md_json_clean(j, "fix", r->fix);
		md_json_clean(j, "reference", r->reference);
		md_json_close(j, '}');
	}
	md_json_close(j, ']');
}

static void
list_json(void)
{
	struct md_arena *mem = md_arena_new();
	struct md_json j = { .text.mem = mem, .indented = true };

	md_json_open(&j, NULL, '{');
	md_json_clean(&j, "schema", "maildiag-list/1");
	md_json_open(&j, "checks", '[');
	for (const struct md_check *const *c = md_checks_all(); *c != NULL; c++) {
		md_json_open(&j, NULL, '{');
		md_json_clean(&j, "name", (*c)->name);
		md_json_clean(&j, "title", (*c)->title);
		md_json_clean(&j, "question", (*c)->question != NULL ? (*c)->question : "");
		put_rules(&j, *c);
		md_json_close(&j, '}');
	}
	md_json_close(&j, ']');
	md_json_close(&j, '}');
	puts(md_buf_str(&j.text));
	md_arena_free(mem);
}

/* ---- what providers ask ---- */

static void
profiles_json(struct md_arena *mem, struct md_str text)
{
	struct md_json j = { .text.mem = mem, .indented = true };

	md_json_open(&j, NULL, '{');
	md_json_clean(&j, "schema", "maildiag-list/1");
	md_profiles_list_json(&j, text);
	md_json_close(&j, '}');
	puts(md_buf_str(&j.text));
}

static void
profiles_text(struct md_arena *mem, struct md_str text)
{
	struct md_tsv file = { .rest = text };
	struct md_profile_line line;
	const char *fault;
	bool first = true;

#define TEXT(view) md_escape(mem, view, false)
	while (md_profile_line_next(&file, &line, &fault)) {
		if (fault == NULL && line.introduces)
			printf("%s%s: %s%s%s\n", first ? "" : "\n", TEXT(line.provider),
			       TEXT(line.name), line.threshold.len > 0 ? "; bulk is " : "",
			       line.threshold.len > 0 ? TEXT(line.threshold) : "");
		else if (fault == NULL)
			printf("  %-24s %-4s %-8s %s%s%s%s\n", TEXT(line.word),
			       line.bulk ? "bulk" : "all",
			       line.advised ? "advised" : "required", TEXT(line.text),
			       line.reply.len > 0 ? " [" : "", TEXT(line.reply),
			       line.reply.len > 0 ? "]" : "");
		first = false;
	}
#undef TEXT
}

static enum cli_exit
list_profiles(const char *format, const char *data)
{
	struct md_arena *mem = md_arena_new();
	const char *why;
	const struct md_datafiles *files = md_datafiles_open(mem, data, &why);
	struct md_str text;

	if (files == NULL) {
		cli_say("%s", why);
		md_arena_free(mem);
		return CLI_EXIT_USAGE;
	}
	text = md_datafiles_find(files, "profiles");
	if (strcmp(format, "json") == 0)
		profiles_json(mem, text);
	else
		profiles_text(mem, text);
	md_arena_free(mem);
	return cli_finish_stdout();
}

static enum cli_exit
list(struct cli_call *call)
{
	const struct settings *set = call->settings;
	const char *format = set->format != NULL ? set->format : "text";

	if (call->operands.n > 0) {
		cli_say("list takes no \"%s\" (one rule: maildiag explain RULE)",
		        call->operands.p[0]);
		return CLI_EXIT_USAGE;
	}
	if (set->profiles && strcmp(format, "markdown") == 0) {
		cli_say("list --profiles has no format markdown, but text and json");
		return CLI_EXIT_USAGE;
	}
	if (set->profiles)
		return list_profiles(format, set->data);
	if (set->data != NULL) {
		cli_say("list: --data is for --profiles");
		return CLI_EXIT_USAGE;
	}
	if (strcmp(format, "markdown") == 0)
		list_markdown();
	else if (strcmp(format, "json") == 0)
		list_json();
	else
		list_text();
	return cli_finish_stdout();
}

const struct cli_cmd cli_cmd_list = {
	.name = "list",
	.args = "[--format FORMAT]",
	.summary = "List checks, rules, what providers ask",
	.options = opts,
	.settings = sizeof(struct settings),
	.examples = (const char *const[]){ "maildiag list", "maildiag list --profiles", NULL },
	.run = list,
};
