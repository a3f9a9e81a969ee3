/* A key that was cut into pieces, each of which became a record of its own. */
#include "rules.h"

enum { MOST_PIECES = 4, MOST_OCTETS = 4096 };

/* Is it a key by itself, that can be used? */
static bool
is_whole(struct md_ctx *c, const struct md_rr *rr)
{
	const struct md_dkim_key *key = md_dkim_key_parse(md_mem(c), rr->txt.joined);

	return key->faults.n == 0 && key->bits > 0;
}

/* The records in this order, when that makes a key. */
static const char *
joined_so(struct md_ctx *c, const struct md_dns *txt, const size_t *order)
{
	struct md_buf out = { .mem = md_mem(c) };
	const struct md_dkim_key *key;

	for (size_t i = 0; i < txt->n; i++)
		md_buf_add(&out, md_str_trim(txt->rr[order[i]].txt.joined, " \t\""));
	key = md_dkim_key_parse(md_mem(c), md_buf_view(&out));
	return key->faults.n == 0 && key->bits > 0 ? md_buf_str(&out) : NULL;
}

/* All orders of the pieces from `at` on; only the right one is a key. */
static const char *
try_orders(struct md_ctx *c, const struct md_dns *txt, size_t *order, size_t at)
{
	const char *found = NULL;

	if (at + 1 >= txt->n)
		return joined_so(c, txt, order);
	for (size_t i = at; i < txt->n && found == NULL; i++) {
		const size_t swap = order[at];

		order[at] = order[i];
		order[i] = swap;
		found = try_orders(c, txt, order, at + 1);
		order[i] = order[at];
		order[at] = swap;
	}
	return found;
}

const char *
md_dkim_joined(struct md_ctx *c, const struct md_dns *txt)
{
	size_t order[MOST_PIECES] = { 0 }, octets = 0;

	if (txt->n < 2 || txt->n > MOST_PIECES)
		return NULL;
	for (size_t i = 0; i < txt->n; i++) {
		order[i] = i;
		octets += txt->rr[i].txt.joined.len;
		if (is_whole(c, &txt->rr[i]))
			return NULL;
	}
	return octets <= MOST_OCTETS ? try_orders(c, txt, order, 0) : NULL;
}
