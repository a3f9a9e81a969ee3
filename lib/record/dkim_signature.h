/* DKIM-Signature (RFC 6376 3.5), its kin ARC-Message-Signature and ARC-Seal (RFC 8617 4.1). */
#ifndef MD_DKIM_SIGNATURE_H
#define MD_DKIM_SIGNATURE_H

#include <stdint.h>

#include "base/str.h"
#include "record/faults.h"

enum md_signature_kind { MD_DKIM_SIGNATURE, MD_ARC_MESSAGE_SIGNATURE, MD_ARC_SEAL };

enum md_algorithm {
	MD_ALGORITHM_UNKNOWN,
	MD_RSA_SHA256,
	MD_RSA_SHA1, /* RFC 8301 3.1: must not be used, must not be accepted */
	MD_ED25519_SHA256,
};

enum md_canon { MD_SIMPLE, MD_RELAXED };

/* Views are into the value that was parsed.  What is missing has p NULL or is 0 or -1. */
struct md_dkim_signature {
	enum md_signature_kind kind;
	enum md_algorithm algorithm;
	struct md_str a; /* as written */
	enum md_canon header_canon, body_canon;
	struct md_str d;                /* as it is written, a view */
	const char *domain;             /* d=, canonical text; "" when missing or no name */
	const char *selector;           /* s=, canonical text; "" */
	const char *identity;           /* i= decoded (DKIM); default "@" and d= */
	unsigned instance;              /* i= of ARC, 1 to 50; else 0 */
	struct md_str cv;               /* of ARC-Seal */
	struct md_str b;                /* the value of b= as it stands, blanks included */
	const unsigned char *signature; /* b= decoded */
	size_t nsignature;
	const unsigned char *body_hash; /* bh= decoded */
	size_t nbody_hash;
	size_t nh; /* names in h=, in order, repetitions included */
	const struct md_str *h;
	bool has_l;
	uint64_t l;
	int64_t t, x; /* seconds since 1970; -1 when missing */
	struct md_str q, z;
	struct md_faults faults; /* that make a verifier answer permerror; none: sound */
};

/* Reads the value of the field, folds and all.  Never NULL. */
const struct md_dkim_signature *md_dkim_signature_parse(struct md_arena *, struct md_str value,
                                                        enum md_signature_kind);

const char *md_algorithm_name(enum md_algorithm); /* "rsa-sha256" */
const char *md_canon_name(enum md_canon);         /* "simple" */

#endif
