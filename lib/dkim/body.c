/* Hashes bodies: the costly part of verifying a large message. */
#include "dkim/body.h"

#include <inttypes.h>
#include <stdlib.h>

/* What of a body is hashed, and how. */
struct wish {
	enum md_canon canon;
	enum md_hash hash;
	enum md_as_given form;
	uint64_t limit;
};

static const struct md_dkim_body *
hash_body(struct md_ctx *c, const struct md_message *m, const struct wish *w)
{
	struct md_dkim_body *body;
	struct md_hashing digest;
	struct md_str text = m->body;

	if (w->form != MD_AS_MENDED && !md_body_as_given(md_mem(c), m, w->form, &text))
		return NULL;
	body = md_alloc(md_mem(c), sizeof(*body));
	md_hashing_begin(&digest, md_keyring(c), w->hash);
	body->length = md_canon_body(w->canon, text, w->limit, md_hashing_sink(&digest));
	body->nhash = md_hashing_end(&digest, body->hash);
	return body;
}

/* `arg` is canonicalisation, hash, form and limit, as numbers. */
static const void *
derive(struct md_ctx *c, const char *arg)
{
	struct wish w;
	char *rest;

	w.canon = (enum md_canon)strtoul(arg, &rest, 10);
	w.hash = (enum md_hash)strtoul(rest, &rest, 10);
	w.form = (enum md_as_given)strtoul(rest, &rest, 10);
	w.limit = strtoull(rest, NULL, 10);
	return hash_body(c, md_subject(c)->message, &w);
}

const struct md_dkim_body *
md_dkim_body(struct md_ctx *c, const struct md_message *m, const struct md_dkim_signature *s,
             enum md_as_given form)
{
	const struct wish w = { s->body_canon, md_algorithm_hash(s->algorithm), form,
		                s->has_l ? s->l : UINT64_MAX };

	if (m != md_subject(c)->message)
		return hash_body(c, m, &w);
	return md_derive(
	        c, derive,
	        md_printf(md_mem(c), "%d %d %d %" PRIu64, w.canon, w.hash, form, w.limit));
}
