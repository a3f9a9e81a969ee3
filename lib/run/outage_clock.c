/* The time that reports have: an outage of all resolvers stops it, but not for ever. */
#include "run/outage_clock.h"

static int64_t
lost(const struct md_outage_clock *c, int64_t now)
{
	return c->lost + (c->outage ? now - c->seen : 0);
}

void
md_outage_clock_see(struct md_outage_clock *c, bool outage, int64_t now)
{
	c->lost = lost(c, now);
	c->seen = now;
	c->outage = outage;
}

struct md_deadline
md_outage_clock_deadline(const struct md_outage_clock *c, int64_t timeout, int64_t now)
{
	return (struct md_deadline){ .at = now - lost(c, now) + timeout,
		                     .latest = now + timeout + c->patience };
}

int64_t
md_outage_clock_left(const struct md_outage_clock *c, const struct md_deadline *d, int64_t now)
{
	const int64_t left = d->at + lost(c, now) - now, most = d->latest - now;

	return c->outage || left > most ? most : left;
}
