/* A public key as the octets that a DKIM key record holds. */
#ifndef MD_PUBLIC_KEY_H
#define MD_PUBLIC_KEY_H

#include <stdbool.h>
#include <stddef.h>

struct md_arena;

enum md_key_type {
	MD_KEY_UNREADABLE,
	MD_KEY_RSA,
	MD_KEY_ED25519,
	MD_KEY_FOREIGN, /* another algorithm's */
	MD_KEY_PRIVATE, /* no public key at all: a private one */
};

/* Verifiers handle 1024 to 4096 bits (RFC 8301 3.2); beyond this nobody computes. */
enum { MD_KEY_MOST_BITS = 16384 };

struct md_public_key {
	enum md_key_type type;
	unsigned bits;   /* of an RSA modulus; 256 for Ed25519; else 0 */
	const char *why; /* why it is unreadable, a clause; else "" */
};

/*
 * Reads DER: SubjectPublicKeyInfo (RFC 5280 4.1.2.7), or a bare RSAPublicKey (RFC 8017 A.1.1).
 * Work and memory are bounded by MD_KEY_MOST_BITS.
 */
struct md_public_key md_public_key_read(struct md_arena *, const unsigned char *der,
                                        size_t len);

#endif
