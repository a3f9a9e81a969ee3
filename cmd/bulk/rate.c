/* How fast a long list goes, and how long it will take: for the progress line. */
#include "rate.h"

#include "base/arena.h"

enum { SECOND = 1000, OF_THE_RATE = 10 };

/* The point before `back` others, or the oldest that is kept. */
static const struct cli_tempo_point *
point_before(const struct cli_tempo *t, size_t back)
{
	const size_t kept = t->n < CLI_TEMPO_SECONDS ? t->n : CLI_TEMPO_SECONDS;

	return &t->points[(t->n - (back < kept ? back : kept)) % CLI_TEMPO_SECONDS];
}

void
cli_tempo_note(struct cli_tempo *t, struct cli_tempo_point now)
{
	if (t->n == 0 || now.ms - point_before(t, 1)->ms >= SECOND)
		t->points[t->n++ % CLI_TEMPO_SECONDS] = now;
}

double
cli_tempo_rate(const struct cli_tempo *t, struct cli_tempo_point now)
{
	const struct cli_tempo_point *then = point_before(t, OF_THE_RATE);

	if (t->n == 0 || now.ms <= then->ms)
		return 0;
	return (double)(now.done - then->done) * SECOND / (double)(now.ms - then->ms);
}

double
cli_tempo_left(const struct cli_tempo *t, struct cli_tempo_point now, uint64_t whole)
{
	const struct cli_tempo_point *then = point_before(t, CLI_TEMPO_SECONDS);

	if (t->n == 0 || now.done <= then->done || now.taken <= then->taken ||
	    whole < now.taken)
		return -1;
	return (double)(whole - now.taken) * (double)(now.ms - then->ms) / SECOND /
	       (double)(now.taken - then->taken);
}

const char *
cli_duration(struct md_arena *mem, double seconds)
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
