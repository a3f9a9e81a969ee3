/* How a proposal finds what it says of a name. */
#ifndef MD_PROPOSAL_PROPOSED_H
#define MD_PROPOSAL_PROPOSED_H

#include "proposal/proposal.h"
#include "proposal/spared.h"

/* A zone, where it is found by its apex. */
struct md_proposed_zone {
	const char *apex;
	struct md_zone *zone;
	size_t nspared;
	const struct md_spared *spared;
};

/* As strcmp: the order of changes, by name and type. */
int md_change_compare(const char *name, uint16_t type, const struct md_change *);

#endif
