/* Random bits that an attacker cannot guess, for query ids and letter case. */
#ifndef MD_RANDOM_H
#define MD_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* The kernel's random octets, fetched some hundred at a time.  Start with { 0 }. */
struct md_random {
	uint8_t octets[256];
	size_t left;
};

uint8_t md_random_octet(struct md_random *);

#endif
