/* Verifies seals: each covers its own set and all before it, so one hash runs through them. */
#include "arc/seal.h"

#include "base/arena.h"
#include "dkim/crypto.h"

struct seals {
	struct md_ctx *c;
	struct md_hashing before; /* over the sets up to the one before */
	bool complete;            /* none of them lacks a field */
};

/* RFC 8617 5.1.1: "The signature of an AS header field signs a canonicalized form of the ARC
 * Set header field values"; 4.1.3: only relaxed. */
static void
add_field(struct md_hashing *digest, const struct md_field *f)
{
	md_canon_field(MD_RELAXED, f->whole, md_hashing_sink(digest));
}

static struct md_octets
hash_of(struct seals *seals, const struct md_arc_fields *set,
        const struct md_dkim_signature *signature, unsigned char hash[MD_HASH_MOST])
{
	struct md_hashing digest;

	/* RFC 8617 5.1.2: "as if this newest ARC Set was the only set present". */
	if (md_str_eq(signature->cv, "fail"))
		md_hashing_begin(&digest, md_keyring(seals->c), MD_SHA256);
	else
		md_hashing_copy(&digest, &seals->before);
	add_field(&digest, set->results);
	add_field(&digest, set->message);
	md_canon_own_field(MD_RELAXED, set->seal->whole, signature->b,
	                   md_hashing_sink(&digest));
	return (struct md_octets){ hash, md_hashing_end(&digest, hash) };
}

static void
conclude(struct md_dkim_verdict *v, enum md_dkim_result result, enum md_dkim_cause cause,
         const char *reason)
{
	v->result = result;
	v->cause = cause;
	v->reason = reason;
}

/* ---- the seal ---- */

static bool
judge_syntax(struct md_arena *mem, struct md_dkim_verdict *v)
{
	const struct md_dkim_signature *s = v->signature;

	if (s->faults.n > 0)
		conclude(v, MD_DKIM_PERMERROR, MD_DKIM_SYNTAX, md_faults_line(mem, &s->faults));
	else if (s->algorithm == MD_RSA_SHA1)
		conclude(v, MD_DKIM_PERMERROR, MD_DKIM_SHA1,
		         "a=rsa-sha1, which verifiers must not accept");
	else if (s->algorithm == MD_ALGORITHM_UNKNOWN)
		conclude(v, MD_DKIM_PERMERROR, MD_DKIM_ALGORITHM,
		         md_printf(mem, "a=%s is not known", md_excerpt(mem, s->a)));
	else
		return true;
	return false;
}

/* RSA tells whether the seal was made with the key that is published (RFC 8017 8.2.2). */
static void
judge_failure(struct seals *seals, struct md_dkim_verdict *v)
{
	const struct md_dkim_key *key = v->published.key;
	const char *why = "an ARC field was changed after sealing, or the key was replaced";

	if (key->type == MD_KEY_RSA)
		v->recovery =
		        md_keyring_recover(md_keyring(seals->c),
		                           (struct md_octets){ key->octets, key->noctets },
		                           (struct md_octets){ v->signature->signature,
		                                               v->signature->nsignature })
		                        .padded
		                ? MD_RECOVERY_RIGHT_KEY
		                : MD_RECOVERY_WRONG_KEY;
	if (v->recovery == MD_RECOVERY_RIGHT_KEY)
		why = "an ARC field was changed after sealing; the key is the right one";
	if (v->recovery == MD_RECOVERY_WRONG_KEY)
		why = "it was not made with the published key, or b= is damaged";
	conclude(v, MD_DKIM_FAIL, MD_DKIM_HEADER_HASH, why);
}

/* As with DKIM, of several key records the one counts that verifies. */
static void
judge_hash(struct seals *seals, const struct md_arc_fields *set, struct md_dkim_verdict *v)
{
	const struct md_dkim_published all = v->published;
	const struct md_dkim_signature *s = v->signature;
	unsigned char hash[MD_HASH_MOST];
	const struct md_octets hashed = hash_of(seals, set, s, hash);

	for (size_t i = 0; i < all.nrecords && i < MD_DKIM_KEYS_TRIED; i++) {
		const struct md_dkim_published one = md_dkim_key_at(seals->c, &all, i);
		const char *why;
		const enum md_dkim_cause cause = md_dkim_key_fits(seals->c, s, one.key, &why);

		if (cause != MD_DKIM_SOUND && i == 0)
			conclude(v, MD_DKIM_PERMERROR, cause, why);
		if (cause != MD_DKIM_SOUND ||
		    md_keyring_verify(
		            md_keyring(seals->c), s->algorithm,
		            (struct md_octets){ one.key->octets, one.key->noctets }, hashed,
		            (struct md_octets){ s->signature, s->nsignature }) != MD_VERIFIED)
			continue;
		v->published = one;
		conclude(v, MD_DKIM_PASS, MD_DKIM_SOUND, "");
		return;
	}
	if (v->cause == MD_DKIM_SOUND)
		judge_failure(seals, v);
}

/* False when there is none to verify with. */
static bool
find_key(struct seals *seals, struct md_dkim_verdict *v)
{
	struct md_arena *mem = md_mem(seals->c);
	const struct md_dns *txt;

	v->published = md_dkim_key_for(seals->c, v->signature);
	txt = v->published.txt;
	if (v->published.key != NULL)
		return true;
	if (txt != NULL && txt->fact.state == MD_UNKNOWN)
		conclude(v, MD_DKIM_TEMPERROR, MD_DKIM_KEY_UNKNOWN,
		         md_printf(mem, "the key is not known: %s", txt->fact.why));
	else
		conclude(v, MD_DKIM_PERMERROR, MD_DKIM_KEY_MISSING,
		         md_printf(mem, "there is no key at %s",
		                   md_dkim_key_name(mem, v->signature)));
	return false;
}

static void
verify(struct seals *seals, const struct md_arc_fields *set, struct md_dkim_verdict *v)
{
	struct md_arena *mem = md_mem(seals->c);
	const bool whole = set->results != NULL && set->message != NULL;

	v->field = set->seal;
	v->signature = md_dkim_signature_parse(mem, set->seal->value, MD_ARC_SEAL);
	v->reason = "";
	if (!judge_syntax(mem, v))
		return;
	if (!find_key(seals, v))
		return;
	if (whole && (seals->complete || md_str_eq(v->signature->cv, "fail")))
		judge_hash(seals, set, v);
	else
		conclude(v, MD_DKIM_NEUTRAL, MD_DKIM_HEADER_HASH,
		         "what it covers is not complete");
}

const struct md_dkim_verdict *
md_arc_seals(struct md_ctx *c, const struct md_arc_fields *all, size_t n)
{
	struct md_dkim_verdict *out = md_alloc(md_mem(c), (n + 1) * sizeof(*out));
	struct seals seals = { .c = c, .complete = true };
	unsigned char unused[MD_HASH_MOST];

	md_hashing_begin(&seals.before, md_keyring(c), MD_SHA256);
	for (size_t i = 0; i < n; i++) {
		if (all[i].seal != NULL)
			verify(&seals, &all[i], &out[i]);
		seals.complete = seals.complete && all[i].results != NULL &&
		                 all[i].message != NULL && all[i].seal != NULL;
		if (!seals.complete)
			continue;
		add_field(&seals.before, all[i].results);
		add_field(&seals.before, all[i].message);
		add_field(&seals.before, all[i].seal);
	}
	md_hashing_end(&seals.before, unused);
	return out;
}
