/* A line on the terminal that says how far we are, when it takes longer than a second. */
#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 1000, REFRESH_MS = 250 };

static int64_t
clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
md_progress_start(struct md_progress *p)
{
	*p = (struct md_progress){ .terminal = isatty(STDERR_FILENO), .started = clock_ms() };
}

int
md_progress_wait(const struct md_progress *p)
{
	return p->terminal ? REFRESH_MS : -1;
}

void
md_progress_show(struct md_progress *p, const char *text)
{
	const int64_t now = clock_ms();

	if (!p->terminal || now - p->started < PATIENCE_MS || now - p->last < REFRESH_MS)
		return;
	fprintf(stderr, "\r\033[K%s (%lld s)", text, (long long)(now - p->started) / 1000);
	fflush(stderr);
	p->last = now;
	p->shown = true;
}

void
md_progress_clear(struct md_progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
	p->shown = false;
}
