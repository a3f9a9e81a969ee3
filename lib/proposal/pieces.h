/* Records and changes as inputs tell them, before those of one name and type are joined. */
#ifndef MD_PROPOSAL_PIECES_H
#define MD_PROPOSAL_PIECES_H

#include "proposal/proposed.h"

struct md_piece {
	struct md_change change; /* of one record, or of none */
	size_t order;            /* in which it came */
};

/* Sorts them, and joins those of one name and type; *n: how many are left, sorted. */
struct md_change *md_pieces_joined(struct md_arena *, struct md_piece *, size_t npieces,
                                   size_t *n);

#endif
