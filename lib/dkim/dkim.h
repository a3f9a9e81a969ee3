/* DKIM: every signature of a message verified, and why it fails (RFC 6376 section 6). */
#ifndef MD_DKIM_H
#define MD_DKIM_H

#include "ask/ask.h"
#include "mail/as_given.h"
#include "mail/authres.h"
#include "mail/message.h"
#include "record/dkim_key.h"
#include "record/dkim_signature.h"

/* RFC 8601 2.7.1. */
enum md_dkim_result {
	MD_DKIM_PASS,
	MD_DKIM_FAIL,
	MD_DKIM_NEUTRAL,
	MD_DKIM_POLICY,
	MD_DKIM_TEMPERROR,
	MD_DKIM_PERMERROR,
};
const char *md_dkim_result_name(enum md_dkim_result);

/* What decided, in the order in which a verifier comes upon it. */
enum md_dkim_cause {
	MD_DKIM_SOUND,
	MD_DKIM_SYNTAX,        /* of the signature (6.1.1) */
	MD_DKIM_FROM_UNSIGNED, /* h= lacks From */
	MD_DKIM_IDENTITY,      /* i= is not at or below d=, or not d= against t=s */
	MD_DKIM_ALGORITHM,     /* not one that we know */
	MD_DKIM_SHA1,          /* RFC 8301 3.1: permerror, even if it verifies */
	MD_DKIM_EXPIRED,       /* x= is past at the time judged, or not after t= */
	MD_DKIM_KEY_UNKNOWN,   /* no answer from the DNS: temperror */
	MD_DKIM_KEY_MISSING,
	MD_DKIM_KEY_REVOKED,
	MD_DKIM_KEY_FAULTY, /* cannot be read, or s= or h= of the key forbid this use */
	MD_DKIM_KEY_TYPE,   /* k= is not the signature's */
	MD_DKIM_KEY_SHORT,  /* under 1024 bits (RFC 8301 3.2): policy */
	MD_DKIM_BODY_HASH,
	MD_DKIM_BODY_SHORTER, /* than l= says */
	MD_DKIM_BODY_ABSENT, /* the file is a header only, which holds: the body is not known */
	MD_DKIM_HEADER_HASH, /* the signature does not verify */
};

/* RSA recovery: what b= holds, undone with the public key (RFC 8017 8.2.2). */
enum md_recovery {
	MD_RECOVERY_NOT_TRIED, /* no need, or Ed25519, which cannot tell */
	MD_RECOVERY_RIGHT_KEY, /* a DigestInfo: the key is right, the header has changed */
	MD_RECOVERY_WRONG_KEY, /* nothing sensible: another key, or b= is damaged */
};

/* A published key record that was tried. */
struct md_dkim_published {
	const struct md_dns *txt; /* the lookup; NULL when d= or s= is no name */
	size_t nrecords;          /* TXT records there; at most MD_DKIM_KEYS_TRIED count */
	const char *text;         /* of the record used, octets; "" for none */
	/* of the record used: the one that verifies, else the first; NULL for none */
	const struct md_dkim_key *key;
};

struct md_dkim_verdict {
	const struct md_field *field;
	const struct md_dkim_signature *signature; /* never NULL */
	enum md_dkim_result result;
	enum md_dkim_cause cause;
	const char *reason; /* one line without its full stop; "" on a pass */
	struct md_dkim_published published;
	bool testing;                   /* t=y: RFC 6376 3.6.1 */
	bool body_known;                /* the body was hashed: */
	const unsigned char *body_hash; /* 20 or 32 octets, computed */
	size_t nbody_hash;
	uint64_t body_length;       /* of the whole canonical body */
	bool body_sound;            /* the body hash is that of bh= */
	enum md_as_given body_form; /* what it is computed of */
	/*
	 * b= is the key's signature of this header, whatever else is wrong: with body_sound,
	 * all but what `cause` names would verify
	 */
	bool header_sound;
	enum md_recovery recovery;
	/* as many as h= has; NULL where none is there */
	const struct md_field *const *selected;
	bool expired_since; /* passes at the time judged, and x= is past now */
	/*
	 * The receiver's results say that it passed, so that the change came after the receipt;
	 * else NULL.  Not surely: the field might have come in with the message.
	 */
	const struct md_authres *held;
	bool held_surely;
	/* who made the message anew, so that no signature of it can be verified; NULL: nobody
	 */
	const char *rebuilt;
};

/* Does it speak for its domain: does it pass, or did it at the receiver? */
static inline bool
md_dkim_counts(const struct md_dkim_verdict *v)
{
	return v->result == MD_DKIM_PASS || v->held != NULL;
}

/*
 * Neither pass nor fail: the key could not be asked for, the file lacks the body, or the
 * message was made anew.
 */
static inline bool
md_dkim_is_open(const struct md_dkim_verdict *v)
{
	return !md_dkim_counts(v) && (v->result == MD_DKIM_TEMPERROR ||
	                              v->cause == MD_DKIM_BODY_ABSENT || v->rebuilt != NULL);
}

struct md_dkim_verdicts {
	size_t n; /* at most MD_DKIM_MOST; more are counted in nomitted */
	const struct md_dkim_verdict *all; /* in the order of the header */
	size_t nomitted;
	int64_t judged_at; /* the time for x=: the receipt (md_receipt), --now, or now */
};

/* RFC 6376 6.1: verifiers may limit the number of signatures they try. */
enum { MD_DKIM_MOST = 20, MD_DKIM_KEYS_TRIED = 8 };

/*
 * Verifies every DKIM-Signature of the subject's message.  Derived; counts when md_waiting()
 * is false.  A key that could not be asked for has recorded its gap.
 */
const struct md_dkim_verdicts *md_dkim_verify(struct md_ctx *);

/* The same without the gaps, for who tells of unknown keys himself. */
const struct md_dkim_verdicts *md_dkim_verify_aside(struct md_ctx *);

/*
 * Verifies one signature of any kind (ARC-Message-Signature too, not ARC-Seal) in a message.
 * In memory of the context.
 */
const struct md_dkim_verdict *md_dkim_verify_one(struct md_ctx *, const struct md_message *,
                                                 const struct md_field *,
                                                 enum md_signature_kind);

/*
 * The public key for a signature: asks the DNS.  In memory of the context.  Of several records
 * the first; md_dkim_key_at gives each of them (number < nrecords).
 */
struct md_dkim_published md_dkim_key_for(struct md_ctx *, const struct md_dkim_signature *);
struct md_dkim_published md_dkim_key_at(struct md_ctx *, const struct md_dkim_published *,
                                        size_t number);

/*
 * May this key verify this signature (RFC 6376 6.1.2)?  MD_DKIM_SOUND, or what forbids it, and
 * *why, a line.
 */
enum md_dkim_cause md_dkim_key_fits(struct md_ctx *, const struct md_dkim_signature *,
                                    const struct md_dkim_key *, const char **why);

/* "brisbane._domainkey.example.com", where the key of a signature stands; "" when d= or s= is
 * no name. */
const char *md_dkim_key_name(struct md_arena *, const struct md_dkim_signature *);

#endif
