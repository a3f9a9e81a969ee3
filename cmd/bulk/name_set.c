/* Domain names by their SHA-256: which shard is a name's, and a set of millions of them. */
#include "name_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"

enum { MOST_SHARDS = 1000000, FIRST_ROOM = 1024 };

struct cli_name_hash
cli_name_hash_of(struct md_str name)
{
	struct cli_name_hash hash = { .octets = { 0 } };

	md_sha256(name, hash.octets);
	return hash;
}

static uint64_t
big_endian(const unsigned char *octets)
{
	uint64_t n = 0;

	for (size_t i = 0; i < sizeof(n); i++)
		n = n << 8 | octets[i];
	return n;
}

bool
cli_shard_parse(const char *text, struct cli_shard *shard)
{
	struct md_str rest = md_str(text), number;
	unsigned long i, n;

	if (!md_str_cut(&rest, '/', &number) || !md_str_number(number, MOST_SHARDS, &i) ||
	    !md_str_number(rest, MOST_SHARDS, &n) || i == 0 || i > n)
		return false;
	*shard = (struct cli_shard){ .number = i, .of = n };
	return true;
}

bool
cli_shard_has(const struct cli_shard *shard, const struct cli_name_hash *hash)
{
	return shard->of == 0 || big_endian(hash->octets) % shard->of == shard->number - 1;
}

/* ---- the set ---- */

/* Open addressing; an empty place is all zeros, which is the hash of no name. */
struct place {
	uint64_t a, b;
};

struct cli_name_set {
	struct place *places;
	size_t room, n; /* room: a power of two */
};

static struct place *
places(size_t room)
{
	struct place *all = calloc(room, sizeof(*all));

	if (all == NULL)
		abort();
	return all;
}

struct cli_name_set *
cli_name_set_new(void)
{
	struct cli_name_set *set = malloc(sizeof(*set));

	if (set == NULL)
		abort();
	*set = (struct cli_name_set){ .places = places(FIRST_ROOM), .room = FIRST_ROOM };
	return set;
}

void
cli_name_set_free(struct cli_name_set *set)
{
	if (set == NULL)
		return;
	free(set->places);
	free(set);
}

/* The place where it is, or would be.  The second half decides where to look: the first halves
 * of a shard's names have the same remainder. */
static struct place *
place_of(const struct cli_name_set *set, struct place wanted)
{
	size_t i = wanted.b & (set->room - 1);

	while ((set->places[i].a != 0 || set->places[i].b != 0) &&
	       (set->places[i].a != wanted.a || set->places[i].b != wanted.b))
		i = (i + 1) & (set->room - 1);
	return &set->places[i];
}

static void
widen(struct cli_name_set *set)
{
	struct cli_name_set wide = { .places = places(2 * set->room), .room = 2 * set->room };

	for (size_t i = 0; i < set->room; i++)
		*place_of(&wide, set->places[i]) = set->places[i];
	free(set->places);
	set->places = wide.places;
	set->room = wide.room;
}

static struct place
place_from(const struct cli_name_hash *hash)
{
	return (struct place){ big_endian(hash->octets), big_endian(hash->octets + 8) };
}

void
cli_name_set_add(struct cli_name_set *set, const struct cli_name_hash *hash)
{
	struct place *at = place_of(set, place_from(hash));

	if (at->a != 0 || at->b != 0)
		return;
	*at = place_from(hash);
	if (++set->n > set->room / 4 * 3)
		widen(set);
}

bool
cli_name_set_has(const struct cli_name_set *set, const struct cli_name_hash *hash)
{
	const struct place *at = place_of(set, place_from(hash));

	return at->a != 0 || at->b != 0;
}

size_t
cli_name_set_count(const struct cli_name_set *set)
{
	return set->n;
}
