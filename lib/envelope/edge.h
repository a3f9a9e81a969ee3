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
 * From the top, past hops inside the receiving organisation: those without a client's address,
 * with one that the Internet does not reach, by LMTP and the like, or from a host of the
 * organisation itself.  The receiver's own Received-SPF names the client better than that.
 */
struct md_edge md_edge_find(struct md_ctx *, const struct md_route *);

#endif
