/* How fast a long list goes, and how long it will take: for the progress line. */
#ifndef CLI_TEMPO_H
#define CLI_TEMPO_H

#include <stddef.h>
#include <stdint.h>

struct md_arena;

enum { CLI_TEMPO_SECONDS = 60 };

/* How far it was at a moment. */
struct cli_tempo_point {
	int64_t ms;
	size_t done;    /* domains */
	uint64_t taken; /* octets of the list */
};

/* Zero-initialised, it is empty.  The last minute, a point a second. */
struct cli_tempo {
	struct cli_tempo_point points[CLI_TEMPO_SECONDS];
	size_t n; /* points ever taken */
};

/* Notes how far it is; points within a second of the last one are passed over. */
void cli_tempo_note(struct cli_tempo *, struct cli_tempo_point);

/* Domains a second, over the last ten. */
double cli_tempo_rate(const struct cli_tempo *, struct cli_tempo_point now);

/* Seconds until `whole` octets of the list are taken, at the tempo of the last minute; -1:
 * nobody knows, as when no domain was done in it. */
double cli_tempo_left(const struct cli_tempo *, struct cli_tempo_point now, uint64_t whole);

/* "45 s", "12 min", "3 h 05 min", "2 d 04 h" */
const char *cli_duration(struct md_arena *, double seconds);

#endif
