/* A line on the terminal that says how far we are, when it takes longer than a second. */
#include "progress_line.h"

#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

#include <sys/ioctl.h>
#include <unistd.h>

enum { PATIENCE_MS = 1000, REFRESH_MS = 250 };

/* Is there a line on the terminal? */
static atomic_bool on_terminal;

static int64_t
clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What fits on a line without the terminal's going on to the next one. */
static int
width(void)
{
	struct winsize size;

	return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1
	                                                                       : 79;
}

void
cli_progress_line_start(struct cli_progress_line *p)
{
	*p = (struct cli_progress_line){ .terminal = isatty(STDERR_FILENO),
		                         .started = clock_ms() };
}

int64_t
cli_progress_line_passed(const struct cli_progress_line *p)
{
	return clock_ms() - p->started;
}

int
cli_progress_line_wait(const struct cli_progress_line *p)
{
	return p->terminal ? REFRESH_MS : -1;
}

bool
cli_progress_line_due(const struct cli_progress_line *p)
{
	const int64_t now = clock_ms();

	return p->terminal && now - p->started >= PATIENCE_MS && now - p->last >= REFRESH_MS;
}

void
cli_progress_line_show(struct cli_progress_line *p, const char *text)
{
	if (!cli_progress_line_due(p))
		return;
	fprintf(stderr, "\r\033[K%.*s", width(), text);
	fflush(stderr);
	p->last = clock_ms();
	p->shown = p->ever = true;
	atomic_store(&on_terminal, true);
}

void
cli_progress_line_clear(struct cli_progress_line *p)
{
	if (p->shown)
		cli_progress_line_wipe();
	p->shown = false;
}

void
cli_progress_line_wipe(void)
{
	if (atomic_exchange(&on_terminal, false))
		fputs("\r\033[K", stderr);
}
