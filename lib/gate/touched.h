/* What a proposal is about: the domains whose mail it can touch, and the selectors in it. */
#ifndef MD_GATE_FOUND_H
#define MD_GATE_FOUND_H

#include "base/index.h"
#include "proposal/proposal.h"

struct md_zone;

/* Selectors of one domain, in the order found. */
struct md_found_keys {
	size_t n;
	const char **selectors;
};

/* Start with md_found_init. */
struct md_found {
	struct md_arena *mem;
	size_t ndomains;
	const char **domains; /* once each, in the order found */
	struct md_index names;
	struct md_index keys;      /* what was found below _domainkey, by "SELECTOR DOMAIN" */
	struct md_index by_domain; /* of struct md_found_keys */
};

void md_found_init(struct md_found *, struct md_arena *);

/*
 * Adds the domains and selectors of a proposal.  Domains of a zone: its apex, and every name
 * with an MX, SPF or DMARC record, but for SPF records at names with "_", which are there to be
 * included.  Of a single change: the domain that its name belongs to; of NS, that name itself.
 */
void md_found_in(struct md_found *, const struct md_proposal *);

/*
 * Adds what the zones before the change have, as far as the proposal has a part in them: of
 * domains those that a zone has, and those whose keys go.
 */
void md_found_before(struct md_found *, const struct md_proposal *before,
                     const struct md_proposal *after);

/* Adds one name, unless it is known, a public suffix or a wildcard. */
void md_found_add(struct md_found *, const char *domain);

/* The selectors found of a domain. */
struct md_found_keys md_found_keys_of(const struct md_found *, const char *domain);

/* The domain that mail records of this name and type are for; in mem or the same string. */
const char *md_found_domain_of(struct md_arena *, const char *name, uint16_t type);

/* The selector and domain that a name of a key has; false for other names. */
bool md_found_selector(struct md_arena *, const char *name, const char **selector,
                       const char **domain);

/*
 * The name that was meant by one whose final dot was lost, so that its zone's name stands there
 * twice; else the name itself.  Nobody asks for such a name, so its records are of no use but
 * to whom was meant.
 */
const char *md_found_meant(struct md_arena *, const char *name);

/* The apex of the proposed zone in which the domain lies, or "". */
const char *md_found_apex(const struct md_proposal *, const char *domain);

#endif
