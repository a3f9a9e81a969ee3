/* What --help prints, from the tables of commands and options. */
#include "usage.h"

#include <string.h>

#include "kit/opt.h"

enum { LABEL = 33 };

static void
put_option(FILE *out, const struct cli_opt *opt)
{
	int taken = opt->letter != 0 ? fprintf(out, "  -%c, ", opt->letter)
	                             : fprintf(out, "      ");

	taken += fprintf(out, "--%s", opt->name);
	if (opt->value != NULL)
		taken += fprintf(out, " %s", opt->value);
	fprintf(out, "%*s%s\n", taken < LABEL ? LABEL - taken : 2, "", opt->summary);
}

static void
put_options(FILE *out, struct md_arena *mem, const struct cli_cmd *cmd)
{
	const char *group = "";

	for (const struct cli_opt *opt = cli_opt_list(mem, cmd); opt->name != NULL; opt++) {
		if (strcmp(opt->group, group) != 0)
			fprintf(out, "\n%s:\n", opt->group);
		group = opt->group;
		put_option(out, opt);
	}
}

void
cli_usage_of(FILE *out, const struct cli_call *call)
{
	const struct cli_cmd *cmd = call->cmd;

	fprintf(out, "usage: maildiag %s %s\n\n%s.\n", cmd->name, cmd->args, cmd->summary);
	put_options(out, call->mem, cmd);
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
		fprintf(out, "  %-10s  %-20s  %s\n", (*cmd)->name, (*cmd)->args,
		        (*cmd)->summary);
	put_options(out, call->mem, call->commands[0]);
	fputs("\nExit status: 0 nothing found, 1 findings, 2 usage, 3 trouble, 4 nothing "
	      "found,\nbut something could not be known.  See maildiag(1).\n",
	      out);
}
