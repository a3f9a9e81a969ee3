/* A token bucket: how many questions a second leave, in short bursts at most. */
#ifndef MD_PACE_H
#define MD_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct md_pace {
	unsigned rate;      /* questions a second; 0: no limit */
	uint64_t saved, at; /* millionths of a question; the moment (md_clock) it was counted */
};

void md_pace_init(struct md_pace *, unsigned rate, uint64_t now);

/* Takes one if there is one. */
bool md_pace_take(struct md_pace *, uint64_t now);

/* How many can be taken at once after a pause; 0 without a limit. */
unsigned md_pace_burst(const struct md_pace *);

/* Microseconds until one can be taken. */
uint64_t md_pace_wait(const struct md_pace *, uint64_t now);

#endif
