/* Hashes bodies: the costly part of verifying a large message. */
#include "dkim/body.h"

#include <inttypes.h>
#include <stdlib.h>

static const struct md_dkim_body *
hash_body(struct md_ctx *c, struct md_str text, enum md_canon canon, enum md_hash hash,
          uint64_t limit)
{
	struct md_dkim_body *body = md_alloc(md_mem(c), sizeof(*body));
	struct md_hashing digest;

	md_hashing_begin(&digest, md_keyring(c), hash);
	body->length = md_canon_body(canon, text, limit, md_hashing_sink(&digest));
	body->nhash = md_hashing_end(&digest, body->hash);
	return body;
}

/* `arg` is canonicalisation, hash and limit, as numbers. */
static const void *
derive(struct md_ctx *c, const char *arg)
{
	char *rest;
	const unsigned long canon = strtoul(arg, &rest, 10), hash = strtoul(rest, &rest, 10);

	return hash_body(c, md_subject(c)->message->body, (enum md_canon)canon,
	                 (enum md_hash)hash, strtoull(rest, NULL, 10));
}

const struct md_dkim_body *
md_dkim_body(struct md_ctx *c, const struct md_message *m, const struct md_dkim_signature *s)
{
	const enum md_hash hash = md_algorithm_hash(s->algorithm);
	const uint64_t limit = s->has_l ? s->l : UINT64_MAX;

	if (m != md_subject(c)->message)
		return hash_body(c, m->body, s->body_canon, hash, limit);
	return md_derive(c, derive,
	                 md_printf(md_mem(c), "%d %d %" PRIu64, s->body_canon, hash, limit));
}
