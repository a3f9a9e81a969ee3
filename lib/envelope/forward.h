/* Was the message forwarded on its way, and what tells so? */
#ifndef MD_ENVELOPE_FORWARD_H
#define MD_ENVELOPE_FORWARD_H

#include "envelope/envelope.h"

struct md_forwarding {
	const char *by;  /* "Gmail", or the forwarder's host or domain */
	const char *how; /* what tells so: one line */
	/*
	 * Of plain forwarding, which keeps the reverse-path: the hop before, whose client SPF
	 * lets pass.  NULL: the forwarder put a reverse-path of its own.
	 */
	const struct md_received *origin;
};

/* NULL: nothing tells so.  Asks the DNS; in memory of the context. */
const struct md_forwarding *md_forwarding_find(struct md_ctx *, const struct md_envelope *,
                                               const struct md_spf_verdict *);

#endif
