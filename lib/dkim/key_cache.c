/* Remembers sound key records by their text: reading a key costs as much as using it. */
#include "dkim/key_cache.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"

enum { RECORDS_MOST = 256, LONGEST = 4096 };

struct known {
	struct md_arena *mem; /* NULL: free */
	struct md_str text;
	uint32_t mark;
	const struct md_dkim_key *key;
};

struct md_dkim_known {
	struct md_arena *mem;
	size_t n; /* ever remembered; the next takes the place of n % RECORDS_MOST */
	struct known records[RECORDS_MOST];
};

struct md_dkim_known *
md_dkim_known_new(void)
{
	struct md_arena *mem = md_arena_new();
	struct md_dkim_known *known = md_alloc(mem, sizeof(*known));

	known->mem = mem;
	return known;
}

void
md_dkim_known_free(struct md_dkim_known *known)
{
	if (known == NULL)
		return;
	for (size_t i = 0; i < RECORDS_MOST; i++)
		md_arena_free(known->records[i].mem);
	md_arena_free(known->mem);
}

static uint32_t
mark_of(struct md_str text)
{
	uint32_t mark = 2166136261u; /* FNV-1a, of the end, where the key is */

	for (size_t i = text.len > 128 ? text.len - 128 : 0; i < text.len; i++)
		mark = (mark ^ (unsigned char)text.p[i]) * 16777619u;
	return mark;
}

/* The octets are all that a sound key has outside of itself. */
static const struct md_dkim_key *
copy(struct md_arena *mem, const struct md_dkim_key *key)
{
	struct md_dkim_key *own = md_alloc(mem, sizeof(*own));
	unsigned char *octets = md_alloc(mem, key->noctets + 1);

	*own = *key;
	if (key->noctets > 0)
		memcpy(octets, key->octets, key->noctets);
	own->octets = octets;
	return own;
}

static void
remember(struct md_dkim_known *known, struct md_str text, uint32_t mark,
         const struct md_dkim_key *key)
{
	struct known *k = &known->records[known->n++ % RECORDS_MOST];

	md_arena_free(k->mem);
	k->mem = md_arena_new();
	k->text = (struct md_str){ md_strndup(k->mem, text.p, text.len), text.len };
	k->mark = mark;
	k->key = copy(k->mem, key);
}

const struct md_dkim_key *
md_dkim_known_key(struct md_dkim_known *known, struct md_arena *mem, struct md_str text)
{
	const uint32_t mark = mark_of(text);
	const struct md_dkim_key *key;

	for (size_t i = 0; i < RECORDS_MOST && i < known->n; i++) {
		const struct known *k = &known->records[i];

		if (k->mark == mark && k->text.len == text.len &&
		    memcmp(k->text.p, text.p, text.len) == 0)
			return copy(mem, k->key);
	}
	key = md_dkim_key_parse(mem, text);
	if (key->faults.n == 0 && text.len <= LONGEST)
		remember(known, text, mark, key);
	return key;
}
