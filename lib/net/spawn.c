/* Starting a program to talk to: posix_spawn, for a fork is unsafe beside threads. */
#include "net/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <unistd.h>

/* A socket rather than pipes: writing to one that is gone raises no signal (MSG_NOSIGNAL). */
static int
open_line(int ends[2])
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return errno;
	if (fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0)
		return 0;
	close(ends[0]);
	close(ends[1]);
	return errno;
}

static int
set_descriptors(posix_spawn_file_actions_t *actions, int line)
{
	int error = posix_spawn_file_actions_adddup2(actions, line, STDIN_FILENO);

	if (error == 0)
		error = posix_spawn_file_actions_adddup2(actions, line, STDOUT_FILENO);
	if (error == 0)
		error = posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null",
		                                         O_WRONLY, 0);
	if (error == 0)
		error = posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
	return error;
}

/* Signals as a program expects them, whatever we ignore or block. */
static int
set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t all, none;
	int error;

	sigfillset(&all);
	sigemptyset(&none);
	error = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP |
	                                                     POSIX_SPAWN_SETSIGDEF |
	                                                     POSIX_SPAWN_SETSIGMASK);
	if (error == 0)
		error = posix_spawnattr_setpgroup(attributes, 0);
	if (error == 0)
		error = posix_spawnattr_setsigdefault(attributes, &all);
	if (error == 0)
		error = posix_spawnattr_setsigmask(attributes, &none);
	return error;
}

static int
spawn(const char *program, int line, pid_t *pid)
{
	char name[] = "maildiag-witness";
	char *const words[] = { name, NULL }, *const no_environment[] = { NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int error;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	error = set_descriptors(&actions, line);
	if (error == 0)
		error = set_attributes(&attributes);
	if (error == 0)
		error = posix_spawn(pid, program, &actions, &attributes, words, no_environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

int
md_spawn(const char *program, pid_t *pid, int *fd)
{
	int ends[2];
	pid_t child;
	int error = open_line(ends);

	if (error != 0)
		return error;
	error = spawn(program, ends[1], &child);
	close(ends[1]);
	if (error != 0) {
		close(ends[0]);
		return error;
	}
	*pid = child;
	*fd = ends[0];
	return 0;
}
