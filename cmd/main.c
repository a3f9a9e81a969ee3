/* The table of commands, and dispatch. */
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kit/call.h"
#include "kit/opt.h"
#include "maildiag.h"
#include "usage.h"

const struct cli_cmd *const cli_commands[] = {
	&cli_cmd_check, &cli_cmd_message, &cli_cmd_spf,     &cli_cmd_gate, &cli_cmd_summarize,
	&cli_cmd_sign,  &cli_cmd_keygen,  &cli_cmd_explain, &cli_cmd_list, &cli_cmd_completion,
	NULL,
};

const struct cli_cmd *
cli_cmd_find(const char *name)
{
	for (const struct cli_cmd *const *cmd = cli_commands; *cmd != NULL; cmd++)
		if (strcmp((*cmd)->name, name) == 0)
			return *cmd;
	return NULL;
}

const char *const *
cli_cmd_names(struct md_arena *mem)
{
	const char **names = NULL;
	size_t n = 0;

	for (const struct cli_cmd *const *cmd = cli_commands; *cmd != NULL; cmd++)
		MD_PUSH(mem, names, n, (*cmd)->name);
	MD_PUSH(mem, names, n, NULL);
	return names;
}

/*
 * A descriptor that was closed would be the next file opened, and the report go into it.  What
 * stands there instead can neither be read nor be written as it should: that is no empty list.
 */
static void
keep_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return;
}

static enum cli_exit
dispatch(struct cli_call *call, int argc, char **argv)
{
	if (argc == 0) {
		cli_usage(stderr);
		return CLI_EXIT_USAGE;
	}
	call->cmd = cli_cmd_find(argv[0]);
	call->guessed = call->cmd == NULL;
	if (call->guessed)
		call->cmd = cli_commands[0];
	else
		argc--, argv++;
	if (!cli_opt_parse(call, argc, argv))
		return CLI_EXIT_USAGE;
	if (call->set.version)
		printf("maildiag %s\n", md_version());
	else if (call->set.help && call->guessed)
		cli_usage(stdout);
	else if (call->set.help)
		cli_usage_of(stdout, call->cmd);
	else
		return call->cmd->run(call);
	return cli_finish_stdout();
}

int
main(int argc, char **argv)
{
	struct cli_call call = { .mem = md_arena_new() };
	enum cli_exit status;

	keep_standard_descriptors();
	/* ldns takes and gives back 64 KB blocks for every record it reads: keep them. */
	mallopt(M_TRIM_THRESHOLD, 16 << 20);
	mallopt(M_TOP_PAD, 1 << 20);
	signal(SIGPIPE, SIG_IGN);
	status = dispatch(&call, argc > 0 ? argc - 1 : 0, argv + 1);
	md_arena_free(call.mem);
	return (int)status;
}
