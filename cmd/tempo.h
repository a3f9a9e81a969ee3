/* How fast a long list goes, and how long it will take: for the progress line. */
#ifndef MD_TEMPO_H
#define MD_TEMPO_H

#include <stddef.h>
#include <stdint.h>

struct md_arena;

enum { MD_TEMPO_SECONDS = 60 };

/* How far it was at a moment. */
struct md_tempo_point {
	int64_t ms;
	size_t done;    /* domains */
	uint64_t taken; /* octets of the list */
};

/* Zero-initialised, it is empty.  The last minute, a point a second. */
struct md_tempo {
	struct md_tempo_point points[MD_TEMPO_SECONDS];
	size_t n; /* points ever taken */
};

/* Notes how far it is; points within a second of the last one are passed over. */
void md_tempo_note(struct md_tempo *, struct md_tempo_point);

/* Domains a second, over the last ten. */
double md_tempo_rate(const struct md_tempo *, struct md_tempo_point now);

/* Seconds until `whole` octets of the list are taken, at the tempo of the last minute; -1:
 * nobody knows, as when no domain was done in it. */
double md_tempo_left(const struct md_tempo *, struct md_tempo_point now, uint64_t whole);

/* "45 s", "12 min", "3 h 05 min", "2 d 04 h" */
const char *md_duration(struct md_arena *, double seconds);

#endif
