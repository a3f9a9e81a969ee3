/* The time that reports have: it stands still while no resolver answers, but not for ever. */
#ifndef MD_STANDSTILL_H
#define MD_STANDSTILL_H

#include <stdbool.h>
#include <stdint.h>

/* All in ms, moments on the monotonic clock. */
struct md_standstill {
	int64_t patience; /* how long it may stand still for one report */
	bool still;
	int64_t seen, stood; /* when that was looked at; all in all until then */
};

/* Of one report. */
struct md_deadline {
	int64_t at;     /* by a clock that stands still, too */
	int64_t latest; /* whatever stands still */
};

/* It is looked whether it stands still, from now on. */
void md_standstill_see(struct md_standstill *, bool still, int64_t now);

struct md_deadline md_standstill_deadline(const struct md_standstill *, int64_t timeout,
                                          int64_t now);

/* How long until then, as things stand; 0 or less when it is over. */
int64_t md_standstill_left(const struct md_standstill *, const struct md_deadline *,
                           int64_t now);

#endif
