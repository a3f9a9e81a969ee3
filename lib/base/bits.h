/* Sets of small numbers, such as the facts of a run. */
#ifndef MD_BITS_H
#define MD_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct md_arena;

/* Start with zeroes: the empty set. */
struct md_bits {
	size_t n; /* words */
	uint64_t *words;
};

/* Adds a number; adds all of another set.  Words live in the arena. */
void md_bits_add(struct md_arena *, struct md_bits *, size_t number);
void md_bits_join(struct md_arena *, struct md_bits *, const struct md_bits *);

bool md_bits_has(const struct md_bits *, size_t number);

#endif
