/* Compares the DKIM keys at a name by what they are, however they are written. */
#include "gate/keys.h"

#include <string.h>

#include "base/arena.h"

bool
md_key_is_usable(const struct md_dkim_key *key)
{
	return key->faults.n == 0 && !key->revoked && key->noctets > 0 &&
	       (key->type != MD_KEY_RSA || key->bits >= MD_RSA_LEAST);
}

struct md_key_at
md_key_read(struct md_arena *mem, struct md_str record)
{
	return (struct md_key_at){ record, md_dkim_key_parse(mem, record) };
}

static bool
has_key(struct md_arena *mem, const struct md_dns *txt, const struct md_dkim_key *key)
{
	for (size_t i = 0; i < txt->n; i++) {
		const struct md_dkim_key *k =
		        txt->rr[i].type == MD_TXT
		                ? md_dkim_key_parse(mem, txt->rr[i].txt.joined)
		                : NULL;

		if (k != NULL && k->noctets == key->noctets &&
		    memcmp(k->octets, key->octets, key->noctets) == 0)
			return true;
	}
	return false;
}

struct md_key_at
md_key_lost(struct md_arena *mem, const struct md_dns *was, const struct md_dns *is)
{
	for (size_t i = 0; i < was->n; i++) {
		struct md_key_at at;

		if (was->rr[i].type != MD_TXT)
			continue;
		at = md_key_read(mem, was->rr[i].txt.joined);
		if (md_key_is_usable(at.key) && !has_key(mem, is, at.key))
			return at;
	}
	return (struct md_key_at){ { NULL, 0 }, NULL };
}

const char *
md_key_text(struct md_arena *mem, struct md_key_at at)
{
	const struct md_str p = { at.record.p + at.key->p_at, at.key->p_len };

	return md_printf(mem, "%s (%s)", md_excerpt(mem, p), md_dkim_key_summary(mem, at.key));
}
