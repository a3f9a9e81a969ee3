/* The body of a message against bh= and l= of a signature (RFC 6376 6.1.3). */
#include <string.h>

#include "dkim/attempt.h"
#include "dkim/body.h"

static bool
is_signed_hash(const struct md_dkim_signature *s, const struct md_dkim_body *body)
{
	return s->nbody_hash == body->nhash &&
	       memcmp(s->body_hash, body->hash, body->nhash) == 0;
}

/* The body as it was mended on reading, or, where that is right, as the file has it. */
static const struct md_dkim_body *
find_body(struct md_dkim_attempt *a)
{
	const struct md_dkim_body *mended = md_dkim_body(a->c, a->m, a->s, MD_AS_MENDED), *body;

	if (is_signed_hash(a->s, mended))
		return mended;
	for (enum md_as_given form = MD_AS_MENDED + 1; form < MD_AS_GIVEN_N; form++) {
		body = md_dkim_body(a->c, a->m, a->s, form);
		if (body == NULL || !is_signed_hash(a->s, body))
			continue;
		a->v->body_form = form;
		return body;
	}
	return mended;
}

/* Is bh= that of a body, and the message has none? */
static bool
lacks_body(const struct md_dkim_attempt *a)
{
	static const char *const empty[] = { "", "\r\n" };
	unsigned char hash[MD_HASH_MOST];
	struct md_hashing digest;
	bool other = !a->v->body_sound && md_body_is_blank(a->m);

	for (size_t i = 0; other && i < MD_COUNT(empty); i++) {
		md_hashing_begin(&digest, md_keyring(a->c), md_algorithm_hash(a->s->algorithm));
		md_hashing_add(&digest, empty[i], strlen(empty[i]));
		other = md_hashing_end(&digest, hash) != a->s->nbody_hash ||
		        memcmp(hash, a->s->body_hash, a->s->nbody_hash) != 0;
	}
	return other;
}

void
md_dkim_hash_body(struct md_dkim_attempt *a)
{
	const struct md_dkim_body *body = find_body(a);

	a->v->body_known = true;
	a->v->body_hash = body->hash;
	a->v->nbody_hash = body->nhash;
	a->v->body_length = body->length;
	a->v->body_sound = is_signed_hash(a->s, body);
}

void
md_dkim_judge_body(struct md_dkim_attempt *a)
{
	const struct md_dkim_signature *s = a->s;

	md_dkim_hash_body(a);
	if (a->v->header_sound && lacks_body(a))
		md_dkim_decide(
		        a->v, MD_DKIM_NEUTRAL, MD_DKIM_BODY_ABSENT,
		        "the file has no body, so bh= cannot be checked; the signed header holds");
	/* RFC 6376 3.5: l= MUST NOT be larger than the canonicalized body. */
	else if (s->has_l && s->l > a->v->body_length)
		md_dkim_decide(a->v, MD_DKIM_FAIL, MD_DKIM_BODY_SHORTER,
		               md_printf(md_mem(a->c),
		                         "the body is shorter than l= says (%llu octets)",
		                         (unsigned long long)a->v->body_length));
	else if (!a->v->body_sound && !lacks_body(a))
		md_dkim_decide(a->v, MD_DKIM_FAIL, MD_DKIM_BODY_HASH,
		               "the body is not the one that was signed (bh= does not match)");
}
