/* Reads which command is meant, and runs it. */
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "kit/call.h"
#include "kit/opt.h"
#include "kit/say.h"
#include "maildiag.h"
#include "usage.h"

/*
 * If a standard descriptor is closed, the next file opened would get its number, and the report
 * would be written into that file.  So /dev/null takes the place, opened the wrong way round:
 * to read or write it fails, and a closed standard input is not taken for an empty list.
 */
static void
keep_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return;
}

/* Whether a word names a saved message that is there: then that is to be examined. */
static bool
is_message(const char *word)
{
	const char *dot = strrchr(word, '.');

	return dot != NULL && (md_eq_nocase(dot, ".eml") || md_eq_nocase(dot, ".mbox")) &&
	       access(word, F_OK) == 0;
}

/* What is meant by operands without a command: messages, or domains. */
static const struct cli_cmd *
guess(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (argv[i][0] != '-' && is_message(argv[i]))
			return &cli_cmd_message;
	return cli_commands[0];
}

static enum cli_exit
dispatch(struct cli_call *call, int argc, char **argv)
{
	if (argc == 0) {
		cli_usage(stderr, call);
		return CLI_EXIT_USAGE;
	}
	call->cmd = cli_cmd_find(call->commands, argv[0]);
	call->guessed = call->cmd == NULL;
	if (call->guessed)
		call->cmd = guess(argc, argv);
	else
		argc--, argv++;
	if (!cli_opt_parse(call, argc, argv))
		return CLI_EXIT_USAGE;
	if (call->version)
		cli_version(stdout);
	else if (call->help && call->guessed && call->cmd == call->commands[0])
		cli_usage(stdout, call);
	else if (call->help)
		cli_usage_of(stdout, call);
	else
		return call->cmd->run(call);
	return cli_finish_stdout();
}

int
main(int argc, char **argv)
{
	struct cli_call call = { .commands = cli_commands, .mem = md_arena_new() };
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
