/* The time that reports have: an outage of all resolvers stops it, but not for ever. */
#ifndef MD_OUTAGE_CLOCK_H
#define MD_OUTAGE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* All in ms; moments are those of the monotonic clock. */
struct md_outage_clock {
	int64_t patience; /* how much longer outages may make one report */
	bool outage;      /* no resolver answered at the moment `seen` */
	int64_t seen;
	int64_t lost; /* how long all outages up to `seen` lasted together */
};

/* Of one report. */
struct md_deadline {
	int64_t at;     /* by a clock that stops during outages */
	int64_t latest; /* by the monotonic clock, however long outages last */
};

/* Tells the clock whether there is an outage from now on. */
void md_outage_clock_see(struct md_outage_clock *, bool outage, int64_t now);

struct md_deadline md_outage_clock_deadline(const struct md_outage_clock *, int64_t timeout,
                                            int64_t now);

/* How long until the deadline if the outage lasts, or none begins; 0 or less when it is over.
 */
int64_t md_outage_clock_left(const struct md_outage_clock *, const struct md_deadline *,
                             int64_t now);

#endif
