/* DKIM key records (RFC 6376 3.6.1, RFC 8301, RFC 8463). */
#ifndef MD_DKIM_KEY_H
#define MD_DKIM_KEY_H

#include "base/str.h"
#include "record/faults.h"
#include "record/public_key.h"

enum md_key_fault_kind {
	MD_KEY_MALFORMED, /* a verifier answers PERMFAIL (RFC 6376 6.1.2 steps 5 to 8) */
	MD_KEY_VERSION,   /* v= is there, but not first or not DKIM1 */
	MD_KEY_TAG, /* a tag beside p= makes it unusable: h=, s=, k=, or one that stands twice
	             */
	MD_KEY_ED25519_SPKI, /* Ed25519 in a wrapping that RFC 8463 4.2 does not have */
};

/* Bits of RSA keys: fewer than LEAST must not be accepted, GOOD should be used (RFC 8301 3.2).
 */
enum { MD_RSA_LEAST = 1024, MD_RSA_GOOD = 2048 };

struct md_dkim_key {
	enum md_key_type type; /* by k=: MD_KEY_RSA, MD_KEY_ED25519, or MD_KEY_FOREIGN */
	unsigned bits;         /* of the RSA modulus; 256 for Ed25519; 0 when not readable */
	const unsigned char *octets; /* p= decoded, as far as it could be */
	size_t noctets;
	bool revoked;         /* p= is there and empty */
	bool testing, strict; /* t= has y; t= has s */
	bool reports_only;    /* s= has tlsrpt, but neither email nor * (RFC 8460 3) */
	size_t p_at, p_len;   /* where the value of p= stands; 0 and 0 when there is none */
	/*
	 * of md_key_fault_kind; none: verifiers can use it, unless it is revoked or too short
	 */
	struct md_faults faults;
};

/* Reads the joined text of a TXT record.  Never NULL; the result lives in the arena. */
const struct md_dkim_key *md_dkim_key_parse(struct md_arena *, struct md_str text);

/*
 * The record that was meant: v=DKIM1 in front, an Ed25519 key without its wrapping, and with
 * or without the flag y of t=; all else as it stands.  NULL when it has other faults, which
 * nobody can mend who has not the signer's own copy of the key.
 */
const char *md_dkim_key_mended(struct md_arena *, struct md_str text,
                               const struct md_dkim_key *, bool testing);

/* "rsa 2048 bits", "ed25519", "revoked"; "not readable" when there is no key. */
const char *md_dkim_key_summary(struct md_arena *, const struct md_dkim_key *);

#endif
