/* A signer made of the parts that verify, for what no other signer makes. */
#include "unit.h"

#include "base/base64.h"
#include "signer.h"

const char *
signer_record(const struct signer *s)
{
	const struct md_octets public = md_private_key_public(s->mem, s->key);

	return md_printf(s->mem, "v=DKIM1; k=%s; p=%s",
	                 md_private_key_type(s->key) == MD_KEY_RSA ? "rsa" : "ed25519",
	                 md_base64_encode(s->mem, public.p, public.n));
}

static const char *
body_hash(const struct signer *s, const struct md_message *m, const struct md_dkim_signature *d)
{
	unsigned char hash[MD_HASH_MOST];
	struct md_hashing digest;

	md_hashing_begin(&digest, s->ring, MD_SHA256);
	md_canon_body(d->body_canon, m->body, d->has_l ? d->l : UINT64_MAX,
	              md_hashing_sink(&digest));
	return md_base64_encode(s->mem, hash, md_hashing_end(&digest, hash));
}

static const char *
signature(const struct signer *s, const struct md_message *m, const struct md_dkim_signature *d)
{
	const struct md_field *own = &m->fields[0];
	const struct md_field **selected = md_signed_fields(s->mem, m, d, own);
	unsigned char hash[MD_HASH_MOST];
	struct md_hashing digest;
	struct md_octets made;

	md_hashing_begin(&digest, s->ring, MD_SHA256);
	for (size_t i = 0; i < d->nh; i++)
		if (selected[i] != NULL)
			md_canon_field(d->header_canon, selected[i]->whole,
			               md_hashing_sink(&digest));
	md_canon_own_field(d->header_canon, own->whole, d->b, md_hashing_sink(&digest));
	made = md_private_key_sign(s->mem, s->key,
	                           (struct md_octets){ hash, md_hashing_end(&digest, hash) });
	return md_base64_encode(s->mem, made.p, made.n);
}

struct md_str
signer_sign(const struct signer *s, const char *message, const char *tags)
{
	const char *field = "DKIM-Signature: ", *why, *text, *hash = "";
	const struct md_dkim_signature *d;
	const struct md_message *m;

	for (int i = 0; i < 2; i++) { /* once for the hash, and once with it */
		text = md_printf(s->mem, "%s%s; bh=%s; b=\r\n%s", field, tags, hash, message);
		m = md_message_read(s->mem, md_str(text), &why);
		assert_non_null(m);
		d = md_dkim_signature_parse(s->mem, m->fields[0].value, MD_DKIM_SIGNATURE);
		hash = body_hash(s, m, d);
	}
	return md_str(md_printf(s->mem, "%s%s; bh=%s; b=%s\r\n%s", field, tags, hash,
	                        signature(s, m, d), message));
}
