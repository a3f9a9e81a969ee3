/* What --help prints, from the tables of commands and options. */
#include "usage.h"

#include <string.h>

#include "base/str.h"
#include "commands.h"
#include "kit/opt.h"
#include "kit/say.h"
#include "maildiag.h"

enum { LABEL = 33, COLUMNS = 79 };

/* Words of ASCII, wrapped, the first line from column `at` on and the others from `indent`. */
static void
put_wrapped(FILE *out, int at, int indent, const char *text)
{
	bool first = true;

	while (*text != '\0') {
		const int len = (int)strcspn(text, " ");

		if (!first && at + 1 + len > COLUMNS)
			at = fprintf(out, "\n%*s", indent, "") - 1;
		else if (!first)
			at += fprintf(out, " ");
		at += fprintf(out, "%.*s", len, text);
		text += len;
		text += *text == ' ';
		first = false;
	}
	fputc('\n', out);
}

static void
put_option(FILE *out, struct md_arena *mem, const struct cli_opt *opt)
{
	const char *text = opt->summary;
	int taken = opt->letter != 0 ? fprintf(out, "  -%c, ", opt->letter)
	                             : fprintf(out, "      ");

	taken += fprintf(out, "--%s", opt->name);
	if (opt->value != NULL)
		taken += fprintf(out, " %s", opt->value);
	if (opt->words != NULL)
		text = md_printf(mem, "%s: %s", text, cli_joined(mem, opt->words));
	fprintf(out, "%*s", taken < LABEL ? LABEL - taken : 2, "");
	put_wrapped(out, LABEL, LABEL, text);
}

static void
put_options(FILE *out, struct md_arena *mem, const struct cli_cmd *cmd)
{
	const char *group = "";

	for (const struct cli_opt *opt = cli_opt_list(mem, cmd); opt->name != NULL; opt++) {
		if (strcmp(opt->group, group) != 0)
			fprintf(out, "\n%s:\n", opt->group);
		group = opt->group;
		put_option(out, mem, opt);
	}
}

/* The checks that --only and --skip can name, and command lines to begin with. */
static void
put_more(FILE *out, struct md_arena *mem, const struct cli_cmd *cmd)
{
	if (cmd->checks != NULL) {
		fputs("\nChecks:\n  ", out);
		put_wrapped(out, 2, 2, cli_joined(mem, cli_check_names(mem, cmd->checks())));
	}
	fputs("\nExamples:\n", out);
	for (const char *const *e = cmd->examples; *e != NULL; e++)
		fprintf(out, "  %s\n", *e);
}

void
cli_usage_of(FILE *out, const struct cli_call *call)
{
	const struct cli_cmd *cmd = call->cmd;

	fprintf(out, "usage: maildiag %s%s%s\n\n%s.\n", cmd->name,
	        cmd->args[0] != '\0' ? " " : "", cmd->args, cmd->summary);
	put_options(out, call->mem, cmd);
	put_more(out, call->mem, cmd);
}

void
cli_usage(FILE *out, const struct cli_call *call)
{
	fputs("usage: maildiag [OPTIONS] DOMAIN\n"
	      "       maildiag COMMAND [OPTIONS] ...\n\n"
	      "Will mail from and to a domain arrive, what is wrong, what to publish "
	      "instead?\n\nCommands:\n",
	      out);
	for (const struct cli_cmd *const *cmd = call->commands; *cmd != NULL; cmd++)
		fprintf(out, "  %-10s  %-21s  %s\n", (*cmd)->name, (*cmd)->args,
		        (*cmd)->summary);
	put_options(out, call->mem, call->commands[0]);
	put_more(out, call->mem, call->commands[0]);
	fputs("\nExit status: 0 nothing found, 1 findings, 2 usage, 3 trouble, 4 nothing "
	      "found,\nbut something could not be known.  See maildiag(1).\n",
	      out);
}

void
cli_version(FILE *out)
{
	fprintf(out, "maildiag %s\nSecond opinions: " MAILDIAG_OPINIONS "\n", md_version());
}

/* ---- maildiag help [COMMAND], maildiag version ---- */

static enum cli_exit
help(struct cli_call *call)
{
	const struct cli_strings *words = &call->operands;

	if (words->n > 1) {
		cli_say("help for which command? Name one");
		return CLI_EXIT_USAGE;
	}
	if (words->n == 0) {
		cli_usage(stdout, call);
		return cli_finish_stdout();
	}
	call->cmd = cli_cmd_find(call->commands, words->p[0]);
	if (call->cmd == NULL) {
		cli_say("no command \"%s\"%s (maildiag help lists them)", words->p[0],
		        cli_did_you_mean(call->mem, words->p[0],
		                         cli_cmd_names(call->mem, call->commands)));
		return CLI_EXIT_USAGE;
	}
	cli_usage_of(stdout, call);
	return cli_finish_stdout();
}

const struct cli_cmd cli_cmd_help = {
	.name = "help",
	.args = "[COMMAND]",
	.summary = "Print help, or that of a command",
	.examples = (const char *const[]){ "maildiag help message", NULL },
	.commands = true,
	.run = help,
};

static enum cli_exit
version(struct cli_call *call)
{
	if (call->operands.n > 0) {
		cli_say("version takes nothing");
		return CLI_EXIT_USAGE;
	}
	cli_version(stdout);
	return cli_finish_stdout();
}

const struct cli_cmd cli_cmd_version = {
	.name = "version",
	.args = "",
	.summary = "Print the version, and what is built in",
	.examples = (const char *const[]){ "maildiag version", NULL },
	.run = version,
};
