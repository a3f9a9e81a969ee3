/* The table of commands, and dispatch. */
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "maildiag.h"
#include "opt.h"
#include "usage.h"

const struct md_cmd *const md_commands[] = {
	&md_cmd_check,     &md_cmd_message,    &md_cmd_spf,    &md_cmd_gate,
	&md_cmd_summarize, &md_cmd_sign,       &md_cmd_keygen, &md_cmd_explain,
	&md_cmd_list,      &md_cmd_completion, NULL,
};

const struct md_cmd *
md_cmd_find(const char *name)
{
	for (const struct md_cmd *const *cmd = md_commands; *cmd != NULL; cmd++)
		if (strcmp((*cmd)->name, name) == 0)
			return *cmd;
	return NULL;
}

const char *const *
md_cmd_names(struct md_arena *mem)
{
	const char **names = NULL;
	size_t n = 0;

	for (const struct md_cmd *const *cmd = md_commands; *cmd != NULL; cmd++)
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

static enum md_exit
dispatch(struct md_call *call, int argc, char **argv)
{
	if (argc == 0) {
		md_usage(stderr);
		return MD_EXIT_USAGE;
	}
	call->cmd = md_cmd_find(argv[0]);
	call->guessed = call->cmd == NULL;
	if (call->guessed)
		call->cmd = md_commands[0];
	else
		argc--, argv++;
	if (!md_opt_parse(call, argc, argv))
		return MD_EXIT_USAGE;
	if (call->set.version)
		printf("maildiag %s\n", md_version());
	else if (call->set.help && call->guessed)
		md_usage(stdout);
	else if (call->set.help)
		md_usage_of(stdout, call->cmd);
	else
		return call->cmd->run(call);
	return md_finish_stdout();
}

int
main(int argc, char **argv)
{
	struct md_call call = { .mem = md_arena_new() };
	enum md_exit status;

	keep_standard_descriptors();
	/* ldns takes and gives back 64 KB blocks for every record it reads: keep them. */
	mallopt(M_TRIM_THRESHOLD, 16 << 20);
	mallopt(M_TOP_PAD, 1 << 20);
	signal(SIGPIPE, SIG_IGN);
	status = dispatch(&call, argc > 0 ? argc - 1 : 0, argv + 1);
	md_arena_free(call.mem);
	return (int)status;
}
