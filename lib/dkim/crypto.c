/* Hashes and verifies with OpenSSL, and keeps what is costly to make. */
#include "dkim/crypto.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dkim/key_cache.h"

/* Bulk runs meet the same few senders again and again; 4 KB each at most. */
enum { KEYS_MOST = 256, STATES_KEPT = 8 };

/* A key, ready for use.  Found by its octets. */
struct held {
	unsigned char *octets;
	size_t n;
	uint32_t mark; /* of the octets, so that most are told apart without a look at them */
	bool rsa;
	EVP_PKEY *key;         /* NULL: cannot be read */
	EVP_PKEY_CTX *context; /* set up to verify RSA signatures of SHA-256; NULL at first */
};

struct md_keyring {
	EVP_MD *md[2]; /* by md_hash */
	EVP_MD_CTX *states[STATES_KEPT];
	size_t nstates;
	struct md_dkim_known *known;
	size_t n; /* keys ever held; the next takes the place of n % KEYS_MOST */
	struct held keys[KEYS_MOST];
};

static void *
must(void *p)
{
	if (p == NULL) {
		fputs("maildiag: OpenSSL has no memory, or lacks an algorithm\n", stderr);
		abort();
	}
	return p;
}

struct md_keyring *
md_keyring_new(void)
{
	struct md_keyring *ring = must(calloc(1, sizeof(*ring)));

	ring->md[MD_SHA256] = must(EVP_MD_fetch(NULL, "SHA256", NULL));
	ring->md[MD_SHA1] = must(EVP_MD_fetch(NULL, "SHA1", NULL));
	ring->known = md_dkim_known_new();
	return ring;
}

struct md_dkim_known *
md_keyring_known(struct md_keyring *ring)
{
	return ring->known;
}

static void
let_go(struct held *h)
{
	EVP_PKEY_CTX_free(h->context);
	EVP_PKEY_free(h->key);
	free(h->octets);
	*h = (struct held){ .n = 0 };
}

void
md_keyring_free(struct md_keyring *ring)
{
	if (ring == NULL)
		return;
	for (size_t i = 0; i < KEYS_MOST; i++)
		let_go(&ring->keys[i]);
	while (ring->nstates > 0)
		EVP_MD_CTX_free(ring->states[--ring->nstates]);
	EVP_MD_free(ring->md[MD_SHA256]);
	EVP_MD_free(ring->md[MD_SHA1]);
	md_dkim_known_free(ring->known);
	free(ring);
}

/* ---- hashes ---- */

enum md_hash
md_algorithm_hash(enum md_algorithm algorithm)
{
	return algorithm == MD_RSA_SHA1 ? MD_SHA1 : MD_SHA256;
}

static size_t
hash_octets(enum md_hash hash)
{
	return hash == MD_SHA1 ? MD_SHA1_OCTETS : MD_SHA256_OCTETS;
}

static void
prepare(struct md_hashing *d, struct md_keyring *ring)
{
	d->ring = ring;
	d->state = ring->nstates > 0 ? ring->states[--ring->nstates] : must(EVP_MD_CTX_new());
}

void
md_hashing_begin(struct md_hashing *d, struct md_keyring *ring, enum md_hash hash)
{
	prepare(d, ring);
	if (EVP_DigestInit_ex2(d->state, ring->md[hash], NULL) != 1)
		must(NULL);
}

void
md_hashing_copy(struct md_hashing *d, const struct md_hashing *from)
{
	prepare(d, from->ring);
	if (EVP_MD_CTX_copy_ex(d->state, from->state) != 1)
		must(NULL);
}

void
md_hashing_add(struct md_hashing *d, const char *octets, size_t len)
{
	if (EVP_DigestUpdate(d->state, octets, len) != 1)
		must(NULL);
}

static void
put(void *arg, const char *octets, size_t len)
{
	md_hashing_add(arg, octets, len);
}

struct md_sink
md_hashing_sink(struct md_hashing *d)
{
	return (struct md_sink){ put, d };
}

size_t
md_hashing_end(struct md_hashing *d, unsigned char hash[MD_HASH_MOST])
{
	struct md_keyring *ring = d->ring;
	unsigned len = 0;

	if (EVP_DigestFinal_ex(d->state, hash, &len) != 1)
		must(NULL);
	if (ring->nstates < STATES_KEPT)
		ring->states[ring->nstates++] = d->state;
	else
		EVP_MD_CTX_free(d->state);
	d->state = NULL;
	return len;
}

/* ---- the keys ---- */

static uint32_t
mark_of(struct md_octets key)
{
	uint32_t mark = 2166136261u; /* FNV-1a, of the part that differs between keys */

	for (size_t i = key.n > 64 ? 32 : 0; i < key.n && i < 96; i++)
		mark = (mark ^ key.p[i]) * 16777619u;
	return mark;
}

static EVP_PKEY *
read_key(struct md_octets octets, bool rsa)
{
	const unsigned char *p = octets.p;
	EVP_PKEY *key;

	if (!rsa)
		return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, octets.p, octets.n);
	if (octets.n > MD_KEY_MOST_BITS / 8 + 512)
		return NULL;
	key = d2i_PUBKEY(NULL, &p, (long)octets.n);
	if (key == NULL)
		key = d2i_PublicKey(EVP_PKEY_RSA, NULL, &p, (long)octets.n);
	if (key != NULL &&
	    (p != octets.p + octets.n || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA ||
	     EVP_PKEY_get_bits(key) > MD_KEY_MOST_BITS)) {
		EVP_PKEY_free(key);
		key = NULL;
	}
	return key;
}

static struct held *
hold(struct md_keyring *ring, struct md_octets key, bool rsa, uint32_t mark)
{
	struct held *h = &ring->keys[ring->n++ % KEYS_MOST];

	let_go(h);
	h->octets = must(malloc(key.n + 1));
	memcpy(h->octets, key.p, key.n);
	h->n = key.n;
	h->mark = mark;
	h->rsa = rsa;
	h->key = read_key(key, rsa);
	ERR_clear_error();
	return h;
}

static struct held *
held(struct md_keyring *ring, struct md_octets key, bool rsa)
{
	const uint32_t mark = mark_of(key);

	for (size_t i = 0; i < KEYS_MOST && i < ring->n; i++) {
		struct held *h = &ring->keys[i];

		if (h->mark == mark && h->n == key.n && h->rsa == rsa &&
		    memcmp(h->octets, key.p, key.n) == 0)
			return h;
	}
	return hold(ring, key, rsa, mark);
}

/* ---- verifying ---- */

static EVP_PKEY_CTX *
context_for(struct md_keyring *ring, struct held *h, enum md_hash hash)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, h->key, NULL);

	if (context == NULL || EVP_PKEY_verify_init(context) != 1 ||
	    EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) != 1 ||
	    EVP_PKEY_CTX_set_signature_md(context, ring->md[hash]) != 1) {
		EVP_PKEY_CTX_free(context);
		return NULL;
	}
	return context;
}

static bool
verify_rsa(struct md_keyring *ring, struct held *h, enum md_hash hash, struct md_octets digest,
           struct md_octets signature)
{
	EVP_PKEY_CTX *context = hash == MD_SHA256 ? h->context : NULL;
	bool sound;

	if (context == NULL)
		context = context_for(ring, h, hash);
	sound = context != NULL &&
	        EVP_PKEY_verify(context, signature.p, signature.n, digest.p, digest.n) == 1;
	if (hash == MD_SHA256)
		h->context = context;
	else
		EVP_PKEY_CTX_free(context);
	return sound;
}

static bool
verify_ed25519(EVP_PKEY *key, struct md_octets digest, struct md_octets signature)
{
	EVP_MD_CTX *state = must(EVP_MD_CTX_new());
	const bool sound =
	        EVP_DigestVerifyInit(state, NULL, NULL, NULL, key) == 1 &&
	        EVP_DigestVerify(state, signature.p, signature.n, digest.p, digest.n) == 1;

	EVP_MD_CTX_free(state);
	return sound;
}

enum md_verified
md_keyring_verify(struct md_keyring *ring, enum md_algorithm algorithm, struct md_octets key,
                  struct md_octets hash, struct md_octets signature)
{
	const bool rsa = algorithm != MD_ED25519_SHA256;
	struct held *h;
	bool sound;

	if (algorithm == MD_ALGORITHM_UNKNOWN)
		return MD_KEY_UNFIT;
	h = held(ring, key, rsa);
	if (h->key == NULL)
		return MD_KEY_UNFIT;
	if (signature.n == 0) /* where OpenSSL is given NULL, it means something else */
		return MD_NOT_VERIFIED;
	sound = rsa ? verify_rsa(ring, h, md_algorithm_hash(algorithm), hash, signature)
	            : verify_ed25519(h->key, hash, signature);
	ERR_clear_error();
	return sound ? MD_VERIFIED : MD_NOT_VERIFIED;
}

/* ---- RSA recovery ---- */

/* RFC 8017 9.2 note 1: the DER in front of the hash. */
static const unsigned char sha256_info[] = { 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60,
	                                     0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
	                                     0x01, 0x05, 0x00, 0x04, 0x20 };
static const unsigned char sha1_info[] = { 0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e,
	                                   0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14 };

static bool
take_info(struct md_rsa_block *block, struct md_octets in, struct md_octets info,
          enum md_algorithm algorithm)
{
	const size_t nhash = hash_octets(md_algorithm_hash(algorithm));

	if (in.n != info.n + nhash || memcmp(in.p, info.p, info.n) != 0)
		return false;
	block->named = true;
	block->algorithm = algorithm;
	block->nhash = nhash;
	memcpy(block->hash, in.p + info.n, nhash);
	return true;
}

struct md_rsa_block
md_keyring_recover(struct md_keyring *ring, struct md_octets key, struct md_octets signature)
{
	struct md_rsa_block block = { .padded = false };
	struct held *h = held(ring, key, true);
	EVP_PKEY_CTX *context = NULL;
	unsigned char *out = must(malloc(MD_KEY_MOST_BITS / 8));
	size_t n = MD_KEY_MOST_BITS / 8;

	if (h->key != NULL && signature.n > 0)
		context = EVP_PKEY_CTX_new_from_pkey(NULL, h->key, NULL);
	if (context != NULL && EVP_PKEY_verify_recover_init(context) == 1 &&
	    EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 &&
	    EVP_PKEY_verify_recover(context, out, &n, signature.p, signature.n) == 1) {
		const struct md_octets in = { out, n };

		block.padded = true;
		(void)(take_info(&block, in,
		                 (struct md_octets){ sha256_info, sizeof(sha256_info) },
		                 MD_RSA_SHA256) ||
		       take_info(&block, in, (struct md_octets){ sha1_info, sizeof(sha1_info) },
		                 MD_RSA_SHA1));
	}
	EVP_PKEY_CTX_free(context);
	free(out);
	ERR_clear_error();
	return block;
}
