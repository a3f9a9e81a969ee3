/* The rules of the dkim check, for the files that it is made of. */
#ifndef MD_CHECKS_DKIM_H
#define MD_CHECKS_DKIM_H

#include "ask/check.h"
#include "record/dkim_key.h"

enum {
	DKIM_NO_SELECTOR_KNOWN,
	DKIM_KEY_MISSING,
	DKIM_KEY_CNAME_ABANDONED,
	DKIM_KEY_CNAME_DOUBLED,
	DKIM_KEY_SPLIT,
	DKIM_KEY_MULTIPLE,
	DKIM_KEY_BAD_VERSION,
	DKIM_KEY_REVOKED,
	DKIM_KEY_UNUSABLE,
	DKIM_KEY_TAG,
	DKIM_KEY_RSA_UNDER_1024,
	DKIM_KEY_RSA_1024,
	DKIM_KEY_ED25519_SPKI,
	DKIM_KEY_ED25519_ONLY,
	DKIM_KEY_TESTING,
};

/* A selector to ask about. */
struct md_selector {
	const char *name;
	const char *owner;  /* where its key stands: NAME._domainkey.DOMAIN */
	const char *origin; /* "given", "Microsoft 365", "tried" */
	bool given;         /* by the user: then its key must be there */
};

struct md_selectors {
	size_t n, ngiven;
	struct md_selector *list; /* each name once; given ones first */
};

/* selectors.c: given ones, those of the domain's providers, and common ones. */
const struct md_selectors *md_dkim_selectors(struct md_ctx *);

/* Is the (first) TXT record meant as a key at all? */
bool md_dkim_is_key(struct md_ctx *, const struct md_dns *txt);

/*
 * Does the answer for a selector that was only tried count?  It must be a key, or an alias
 * without one, and must differ from what a wildcard answers for every name.  False while an
 * answer is wanted.
 */
bool md_dkim_tells(struct md_ctx *, const struct md_dns *txt);

/* Is it no key, but what a wildcard answers for every name?  Then the selector has none. */
bool md_dkim_is_wildcards(struct md_ctx *, const struct md_dns *txt);

/* ", alias of a, of b", the aliases that were followed; "" for none. */
const char *md_dkim_chain(struct md_ctx *, const struct md_dns *txt);

/* Notes the providers and, in a single report, the wildcard below _domainkey. */
void md_dkim_note_surroundings(struct md_ctx *);

/* absent.c: why there is no key at the selector's name, as its answer is. */
void md_dkim_judge_absence(struct md_ctx *, const struct md_selector *, const struct md_dns *);

/* split.c: the key whose pieces are the several records of the answer; NULL if they are not. */
const char *md_dkim_joined(struct md_ctx *, const struct md_dns *txt);

/*
 * judge.c: judges the answer for a selector, which is known, and notes it.  The key when
 * there is exactly one record, else NULL.
 */
const struct md_dkim_key *md_dkim_judge(struct md_ctx *, const struct md_selector *,
                                        const struct md_dns *txt);

#endif
