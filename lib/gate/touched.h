/* What a proposal is about: the domains whose mail it can touch, and the selectors in it. */
#ifndef MD_GATE_FOUND_H
#define MD_GATE_FOUND_H

#include "proposal/proposal.h"

struct md_found {
	struct md_arena *mem;
	size_t ndomains, nselectors;
	const char **domains; /* once each, in the order found */
	struct md_found_selector {
		const char *selector, *domain;
	} * selectors;
};

/*
 * Adds the domains and selectors of a proposal.  Domains of a zone: its apex, and every name
 * with an MX, SPF or DMARC record, but for SPF records at names with "_", which are there to be
 * included.  Of a single change: the domain that its name belongs to.
 */
void md_found_in(struct md_found *, const struct md_proposal *);

/* The selectors of the zone as it is. */
void md_found_before(struct md_found *, const struct md_zone *);

/* The domain that mail records of this name and type are for; in mem or the same string. */
const char *md_found_domain_of(struct md_arena *, const char *name, uint16_t type);

/* The selector and domain that a name of a key has; false for other names. */
bool md_found_selector(struct md_arena *, const char *name, const char **selector,
                       const char **domain);

/* The apex of the proposed zone in which the domain lies, or "". */
const char *md_found_apex(const struct md_proposal *, const char *domain);

#endif
