/* The cryptography of DKIM: hashes, signatures and the keys for them, all by OpenSSL. */
#ifndef MD_DKIM_CRYPTO_H
#define MD_DKIM_CRYPTO_H

#include "dkim/canon.h"
#include "record/public_key.h"

struct md_arena;
struct md_dkim_known;

/*
 * What costs time to make and can be used again: public keys that were read, algorithms that
 * were looked up.  Bounded; the oldest key goes first.  For one thread at a time; the one of an
 * engine is md_keyring(c).  NULL is fine for md_keyring_free.
 */
struct md_keyring;
struct md_keyring *md_keyring_new(void);
void md_keyring_free(struct md_keyring *);
struct md_dkim_known *md_keyring_known(struct md_keyring *); /* the key records read so far */

/* ---- hashes ---- */

enum md_hash { MD_SHA256, MD_SHA1 };

enum { MD_HASH_MOST = 32, MD_SHA256_OCTETS = 32, MD_SHA1_OCTETS = 20 };

/* The hash of an algorithm; SHA-256 for one that is not known. */
enum md_hash md_algorithm_hash(enum md_algorithm);

/* A hash in the making.  Every begin and copy needs an end, which also releases it. */
struct md_hashing {
	void *state;
	struct md_keyring *ring;
};

void md_hashing_begin(struct md_hashing *, struct md_keyring *, enum md_hash);
void md_hashing_add(struct md_hashing *, const char *octets, size_t len);
struct md_sink md_hashing_sink(struct md_hashing *); /* that adds */

/* To go on in two ways from here. */
void md_hashing_copy(struct md_hashing *, const struct md_hashing *from);

/* The hash itself; its length. */
size_t md_hashing_end(struct md_hashing *, unsigned char hash[MD_HASH_MOST]);

/* ---- public keys ---- */

/* A public key as p= of a record has it: SubjectPublicKeyInfo or RSAPublicKey for RSA, the 32
 * octets themselves for Ed25519 (RFC 8463 4.2). */
struct md_octets {
	const unsigned char *p;
	size_t n;
};

enum md_verified {
	MD_VERIFIED,
	MD_NOT_VERIFIED,
	MD_KEY_UNFIT, /* it cannot be read, or is another algorithm's */
};

/*
 * Is this the signature of the hash?  RSASSA-PKCS1-v1_5 (RFC 8017 8.2.2); for Ed25519 the hash
 * is the message that is signed (RFC 8463 3).
 */
enum md_verified md_keyring_verify(struct md_keyring *, enum md_algorithm, struct md_octets key,
                                   struct md_octets hash, struct md_octets signature);

/* What an RSA signature holds, seen with the public key. */
struct md_rsa_block {
	bool padded;                 /* PKCS#1 padding: made with the private key of this one */
	bool named;                  /* a DigestInfo that names a hash we know, which is: */
	enum md_algorithm algorithm; /* MD_RSA_SHA256, MD_RSA_SHA1; else unknown */
	unsigned char hash[MD_HASH_MOST]; /* what the signer signed */
	size_t nhash;
};
struct md_rsa_block md_keyring_recover(struct md_keyring *, struct md_octets key,
                                       struct md_octets signature);

/* ---- private keys (crypto_sign.c) ---- */

/* Lives in its arena. */
struct md_private_key;

/* From PEM, PKCS#1 or PKCS#8, without a pass phrase.  NULL and *why, a clause. */
struct md_private_key *md_private_key_read(struct md_arena *, struct md_str pem,
                                           const char **why);

/* MD_KEY_RSA with 1024 to 8192 bits, or MD_KEY_ED25519 (bits are ignored).  NULL: *why. */
struct md_private_key *md_private_key_make(struct md_arena *, enum md_key_type, unsigned bits,
                                           const char **why);

enum md_key_type md_private_key_type(const struct md_private_key *);
unsigned md_private_key_bits(const struct md_private_key *); /* 256 for Ed25519 */

/* As PKCS#8 in PEM: a copy that the caller wipes. */
char *md_private_key_pem(struct md_arena *, const struct md_private_key *);

/* The octets for p=: SubjectPublicKeyInfo, or the 32 octets of Ed25519. */
struct md_octets md_private_key_public(struct md_arena *, const struct md_private_key *);

/* Signs a SHA-256 hash: rsa-sha256 or ed25519-sha256, by the key's type. */
struct md_octets md_private_key_sign(struct md_arena *, const struct md_private_key *,
                                     struct md_octets hash);

#endif
