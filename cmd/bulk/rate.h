/* How fast a long list goes, and how long it will take: for the progress line. */
#ifndef CLI_RATE_H
#define CLI_RATE_H

#include <stddef.h>
#include <stdint.h>

struct md_arena;

enum { CLI_RATE_SECONDS = 60 };

/* How much of the list was done at a moment. */
struct cli_rate_point {
	int64_t ms;
	size_t done;    /* domains */
	uint64_t taken; /* octets of the list */
};

/* Zero-initialised, it is empty.  The last minute, a point a second. */
struct cli_rate {
	struct cli_rate_point points[CLI_RATE_SECONDS];
	size_t n; /* points ever taken */
};

/* Notes a point, unless it comes within a second of the last one. */
void cli_rate_note(struct cli_rate *, struct cli_rate_point);

/* Domains a second, over the last ten. */
double cli_rate_now(const struct cli_rate *, struct cli_rate_point now);

/* Seconds until `whole` octets of the list are taken, at the rate of the last minute; -1:
 * nobody knows, as when no domain was done in it. */
double cli_rate_seconds_left(const struct cli_rate *, struct cli_rate_point now,
                             uint64_t whole);

/* "45 s", "12 min", "3 h 05 min", "2 d 04 h" */
const char *cli_rate_duration(struct md_arena *, double seconds);

#endif
