/* Sets as bits in words. */
#include "base/bits.h"

#include <string.h>

#include "base/arena.h"

enum { BITS = 64 };

static void
widen(struct md_arena *mem, struct md_bits *set, size_t n)
{
	uint64_t *words;

	if (n <= set->n)
		return;
	words = md_alloc(mem, n * sizeof(*words));
	if (set->n > 0)
		memcpy(words, set->words, set->n * sizeof(*words));
	set->words = words;
	set->n = n;
}

void
md_bits_add(struct md_arena *mem, struct md_bits *set, size_t number)
{
	widen(mem, set, number / BITS + 1);
	set->words[number / BITS] |= UINT64_C(1) << number % BITS;
}

void
md_bits_join(struct md_arena *mem, struct md_bits *set, const struct md_bits *more)
{
	widen(mem, set, more->n);
	for (size_t i = 0; i < more->n; i++)
		set->words[i] |= more->words[i];
}

bool
md_bits_has(const struct md_bits *set, size_t number)
{
	return number / BITS < set->n &&
	       (set->words[number / BITS] & UINT64_C(1) << number % BITS) != 0;
}
