/* What the readers of the formats share (proposal_*.c). */
#ifndef MD_PROPOSAL_READ_H
#define MD_PROPOSAL_READ_H

#include "fact/proposal.h"

/* Where everything taken must live. */
struct md_arena *md_proposal_mem(const struct md_proposal_builder *);

/* Is the CNAME of this name taken away, so that an alias from below does not count? */
bool md_proposal_unaliases(const struct md_proposal *, const char *name);

#endif
