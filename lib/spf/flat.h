/* An SPF record flattened: the same senders by ip4 and ip6 alone, where that is possible. */
#ifndef MD_SPF_FLAT_H
#define MD_SPF_FLAT_H

#include "spf/tree.h"

/* A record of the flattened set, to be published at `owner`. */
struct md_spf_flat_record {
	const char *owner, *text;
};

struct md_spf_flat {
	/* Why it cannot be done faithfully, a sentence without its full stop; "" when done. */
	const char *refused;
	bool unknown; /* refused, because something could not be looked up */
	size_t nnetworks;
	/*
	 * in the order to publish them: the domain's own, which includes the others, is
	 * the last
	 */
	size_t nrecords;
	const struct md_spf_flat_record *records;
	bool exp_lost; /* the explanation of the record that it redirects to is not kept */
};

/*
 * For every address the result is that of the tree without its limits (RFC 7208 4.6.4).  Each
 * record has at most 450 octets with its name (3.4); together they need fewer than 10 lookups.
 * In mem.
 */
const struct md_spf_flat *md_spf_flatten(struct md_arena *mem, const struct md_spf_tree *);

#endif
