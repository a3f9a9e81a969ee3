/* Changes of one name and type, from whatever input they come, are joined to one. */
#include "proposal/pieces.h"

#include <stdlib.h>

#include "base/arena.h"

static int
compare_pieces(const void *a, const void *b)
{
	const struct md_piece *p = a, *q = b;
	const int keys = md_change_compare(p->change.name, p->change.type, &q->change);

	return keys != 0 ? keys : (p->order > q->order) - (p->order < q->order);
}

/* In the order of answers; RFC 2181 5: a record twice is one.  Returns how many are left. */
static size_t
order(struct md_rr *rr, size_t n)
{
	size_t kept = 0;

	if (n > 0)
		qsort(rr, n, sizeof(*rr), md_rr_compare);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || md_rr_compare(&rr[kept - 1], &rr[i]) != 0)
			rr[kept++] = rr[i];
	return kept;
}

/*
 * Pieces of one name and type: what is not known, or stays, beats records, and they beat
 * removal.
 */
static struct md_change
joined(struct md_arena *mem, const struct md_piece *pieces, size_t n)
{
	struct md_change change = pieces[0].change;
	struct md_rr *rr = NULL;

	change.n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct md_change *c = &pieces[i].change;

		if (c->kind != MD_CHANGE_SET && c->kind != MD_CHANGE_UNSET)
			return *c;
		if (c->kind == MD_CHANGE_SET && change.kind == MD_CHANGE_UNSET) {
			change.kind = MD_CHANGE_SET;
			change.place = c->place;
		}
		for (size_t j = 0; j < c->n; j++)
			MD_PUSH(mem, rr, change.n, c->rr[j]);
	}
	change.rr = rr;
	change.n = order(rr, change.n);
	return change;
}

struct md_change *
md_pieces_joined(struct md_arena *mem, struct md_piece *pieces, size_t npieces,
                 size_t *nchanges)
{
	struct md_change *changes = NULL;

	*nchanges = 0;
	if (npieces > 0)
		qsort(pieces, npieces, sizeof(*pieces), compare_pieces);
	for (size_t i = 0, n; i < npieces; i += n) {
		const struct md_change *first = &pieces[i].change;

		for (n = 1; i + n < npieces; n++)
			if (md_change_compare(first->name, first->type,
			                      &pieces[i + n].change) != 0)
				break;
		MD_PUSH(mem, changes, *nchanges, joined(mem, &pieces[i], n));
	}
	return changes;
}
