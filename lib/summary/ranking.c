/* How many domains have each of many things: rules, providers, top-level names, reasons. */
#include "summary/ranking.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { LONGEST_NAME = 300 }; /* none of ours is longer */

void
md_ranking_init(struct md_ranking *ranking, struct md_arena *mem, size_t most)
{
	*ranking = (struct md_ranking){
		.mem = mem, .n = 1, .most = most + 1, .first = 1, .nslots = 64
	};
	while (ranking->nslots < 4 * most)
		ranking->nslots *= 2;
	ranking->rows = md_alloc(mem, ranking->most * sizeof(*ranking->rows));
	ranking->slots = md_alloc(mem, ranking->nslots * sizeof(*ranking->slots));
	ranking->rows[0].name = "";
}

/* FNV-1a: whoever makes names collide makes the search slow, and no slower than linear. */
static size_t
hash(const char *name)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *name != '\0'; name++)
		h = (h ^ (unsigned char)*name) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 32);
}

/* Where it stands, or would. */
static size_t
place(const struct md_ranking *ranking, const char *name)
{
	size_t at = hash(name) & (ranking->nslots - 1);

	while (ranking->slots[at] != 0 &&
	       strcmp(ranking->rows[ranking->slots[at]].name, name) != 0)
		at = (at + 1) & (ranking->nslots - 1);
	return at;
}

uint64_t
md_ranking_domains(const struct md_ranking *ranking, const char *name)
{
	const uint32_t slot = ranking->slots[place(ranking, name)];

	return slot != 0 ? ranking->rows[slot].domains : 0;
}

struct md_row *
md_ranking_row(struct md_ranking *ranking, const char *name)
{
	const size_t at = place(ranking, name);
	struct md_row *row;

	if (ranking->slots[at] != 0)
		return &ranking->rows[ranking->slots[at]];
	if (ranking->n == ranking->most || strlen(name) > LONGEST_NAME)
		return &ranking->rows[0];
	row = &ranking->rows[ranking->n];
	row->name = md_strdup(ranking->mem, name);
	ranking->slots[at] = (uint32_t)ranking->n++;
	return row;
}

static int
compare(const void *a, const void *b)
{
	const struct md_row *x = *(const struct md_row *const *)a;
	const struct md_row *y = *(const struct md_row *const *)b;

	if (x->domains != y->domains)
		return x->domains > y->domains ? -1 : 1;
	return strcmp(x->name, y->name);
}

const struct md_row **
md_ranking_sorted(struct md_arena *mem, const struct md_ranking *ranking)
{
	const size_t n = ranking->n - ranking->first;
	const struct md_row **rows = md_alloc(mem, (n + 1) * sizeof(*rows));

	for (size_t i = 0; i < n; i++)
		rows[i] = &ranking->rows[ranking->first + i];
	qsort(rows, n, sizeof(*rows), compare);
	return rows;
}
