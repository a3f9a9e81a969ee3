/* Interrupts (SIGINT, SIGTERM, SIGHUP): a flag to look at, and the end when too many come. */
#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

#include "base/count.h"

static volatile sig_atomic_t seen, most_seen;
static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

enum { NSIGNALS = MD_COUNT(signals) };

static void
interrupt(int number)
{
	(void)number;
	seen = seen + 1;
	for (size_t i = 0; seen >= most_seen && i < NSIGNALS; i++)
		signal(signals[i], SIG_DFL);
}

void
cli_catch_interrupts(int most)
{
	struct sigaction action = { .sa_handler = interrupt };

	most_seen = most;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < NSIGNALS; i++)
		sigaddset(&action.sa_mask, signals[i]);
	for (size_t i = 0; i < NSIGNALS; i++)
		sigaction(signals[i], &action, NULL);
}

int
cli_interrupts(void)
{
	return seen;
}
