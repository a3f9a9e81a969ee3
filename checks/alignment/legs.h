/* The two legs that a message can pass DMARC on, for the files of the alignment check. */
#ifndef MD_CHECKS_ALIGNMENT_H
#define MD_CHECKS_ALIGNMENT_H

#include "ask/check.h"

enum md_leg_state {
	MD_LEG_PASS,    /* an identifier passes and aligns */
	MD_LEG_NO,      /* none can */
	MD_LEG_UNKNOWN, /* for want of an answer, whose gap is recorded; or wanted */
	MD_LEG_UNTOLD,  /* the user has not said enough */
};

struct md_leg {
	enum md_leg_state state;
	const char *text; /* by which identifier, or why not */
};

/*
 * legs.c: SPF for a message from this address (NULL: not given) with the reverse-path
 * of --mail-from or, without it, one in the domain; DKIM for signatures by the selectors given.
 */
struct md_leg md_leg_spf(struct md_ctx *, const struct md_addr *, bool strict);
struct md_leg md_leg_dkim(struct md_ctx *, bool strict);

#endif
