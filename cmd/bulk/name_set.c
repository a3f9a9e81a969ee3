/* Domain names by their SHA-256: which shard is a name's, and a set of millions of them. */
#include "name_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"

enum { MOST_SHARDS = 1000000, FIRST_ROOM = 1024 };

struct cli_digest
cli_name_digest(struct md_str name)
{
	struct cli_digest digest = { .octets = { 0 } };

	md_sha256(name, digest.octets);
	return digest;
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
cli_shard_has(const struct cli_shard *shard, const struct cli_digest *digest)
{
	return shard->of == 0 || big_endian(digest->octets) % shard->of == shard->number - 1;
}

/* ---- the set -------------------------------------------------------------------------------
 */

/* Open addressing; an empty place has zeros alone, which is nobody's digest. */
struct place {
	uint64_t a, b;
};

struct cli_names {
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

struct cli_names *
cli_names_new(void)
{
	struct cli_names *names = malloc(sizeof(*names));

	if (names == NULL)
		abort();
	*names = (struct cli_names){ .places = places(FIRST_ROOM), .room = FIRST_ROOM };
	return names;
}

void
cli_names_free(struct cli_names *names)
{
	if (names == NULL)
		return;
	free(names->places);
	free(names);
}

/* Where it is, or would be.  By the second half: the names of a shard are alike in the first.
 */
static struct place *
place_of(const struct cli_names *names, struct place wanted)
{
	size_t i = wanted.b & (names->room - 1);

	while ((names->places[i].a != 0 || names->places[i].b != 0) &&
	       (names->places[i].a != wanted.a || names->places[i].b != wanted.b))
		i = (i + 1) & (names->room - 1);
	return &names->places[i];
}

static void
widen(struct cli_names *names)
{
	struct cli_names wide = { .places = places(2 * names->room), .room = 2 * names->room };

	for (size_t i = 0; i < names->room; i++)
		*place_of(&wide, names->places[i]) = names->places[i];
	free(names->places);
	names->places = wide.places;
	names->room = wide.room;
}

static struct place
place_from(const struct cli_digest *digest)
{
	return (struct place){ big_endian(digest->octets), big_endian(digest->octets + 8) };
}

void
cli_names_add(struct cli_names *names, const struct cli_digest *digest)
{
	struct place *at = place_of(names, place_from(digest));

	if (at->a != 0 || at->b != 0)
		return;
	*at = place_from(digest);
	if (++names->n > names->room / 4 * 3)
		widen(names);
}

bool
cli_names_have(const struct cli_names *names, const struct cli_digest *digest)
{
	const struct place *at = place_of(names, place_from(digest));

	return at->a != 0 || at->b != 0;
}

size_t
cli_names_count(const struct cli_names *names)
{
	return names->n;
}
