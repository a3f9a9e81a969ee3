/* Identifier alignment: does an authenticated domain speak for the author domain? */
#ifndef MD_ALIGNMENT_H
#define MD_ALIGNMENT_H

#include "ask/ask.h"

enum md_alignment_outcome { MD_ALIGNED, MD_NOT_ALIGNED, MD_ALIGNMENT_UNKNOWN };

struct md_alignment {
	enum md_alignment_outcome outcome;
	bool identical; /* the names are equal */
	/* Organisational domains by tree walk; NULL when not needed or not known. */
	const char *identifier_organisational, *author_organisational;
	bool by_list; /* a receiver of RFC 7489 (Public Suffix List) finds them aligned */
};

/*
 * RFC 9989 sections 4.4 and 4.10.2.  Strict: the names are equal.  Relaxed: equal, or both
 * have the same organisational domain, each found by its own walk.  Names in canonical text.
 * In a derivation or a check, an unknown outcome has recorded its gap.
 */
struct md_alignment md_alignment(struct md_ctx *, const char *identifier, const char *author,
                                 bool strict);

#endif
