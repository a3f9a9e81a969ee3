/* maildiag completion SHELL: what the shell needs to complete our command lines. */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "kit/call.h"
#include "kit/opt.h"
#include "kit/say.h"
#include "maildiag.h"

static void
put_words(const char *const *words, const char *between)
{
	for (size_t i = 0; words[i] != NULL; i++)
		printf("%s%s", i > 0 ? between : "", words[i]);
}

/*
 * Text within the apostrophes of a shell's word: zsh has an apostrophe outside of them, fish
 * after a backslash.  Of a zsh specification brackets and colons mean something.
 */
static void
put_quoted(const char *text, bool zsh)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			fputs(zsh ? "'\\''" : "\\'", stdout);
		else if (*text == '\\' || (zsh && strchr("[]:", *text) != NULL))
			printf("\\%c", *text);
		else
			putchar(*text);
	}
}

/* What the value of an option can be: NULL for anything. */
static const char *const *
choices(struct cli_call *call, const struct cli_opt *opt)
{
	switch (opt->kind) {
	case CLI_OPT_WORD:
		return opt->words;
	case CLI_OPT_CHECKS:
		return cli_check_names(call->mem, md_checks_all());
	case CLI_OPT_RULES:
		return cli_rule_ids(call->mem);
	default:
		return NULL;
	}
}

/* What the operands of a command can be: NULL for anything. */
static const char *const *
operands(struct cli_call *call, const struct cli_cmd *cmd)
{
	if (cmd->rules)
		return cli_rule_ids(call->mem);
	if (cmd->commands)
		return cli_cmd_names(call->mem, call->commands);
	return cmd->words;
}

static bool
is_path(const struct cli_opt *opt)
{
	return opt->kind == CLI_OPT_FILE || opt->kind == CLI_OPT_FILES;
}

/* ---- bash ---- */

static void
bash_values(struct cli_call *call, const struct cli_opt *opt, const struct cli_cmd *cmd)
{
	const char *const *words = choices(call, opt);

	if (opt->value == NULL)
		return;
	printf("\t%s:--%s) COMPREPLY=(", cmd->name, opt->name);
	if (is_path(opt))
		fputs("$(compgen -f -- \"$cur\")", stdout);
	if (words != NULL && opt->kind == CLI_OPT_CHECKS)
		fputs("$(compgen -P \"${cur%\"${cur##*,}\"}\" -W '", stdout);
	else if (words != NULL)
		fputs("$(compgen -W '", stdout);
	if (words != NULL) {
		put_words(words, " ");
		fputs(opt->kind == CLI_OPT_CHECKS ? "' -- \"${cur##*,}\")" : "' -- \"$cur\")",
		      stdout);
	}
	puts("); return ;;");
}

static void
bash_options(struct cli_call *call, const struct cli_cmd *cmd)
{
	for (const struct cli_opt *opt = cli_opt_list(call->mem, cmd); opt->name != NULL; opt++)
		bash_values(call, opt, cmd);
}

static void
bash_words(struct cli_call *call, const struct cli_cmd *cmd)
{
	printf("\t%s) options='", cmd->name);
	for (const struct cli_opt *opt = cli_opt_list(call->mem, cmd); opt->name != NULL; opt++)
		printf("--%s ", opt->name);
	fputs("' words='", stdout);
	if (operands(call, cmd) != NULL)
		put_words(operands(call, cmd), " ");
	fputs("'", stdout);
	if (cmd->files)
		fputs("; COMPREPLY=($(compgen -f -- \"$cur\"))", stdout);
	puts(" ;;");
}

static void
bash(struct cli_call *call)
{
	puts("# bash completion for maildiag, made by: maildiag completion bash\n"
	     "_maildiag() {\n"
	     "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	     "\tlocal cmd=${COMP_WORDS[1]} words= options=\n"
	     "\tCOMPREPLY=()");
	fputs("\tcase $cmd in ", stdout);
	put_words(cli_cmd_names(call->mem, call->commands), "|");
	puts(") ;; *) cmd=check ;; esac\n"
	     "\tcase $cmd:$prev in");
	for (const struct cli_cmd *const *cmd = call->commands; *cmd != NULL; cmd++)
		bash_options(call, *cmd);
	puts("\tesac\n"
	     "\tcase $cmd in");
	for (const struct cli_cmd *const *cmd = call->commands; *cmd != NULL; cmd++)
		bash_words(call, *cmd);
	fputs("\tesac\n"
	      "\t[ \"$COMP_CWORD\" -eq 1 ] && words='",
	      stdout);
	put_words(cli_cmd_names(call->mem, call->commands), " ");
	puts("'\n"
	     "\tcase $cur in -*) words=$options ;; esac\n"
	     "\tCOMPREPLY+=($(compgen -W \"$words\" -- \"$cur\"))\n"
	     "}\n"
	     "complete -F _maildiag maildiag");
}

/* ---- zsh ---- */

static void
zsh_option(struct cli_call *call, const struct cli_opt *opt)
{
	const char *const *words = choices(call, opt);
	const bool again = opt->kind == CLI_OPT_TEXTS || opt->kind == CLI_OPT_FILES ||
	                   opt->kind == CLI_OPT_CHECKS || opt->kind == CLI_OPT_RULES;

	printf(" \\\n\t\t'%s--%s", again ? "*" : "", opt->name);
	printf("%s[", opt->value != NULL ? "=" : "");
	put_quoted(opt->summary, true);
	if (opt->value == NULL) {
		fputs("]'", stdout);
		return;
	}
	printf("]:%s:", opt->name);
	if (is_path(opt))
		fputs("_files", stdout);
	if (words != NULL) {
		fputs(opt->kind == CLI_OPT_CHECKS ? "_values -s , checks " : "(", stdout);
		put_words(words, " ");
		fputs(opt->kind == CLI_OPT_CHECKS ? "" : ")", stdout);
	}
	putchar('\'');
}

static void
zsh_command(struct cli_call *call, const struct cli_cmd *cmd)
{
	printf("\t%s) _arguments", cmd->name);
	for (const struct cli_opt *opt = cli_opt_list(call->mem, cmd); opt->name != NULL; opt++)
		zsh_option(call, opt);
	if (operands(call, cmd) != NULL) {
		fputs(" \\\n\t\t'*:word:(", stdout);
		put_words(operands(call, cmd), " ");
		fputs(")'", stdout);
	}
	if (cmd->files)
		fputs(" \\\n\t\t'*:file:_files'", stdout);
	puts(" ;;");
}

static void
zsh(struct cli_call *call)
{
	fputs("#compdef maildiag\n"
	      "# zsh completion for maildiag, made by: maildiag completion zsh\n"
	      "_maildiag() {\n"
	      "\tlocal cmd=$words[2]\n"
	      "\tif (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then\n"
	      "\t\tcompadd ",
	      stdout);
	put_words(cli_cmd_names(call->mem, call->commands), " ");
	fputs("\n\t\treturn\n\tfi\n\tcase $cmd in\n\t", stdout);
	put_words(cli_cmd_names(call->mem, call->commands), "|");
	puts(") shift words; (( CURRENT-- )) ;;\n"
	     "\t*) cmd=check ;;\n"
	     "\tesac\n"
	     "\tcase $cmd in");
	for (const struct cli_cmd *const *cmd = call->commands; *cmd != NULL; cmd++)
		zsh_command(call, *cmd);
	puts("\tesac\n"
	     "}\n"
	     "_maildiag \"$@\"");
}

/* ---- fish ---- */

static void
fish_option(struct cli_call *call, const struct cli_opt *opt, const struct cli_cmd *cmd)
{
	const char *const *words = choices(call, opt);

	/* Without a command the options are those of the first. */
	if (cmd == call->commands[0])
		fputs("complete -c maildiag -n __maildiag_checks", stdout);
	else
		printf("complete -c maildiag -n '__fish_seen_subcommand_from %s'", cmd->name);
	printf(" -l %s", opt->name);
	if (opt->letter != 0)
		printf(" -s %c", opt->letter);
	fputs(" -d '", stdout);
	put_quoted(opt->summary, false);
	putchar('\'');
	if (is_path(opt))
		fputs(" -r -F", stdout);
	else if (opt->value != NULL)
		fputs(" -x", stdout);
	if (words != NULL) {
		fputs(opt->kind == CLI_OPT_CHECKS ? " -a '(__fish_append , " : " -a '", stdout);
		put_words(words, " ");
		fputs(opt->kind == CLI_OPT_CHECKS ? ")'" : "'", stdout);
	}
	putchar('\n');
}

static void
fish_options(struct cli_call *call, const struct cli_cmd *cmd)
{
	for (const struct cli_opt *opt = cli_opt_list(call->mem, cmd); opt->name != NULL; opt++)
		fish_option(call, opt, cmd);
}

static void
fish(struct cli_call *call)
{
	puts("# fish completion for maildiag, made by: maildiag completion fish\n"
	     "complete -c maildiag -f");
	fputs("function __maildiag_checks\n\tnot __fish_seen_subcommand_from", stdout);
	for (size_t i = 1; call->commands[i] != NULL; i++)
		printf(" %s", call->commands[i]->name);
	puts("\nend");
	for (const struct cli_cmd *const *cmd = call->commands; *cmd != NULL; cmd++) {
		printf("complete -c maildiag -n __fish_use_subcommand -a %s -d '",
		       (*cmd)->name);
		put_quoted((*cmd)->summary, false);
		puts("'");
		fish_options(call, *cmd);
		if ((*cmd)->files)
			printf("complete -c maildiag -n '__fish_seen_subcommand_from %s' -F\n",
			       (*cmd)->name);
		if (operands(call, *cmd) == NULL)
			continue;
		printf("complete -c maildiag -n '__fish_seen_subcommand_from %s' -a '",
		       (*cmd)->name);
		put_words(operands(call, *cmd), " ");
		puts("'");
	}
}

static const struct {
	const char *name;
	void (*print)(struct cli_call *);
} shells[] = { { "bash", bash }, { "zsh", zsh }, { "fish", fish } };

static const char *const shell_names[] = { "bash", "zsh", "fish", NULL };

static enum cli_exit
completion(struct cli_call *call)
{
	const struct cli_strings *words = &call->operands;

	for (size_t i = 0; words->n == 1 && i < MD_COUNT(shells); i++) {
		if (strcmp(words->p[0], shells[i].name) != 0)
			continue;
		shells[i].print(call);
		return cli_finish_stdout();
	}
	cli_say("completion for which shell? bash, zsh or fish");
	return CLI_EXIT_USAGE;
}

const struct cli_cmd cli_cmd_completion = {
	.name = "completion",
	.args = "bash|zsh|fish",
	.summary = "Print the completion for a shell",
	.examples =
	        (const char *const[]){ "maildiag completion zsh >~/.zfunc/_maildiag", NULL },
	.words = shell_names,
	.run = completion,
};
