/*
 * Verifies signatures in the order of RFC 6376 6.1.  The first trouble decides the result; what
 * can be computed still is, because it tells whether that trouble is the only one.
 */
#include "dkim/dkim.h"

#include "dkim/attempt.h"
#include "dkim/receipt.h"
#include "envelope/envelope.h"

/* ---- the key (6.1.2) and the signed header (6.1.3) ---- */

static void
hash_header(struct md_dkim_attempt *a)
{
	const enum md_canon canon = a->s->header_canon;
	unsigned char *hash = md_alloc(md_mem(a->c), MD_HASH_MOST);
	struct md_hashing digest;

	md_hashing_begin(&digest, md_keyring(a->c), md_algorithm_hash(a->s->algorithm));
	for (size_t i = 0; i < a->s->nh; i++)
		if (a->v->selected[i] != NULL)
			md_canon_field(canon, a->v->selected[i]->whole,
			               md_hashing_sink(&digest));
	md_canon_own_field(canon, a->v->field->whole, a->s->b, md_hashing_sink(&digest));
	a->header = (struct md_octets){ hash, md_hashing_end(&digest, hash) };
}

static bool
verifies(const struct md_dkim_attempt *a, const struct md_dkim_key *key)
{
	const struct md_octets octets = { key->octets, key->noctets };
	const struct md_octets signature = { a->s->signature, a->s->nsignature };
	const bool ed25519 = a->s->algorithm == MD_ED25519_SHA256;

	return (key->type == MD_KEY_ED25519) == ed25519 && key->noctets > 0 &&
	       md_keyring_verify(md_keyring(a->c), a->s->algorithm, octets, a->header,
	                         signature) == MD_VERIFIED;
}

/*
 * RFC 6376 3.6.2.2: with several records the results are undefined; 6.1.2 step 4 lets a
 * verifier take any.  We try all, and are content when one of them verifies.
 */
static void
choose_key(struct md_dkim_attempt *a)
{
	const struct md_dkim_published all = a->v->published;
	const char *why;

	for (size_t i = 0; i < all.nrecords && i < MD_DKIM_KEYS_TRIED; i++) {
		const struct md_dkim_published one = md_dkim_key_at(a->c, &all, i);

		if (!verifies(a, one.key))
			continue;
		if (!a->v->header_sound)
			a->v->published = one;
		a->v->header_sound = true;
		if (md_dkim_key_fits(a->c, a->s, one.key, &why) != MD_DKIM_SOUND)
			continue;
		a->v->published = one;
		return;
	}
}

static enum md_dkim_result
result_of_key(enum md_dkim_cause cause)
{
	return cause == MD_DKIM_KEY_SHORT ? MD_DKIM_POLICY : MD_DKIM_PERMERROR;
}

/* RSA only: of another key's signature nothing sensible remains. */
static void
recover(struct md_dkim_attempt *a)
{
	const struct md_dkim_key *key = a->v->published.key;
	struct md_rsa_block block;

	if (key->type != MD_KEY_RSA || key->bits == 0 || a->s->algorithm == MD_ED25519_SHA256)
		return;
	block = md_keyring_recover(md_keyring(a->c),
	                           (struct md_octets){ key->octets, key->noctets },
	                           (struct md_octets){ a->s->signature, a->s->nsignature });
	a->v->recovery = block.padded ? MD_RECOVERY_RIGHT_KEY : MD_RECOVERY_WRONG_KEY;
}

static const char *
why_not(const struct md_dkim_verdict *v)
{
	if (v->recovery == MD_RECOVERY_WRONG_KEY)
		return "the signature was not made with the published key, or b= is damaged";
	if (v->recovery == MD_RECOVERY_RIGHT_KEY)
		return "the signed header has changed; the key is the right one";
	return "the signature does not match header and key";
}

static void
judge_signature(struct md_dkim_attempt *a)
{
	const struct md_dkim_key *key;
	const char *why;
	enum md_dkim_cause cause;

	hash_header(a);
	choose_key(a);
	key = a->v->published.key;
	a->v->testing = key->testing;
	cause = md_dkim_key_fits(a->c, a->s, key, &why);
	if (cause != MD_DKIM_SOUND)
		md_dkim_decide(a->v, result_of_key(cause), cause, why);
	md_dkim_judge_body(a);
	if (!a->v->header_sound) {
		recover(a);
		md_dkim_decide(a->v, MD_DKIM_FAIL, MD_DKIM_HEADER_HASH, why_not(a->v));
	}
}

/* False when there is none to verify with. */
static bool
find_key(struct md_dkim_attempt *a)
{
	const struct md_dns *txt;

	a->v->published = md_dkim_key_for(a->c, a->s);
	txt = a->v->published.txt;
	if (a->v->published.key != NULL)
		return true;
	if (txt != NULL && txt->fact.state != MD_ABSENT && txt->fact.state != MD_PRESENT)
		md_dkim_decide(
		        a->v, MD_DKIM_TEMPERROR, MD_DKIM_KEY_UNKNOWN,
		        md_printf(md_mem(a->c), "the key is not known: %s", txt->fact.why));
	else if (txt == NULL)
		md_dkim_decide(a->v, MD_DKIM_PERMERROR, MD_DKIM_KEY_MISSING,
		               "s= and d= make no name that the DNS can hold");
	else
		md_dkim_decide(a->v, MD_DKIM_PERMERROR, MD_DKIM_KEY_MISSING,
		               md_printf(md_mem(a->c), "there is no key record (%s)",
		                         txt->rcode == MD_NXDOMAIN ? "NXDOMAIN" : "NODATA"));
	return false;
}

/* ---- all of it ---- */

static int64_t
time_judged(struct md_ctx *c)
{
	const char *from;

	return md_receipt(c, &from);
}

static const struct md_dkim_verdict *
verify(struct md_ctx *c, const struct md_message *m, const struct md_field *field,
       const struct md_dkim_signature *s)
{
	struct md_dkim_verdict *v = md_alloc(md_mem(c), sizeof(*v));
	struct md_dkim_attempt a = { .c = c, .m = m, .s = s, .v = v };

	*v = (struct md_dkim_verdict){ .field = field, .signature = s, .reason = "" };
	v->published.text = "";
	v->selected = md_signed_fields(md_mem(c), m, s, field);
	if (s->faults.n > 0) {
		md_dkim_decide(v, MD_DKIM_PERMERROR, MD_DKIM_SYNTAX,
		               md_faults_line(md_mem(c), &s->faults));
		return v;
	}
	md_dkim_judge_tags(&a, time_judged(c));
	if (s->algorithm == MD_ALGORITHM_UNKNOWN)
		return v;
	/* where a key is wanted all is thrown away, and made again */
	if (!find_key(&a)) {
		/* takes no key, and tells whether it would be of use */
		if (!md_waiting(c))
			md_dkim_hash_body(&a);
		return v;
	}
	if (!md_waiting(c))
		judge_signature(&a);
	v->expired_since = v->cause == MD_DKIM_SOUND && s->x >= 0 && s->x < md_now(c);
	return v;
}

const struct md_dkim_verdict *
md_dkim_verify_one(struct md_ctx *c, const struct md_message *m, const struct md_field *field,
                   enum md_signature_kind kind)
{
	return verify(c, m, field, md_dkim_signature_parse(md_mem(c), field->value, kind));
}

/* A signature, read, whose key is under way before the first is waited for. */
struct found {
	const struct md_field *field;
	const struct md_dkim_signature *signature;
};

static struct found *
find_all(struct md_ctx *c, const struct md_message *m, struct md_dkim_verdicts *all)
{
	struct found *list = NULL;

	for (const struct md_field *f = NULL;
	     (f = md_message_field(m, "DKIM-Signature", f)) != NULL;) {
		struct found one = { .field = f };
		const char *name;

		if (all->n == MD_DKIM_MOST) {
			all->nomitted++;
			continue;
		}
		one.signature = md_dkim_signature_parse(md_mem(c), f->value, MD_DKIM_SIGNATURE);
		name = md_dkim_key_name(md_mem(c), one.signature);
		if (one.signature->faults.n == 0 && name[0] != '\0')
			md_dns(c, MD_TXT, name);
		MD_PUSH(md_mem(c), list, all->n, one);
	}
	return list;
}

static const void *
verify_all(struct md_ctx *c, const char *arg)
{
	const struct md_message *m = md_subject(c)->message;
	struct md_dkim_verdicts *all = md_alloc(md_mem(c), sizeof(*all));
	struct md_dkim_verdict *verdicts;
	const struct found *list;

	(void)arg;
	all->judged_at = time_judged(c);
	if (m == NULL)
		return all;
	list = find_all(c, m, all);
	all->all = verdicts = md_alloc(md_mem(c), all->n * sizeof(*verdicts));
	for (size_t i = 0; i < all->n; i++)
		verdicts[i] = *verify(c, m, list[i].field, list[i].signature);
	md_dkim_hold_to_receipt(c, verdicts, all->n);
	return all;
}

const struct md_dkim_verdicts *
md_dkim_verify(struct md_ctx *c)
{
	return md_derive(c, verify_all, "");
}

const struct md_dkim_verdicts *
md_dkim_verify_aside(struct md_ctx *c)
{
	return md_derive_aside(c, verify_all, "");
}

const char *
md_dkim_result_name(enum md_dkim_result result)
{
	static const char *const names[] = {
		[MD_DKIM_PASS] = "pass",           [MD_DKIM_FAIL] = "fail",
		[MD_DKIM_NEUTRAL] = "neutral",     [MD_DKIM_POLICY] = "policy",
		[MD_DKIM_TEMPERROR] = "temperror", [MD_DKIM_PERMERROR] = "permerror",
	};

	return names[result];
}
