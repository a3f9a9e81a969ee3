/* What a domain is for: the records of a parked domain are judged by other rules. */
#ifndef MD_ROLE_H
#define MD_ROLE_H

#include "ask.h"

/*
 * Derived (md_derive) from MX, A/AAAA, SPF and DMARC of the subject: parked when it neither
 * receives (null MX, or neither MX nor address) nor sends (SPF "v=spf1 -all" or none at all);
 * sends only when it does not receive and its SPF permits something; else full.  Unknown while
 * a fact that decides is.  `why` is the evidence in one line.
 */
struct md_role_view {
	enum md_role role;
	const char *why;
};

const struct md_role_view *md_role(struct md_ctx *);

#endif
