/* Signs with the library's own pieces: canonicaliser, hash, private key. */
#include "signed.h"

#include <assert.h>
#include <string.h>

#include "base/base64.h"
#include "dkim/canon.h"
#include "repair/budget.h"

/* Always the same, so that what a fuzzer finds is found again.  This one is of nobody. */
static const char rsa_pem[] =
        "-----BEGIN RSA PRIVATE KEY-----\n"
        "MIICXAIBAAKBgQDWBo6J5MhFjfB6DfaYQ1hhqUXppooQiaWOVSqXcadSwdqPi04p\n"
        "pGDYTX6QJGMWEdLHVKtgMoVT8eZM7PTpTBGt/r7C6InNCPUZN9q308A+1JsLLpgu\n"
        "TbPB8TqCkJY7RFt4E3ahB593Qj7MeadAZYCrfywRpb8vhnKswcP5nlh6YQIDAQAB\n"
        "AoGAJT7c3VhoFdqep874RAUsQ0qe9QtbaYdavUtK7zIDKV6891AJ2StXAy1xQgpj\n"
        "B/swECpG7KW+GB63sllmQZdQWALLmkKeM/X7siKZ++eHpViwutSB1N4l14oOp5we\n"
        "T6pWp4bFsBm2Fz9aKAwpk4LjtSL4BX/QttnbzZkHVWksvgUCQQDtczbo+gDezcrC\n"
        "zPJmayCVaSwAkUwNgFzuMZtXO21d51WBvetVB1wWhGsuwb0VYL1My0l0mJcSOVeB\n"
        "5w0zItazAkEA5r7f64d6ua7P5fp6fWRFrW1GhGhnj07aeb+2nEb9M9Gge73l0EON\n"
        "RyA7fGBp6nAnJnpcOp5JYqJCWnxfQ9uUmwJBAOWe1SrXGKBdQga/SmngjtHtsq+Z\n"
        "0oH77+In9qCUx15Xp0if8EN5qoPb6gp9L+zMcEMjExW9udnVudnVJd6dgiECQATS\n"
        "1Kd9y4j6KIpsNAdPA03ezOyTqiaKxXJqGY0mxsBAj5RGofk6kEd+Wv/8m/o0ofzh\n"
        "7e+jw3D2Z2Cw3OT0QCUCQClVRXSEzRzE7L/0TnOPhUBkFtTeK2iEDW1Zw6/+0ptb\n"
        "bXc83Zbnodf8Kp0TZqkKgN8lvRjw/irG0nYW9Enzr1o=\n"
        "-----END RSA PRIVATE KEY-----\n";

/* RFC 8463 A.1. */
static const char ed25519_pem[] =
        "-----BEGIN PRIVATE KEY-----\n"
        "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
        "-----END PRIVATE KEY-----\n";

static const struct md_dkim_key *
published(struct md_arena *mem, const struct md_private_key *key, const char *type)
{
	const struct md_octets p = md_private_key_public(mem, key);
	const char *text =
	        md_printf(mem, "v=DKIM1; k=%s; p=%s", type, md_base64_encode(mem, p.p, p.n));

	return md_dkim_key_parse(mem, md_str(text));
}

void
signer_open(struct signer *s)
{
	const char *why = "";

	s->keys = md_arena_new();
	s->mem = md_arena_new();
	s->ring = md_keyring_new();
	s->rsa = md_private_key_read(s->keys, md_str(rsa_pem), &why);
	s->ed25519 = md_private_key_read(s->keys, md_str(ed25519_pem), &why);
	assert(s->rsa != NULL && s->ed25519 != NULL);
	s->rsa_published = published(s->keys, s->rsa, "rsa");
	s->ed25519_published = published(s->keys, s->ed25519, "ed25519");
}

void
signer_close(struct signer *s)
{
	md_keyring_free(s->ring);
	md_arena_free(s->mem);
	md_arena_free(s->keys);
}

struct md_str
replace(struct md_arena *mem, struct md_str text, const char *from, const char *to)
{
	struct md_buf out = { .mem = mem };
	const size_t len = strlen(from);

	while (text.len > 0) {
		const bool hit = md_str_starts(text, from);

		md_buf_add(&out, hit ? md_str(to) : (struct md_str){ text.p, 1 });
		text = md_str_skip(text, hit ? len : 1);
	}
	return (struct md_str){ md_buf_str(&out), out.len };
}

struct md_str
with_crlf(struct md_arena *mem, const char *text)
{
	return replace(mem, md_str(text), "\n", "\r\n");
}

static const struct md_dkim_signature *
parse(struct signer *s, const struct md_field *f)
{
	return md_dkim_signature_parse(s->mem, f->value, MD_DKIM_SIGNATURE);
}

static size_t
body_hash(struct signer *s, const struct md_message *m, const struct md_dkim_signature *sig,
          unsigned char hash[MD_HASH_MOST], uint64_t *length)
{
	struct md_hashing d;

	md_hashing_begin(&d, s->ring, md_algorithm_hash(sig->algorithm));
	*length = md_canon_body(sig->body_canon, m->body, sig->has_l ? sig->l : UINT64_MAX,
	                        md_hashing_sink(&d));
	return md_hashing_end(&d, hash);
}

static size_t
header_hash(struct signer *s, const struct md_message *m, const struct md_field *own,
            unsigned char hash[MD_HASH_MOST])
{
	const struct md_dkim_signature *sig = parse(s, own);
	const struct md_field **fields = md_signed_fields(s->mem, m, sig, own);
	struct md_hashing d;

	md_hashing_begin(&d, s->ring, MD_SHA256);
	for (size_t i = 0; i < sig->nh; i++)
		if (fields[i] != NULL)
			md_canon_field(sig->header_canon, fields[i]->whole,
			               md_hashing_sink(&d));
	md_canon_own_field(sig->header_canon, own->whole, sig->b, md_hashing_sink(&d));
	return md_hashing_end(&d, hash);
}

/* The message with this field in front, read. */
static const struct md_message *
with_field(struct signer *s, const char *field, struct md_str message, struct md_str *all)
{
	struct md_buf text = { .mem = s->mem };
	const struct md_message *m;
	const char *why = "";

	md_buf_add(&text, md_str(field));
	md_buf_add(&text, message);
	*all = (struct md_str){ text.p, text.len };
	m = md_message_read(s->mem, *all, &why);
	assert(m != NULL);
	return m;
}

struct md_str
sign(struct signer *s, bool ed25519, const char *tags, struct md_str message)
{
	unsigned char hash[MD_HASH_MOST];
	const char *field =
	        md_printf(s->mem, "DKIM-Signature: v=1; a=%s; d=example.com; s=s; %s",
	                  ed25519 ? "ed25519-sha256" : "rsa-sha256", tags);
	const struct md_message *m;
	struct md_octets signature;
	struct md_str all;
	uint64_t length;
	size_t n;

	m = with_field(s, md_printf(s->mem, "%s; bh=AA==; b=\r\n", field), message, &all);
	n = body_hash(s, m, parse(s, &m->fields[0]), hash, &length);
	field = md_printf(s->mem, "%s;\r\n bh=%s;\r\n b=", field,
	                  md_base64_encode(s->mem, hash, n));
	m = with_field(s, md_printf(s->mem, "%s\r\n", field), message, &all);
	n = header_hash(s, m, &m->fields[0], hash);
	signature = md_private_key_sign(s->mem, ed25519 ? s->ed25519 : s->rsa,
	                                (struct md_octets){ hash, n });
	with_field(s,
	           md_printf(s->mem, "%s%s\r\n", field,
	                     md_base64_encode(s->mem, signature.p, signature.n)),
	           message, &all);
	return all;
}

/* Is b= right for this header? */
static bool
verifies(struct signer *s, const struct md_message *m, const struct md_dkim_verdict *v)
{
	const struct md_dkim_key *key = v->published.key;
	unsigned char hash[MD_HASH_MOST];
	const struct md_octets header = { hash, header_hash(s, m, v->field, hash) };

	return md_keyring_verify(s->ring, v->signature->algorithm,
	                         (struct md_octets){ key->octets, key->noctets }, header,
	                         (struct md_octets){ v->signature->signature,
	                                             v->signature->nsignature }) == MD_VERIFIED;
}

const struct md_dkim_verdict *
verdict_on(struct signer *s, const struct md_message *m)
{
	struct md_dkim_verdict *v = md_alloc(s->mem, sizeof(*v));
	unsigned char *hash = md_alloc(s->mem, MD_HASH_MOST);
	struct md_rsa_block block;

	v->field = md_message_field(m, "DKIM-Signature", NULL);
	assert(v->field != NULL);
	v->signature = parse(s, v->field);
	v->result = MD_DKIM_FAIL;
	v->published.key = v->signature->algorithm == MD_ED25519_SHA256 ? s->ed25519_published
	                                                                : s->rsa_published;
	v->nbody_hash = body_hash(s, m, v->signature, hash, &v->body_length);
	v->body_hash = hash;
	v->body_known = true;
	v->cause = MD_DKIM_HEADER_HASH;
	v->selected = (const struct md_field *const *)md_signed_fields(s->mem, m, v->signature,
	                                                               v->field);
	block = md_keyring_recover(
	        s->ring,
	        (struct md_octets){ v->published.key->octets, v->published.key->noctets },
	        (struct md_octets){ v->signature->signature, v->signature->nsignature });
	v->header_sound = verifies(s, m, v);
	if (v->signature->algorithm != MD_ED25519_SHA256)
		v->recovery = block.named ? MD_RECOVERY_RIGHT_KEY : MD_RECOVERY_WRONG_KEY;
	return v;
}

const struct md_dkim_diagnosis *
diagnose(struct signer *s, struct md_str message)
{
	const char *why = "";
	const struct md_message *m = md_message_read(s->mem, message, &why);

	assert(m != NULL);
	struct md_budget budget = md_budget_make(MD_BUDGET_WHOLE, NULL, NULL);

	return md_dkim_repair(s->mem, s->ring, m, verdict_on(s, m), &budget);
}
