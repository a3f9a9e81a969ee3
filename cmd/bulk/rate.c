/* How fast a long list goes, and how long it will take: for the progress line. */
#include "rate.h"

#include "base/arena.h"

enum { SECOND = 1000, OF_THE_RATE = 10 };

/* The point before `back` others, or the oldest that is kept. */
static const struct cli_rate_point *
point_before(const struct cli_rate *r, size_t back)
{
	const size_t kept = r->n < CLI_RATE_SECONDS ? r->n : CLI_RATE_SECONDS;

	return &r->points[(r->n - (back < kept ? back : kept)) % CLI_RATE_SECONDS];
}

void
cli_rate_note(struct cli_rate *r, struct cli_rate_point now)
{
	if (r->n == 0 || now.ms - point_before(r, 1)->ms >= SECOND)
		r->points[r->n++ % CLI_RATE_SECONDS] = now;
}

double
cli_rate_now(const struct cli_rate *r, struct cli_rate_point now)
{
	const struct cli_rate_point *then = point_before(r, OF_THE_RATE);

	if (r->n == 0 || now.ms <= then->ms)
		return 0;
	return (double)(now.done - then->done) * SECOND / (double)(now.ms - then->ms);
}

double
cli_rate_seconds_left(const struct cli_rate *r, struct cli_rate_point now, uint64_t whole)
{
	const struct cli_rate_point *then = point_before(r, CLI_RATE_SECONDS);

	if (r->n == 0 || now.done <= then->done || now.taken <= then->taken ||
	    whole < now.taken)
		return -1;
	return (double)(whole - now.taken) * (double)(now.ms - then->ms) / SECOND /
	       (double)(now.taken - then->taken);
}

const char *
cli_rate_duration(struct md_arena *mem, double seconds)
{
	const unsigned long s = seconds < 0 ? 0 : (unsigned long)seconds;
	const unsigned long minutes = s / 60, hours = minutes / 60;

	if (minutes == 0)
		return md_printf(mem, "%lu s", s);
	if (hours == 0)
		return md_printf(mem, "%lu min", minutes);
	if (hours < 24)
		return md_printf(mem, "%lu h %02lu min", hours, minutes % 60);
	return md_printf(mem, "%lu d %02lu h", hours / 24, hours % 24);
}
