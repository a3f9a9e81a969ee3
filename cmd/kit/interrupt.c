/* Interrupts: a count to look at, and the end when too many come or nobody heeds them. */
#include "interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/count.h"
#include "status.h"

/* MOST_UNFINISHED: more of them are written as well, and stay behind after a hard end. */
enum { PATIENCE_S = 1, MOST_UNFINISHED = 64 };

static volatile sig_atomic_t seen, most_seen;
static const char *volatile unfinished[MOST_UNFINISHED];
static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGALRM };

enum { NSIGNALS = MD_COUNT(signals) };

/* Only what may be called in a signal handler (signal-safety(7)). */
static _Noreturn void
end_now(void)
{
	static const char told[] = "maildiag: interrupted\n";

	for (size_t i = 0; i < MOST_UNFINISHED; i++)
		if (unfinished[i] != NULL)
			unlink(unfinished[i]);
	if (write(STDERR_FILENO, told, sizeof(told) - 1) < 0)
		_exit(CLI_EXIT_TROUBLE); /* nobody listens */
	_exit(CLI_EXIT_TROUBLE);
}

static void
interrupt(int number)
{
	const int error = errno;

	(void)number;
	seen = seen + 1;
	if (seen > most_seen)
		end_now();
	alarm(PATIENCE_S);
	errno = error;
}

static sigset_t
all_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < NSIGNALS; i++)
		sigaddset(&set, signals[i]);
	return set;
}

void
cli_catch_interrupts(int most)
{
	struct sigaction action = { .sa_handler = interrupt, .sa_mask = all_signals() };

	most_seen = most;
	for (size_t i = 0; i < NSIGNALS; i++)
		sigaction(signals[i], &action, NULL);
}

int
cli_interrupts(void)
{
	return seen;
}

void
cli_interrupts_heeded(void)
{
	if (seen > 0)
		alarm(PATIENCE_S);
}

/* ---- unfinished files ---- */

static void
remember(const char *path)
{
	for (size_t i = 0; i < MOST_UNFINISHED; i++) {
		if (unfinished[i] == NULL) {
			unfinished[i] = path;
			return;
		}
	}
}

/* A file that is there is known: no interrupt comes in between. */
static sigset_t
hold_interrupts(void)
{
	const sigset_t set = all_signals();
	sigset_t before;

	pthread_sigmask(SIG_BLOCK, &set, &before);
	return before;
}

static int
known(int fd, const char *path, sigset_t before)
{
	const int error = errno;

	if (fd >= 0)
		remember(path);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return fd;
}

int
cli_unfinished_new(char *template)
{
	const sigset_t before = hold_interrupts();

	return known(mkostemp(template, O_CLOEXEC), template, before);
}

int
cli_unfinished_create(const char *path)
{
	const sigset_t before = hold_interrupts();

	return known(open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600),
	             path, before);
}

void
cli_unfinished_done(const char *path)
{
	for (size_t i = 0; i < MOST_UNFINISHED; i++)
		if (unfinished[i] == path)
			unfinished[i] = NULL;
}
