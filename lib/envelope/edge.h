/* The trusted edge of a message: the Received field that the handover to the receiver wrote. */
#ifndef MD_ENVELOPE_EDGE_H
#define MD_ENVELOPE_EDGE_H

#include "envelope/envelope.h"

struct md_edge {
	const struct md_received *hop; /* NULL for none */
	/* Fields above this one are the receiver's; NULL: none is known to be. */
	const struct md_field *limit;
	const char *why; /* how it was found, or why not: one line */
};

/*
 * Finds the edge from the top, past hops inside the receiving organisation: hops without a
 * client's address or with one that the Internet does not reach, hops by LMTP and the like, and
 * hops from a host of the organisation itself.  Where the receiver's own Received-SPF names the
 * client, that decides.
 */
struct md_edge md_edge_find(struct md_ctx *, const struct md_route *);

#endif
