/* Private keys: read, made, and signed with. */
#include "dkim/crypto.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/arena.h"

struct md_private_key {
	EVP_PKEY *key;
	enum md_key_type type;
};

static void
free_key(void *key)
{
	EVP_PKEY_free(key);
}

static struct md_private_key *
keep(struct md_arena *mem, EVP_PKEY *key)
{
	struct md_private_key *kept = md_alloc(mem, sizeof(*kept));

	kept->key = key;
	kept->type =
	        EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 ? MD_KEY_ED25519 : MD_KEY_RSA;
	md_arena_defer(mem, free_key, key);
	return kept;
}

/* Nobody is asked for a pass phrase. */
static int
no_phrase(char *buf, int size, int writing, void *arg)
{
	(void)buf, (void)size, (void)writing, (void)arg;
	return -1;
}

struct md_private_key *
md_private_key_read(struct md_arena *mem, struct md_str pem, const char **why)
{
	BIO *in = pem.len < MD_KEY_MOST_BITS ? BIO_new_mem_buf(pem.p, (int)pem.len) : NULL;
	EVP_PKEY *key = in != NULL ? PEM_read_bio_PrivateKey(in, NULL, no_phrase, NULL) : NULL;
	const int type = key != NULL ? EVP_PKEY_get_base_id(key) : EVP_PKEY_NONE;

	BIO_free(in);
	ERR_clear_error();
	if (type == EVP_PKEY_RSA || type == EVP_PKEY_ED25519)
		return keep(mem, key);
	*why = key != NULL ? "it is neither an RSA nor an Ed25519 key"
	                   : "it holds no private key in PEM without a pass phrase";
	EVP_PKEY_free(key);
	return NULL;
}

struct md_private_key *
md_private_key_make(struct md_arena *mem, enum md_key_type type, unsigned bits,
                    const char **why)
{
	EVP_PKEY *key;

	if (type == MD_KEY_RSA && (bits < 1024 || bits > 8192)) {
		*why = "RSA keys for DKIM have 1024 to 8192 bits";
		return NULL;
	}
	key = type == MD_KEY_RSA ? EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)bits)
	                         : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	ERR_clear_error();
	if (key != NULL)
		return keep(mem, key);
	*why = "OpenSSL cannot make such a key";
	return NULL;
}

enum md_key_type
md_private_key_type(const struct md_private_key *key)
{
	return key->type;
}

unsigned
md_private_key_bits(const struct md_private_key *key)
{
	return key->type == MD_KEY_RSA ? (unsigned)EVP_PKEY_get_bits(key->key) : 256;
}

char *
md_private_key_pem(struct md_arena *mem, const struct md_private_key *key)
{
	BIO *out = BIO_new(BIO_s_mem());
	char *pem = md_strdup(mem, "");
	char *text;
	long n;

	if (PEM_write_bio_PKCS8PrivateKey(out, key->key, NULL, NULL, 0, NULL, NULL) == 1) {
		n = BIO_get_mem_data(out, &text);
		pem = md_strndup(mem, text, (size_t)n);
	}
	BIO_free(out);
	return pem;
}

struct md_octets
md_private_key_public(struct md_arena *mem, const struct md_private_key *key)
{
	const int most = i2d_PUBKEY(key->key, NULL);
	struct md_octets octets = { .n = (size_t)(most > 0 ? most : 0) };
	unsigned char *p = md_alloc(mem, octets.n + 1), *to = p;

	octets.p = p;
	if (key->type == MD_KEY_RSA)
		i2d_PUBKEY(key->key, &to);
	else
		EVP_PKEY_get_raw_public_key(key->key, p, &octets.n);
	return octets;
}

static bool
sign_rsa(EVP_PKEY *key, struct md_octets hash, unsigned char *to, size_t *n)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
	const bool done = context != NULL && EVP_PKEY_sign_init(context) == 1 &&
	                  EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 &&
	                  EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1 &&
	                  EVP_PKEY_sign(context, to, n, hash.p, hash.n) == 1;

	EVP_PKEY_CTX_free(context);
	return done;
}

static bool
sign_ed25519(EVP_PKEY *key, struct md_octets hash, unsigned char *to, size_t *n)
{
	EVP_MD_CTX *state = EVP_MD_CTX_new();
	const bool done = state != NULL &&
	                  EVP_DigestSignInit(state, NULL, NULL, NULL, key) == 1 &&
	                  EVP_DigestSign(state, to, n, hash.p, hash.n) == 1;

	EVP_MD_CTX_free(state);
	return done;
}

struct md_octets
md_private_key_sign(struct md_arena *mem, const struct md_private_key *key,
                    struct md_octets hash)
{
	size_t n = (size_t)EVP_PKEY_get_size(key->key);
	unsigned char *to = md_alloc(mem, n);
	const bool done = key->type == MD_KEY_RSA ? sign_rsa(key->key, hash, to, &n)
	                                          : sign_ed25519(key->key, hash, to, &n);

	ERR_clear_error();
	return (struct md_octets){ to, done ? n : 0 };
}
