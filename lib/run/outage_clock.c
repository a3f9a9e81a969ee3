/* The time that reports have: it stands still while no resolver answers, but not for ever. */
#include "run/outage_clock.h"

static int64_t
stood(const struct md_standstill *s, int64_t now)
{
	return s->stood + (s->still ? now - s->seen : 0);
}

void
md_standstill_see(struct md_standstill *s, bool still, int64_t now)
{
	s->stood = stood(s, now);
	s->seen = now;
	s->still = still;
}

struct md_deadline
md_standstill_deadline(const struct md_standstill *s, int64_t timeout, int64_t now)
{
	return (struct md_deadline){ .at = now - stood(s, now) + timeout,
		                     .latest = now + timeout + s->patience };
}

int64_t
md_standstill_left(const struct md_standstill *s, const struct md_deadline *d, int64_t now)
{
	const int64_t left = d->at + stood(s, now) - now, most = d->latest - now;

	return s->still || left > most ? most : left;
}
