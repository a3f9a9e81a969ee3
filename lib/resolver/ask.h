/* Asking the resolver: questions to the servers of the network, and what came of each attempt.
 */
#ifndef MD_RESOLVER_ASK_H
#define MD_RESOLVER_ASK_H

#include "dns/wire.h"

struct md_resolver;

struct md_resolver_options {
	const char *const
	        *servers;     /* NULL-terminated as in maildiag.h; NULL: /etc/resolv.conf */
	double query_timeout; /* seconds per attempt; 0: resolv.conf's, else 2 */
	unsigned tries;       /* 0: resolv.conf's attempts for each server, else 4 */
	unsigned rate;        /* questions a second over all servers; 0: no limit */
	double patience;      /* seconds to hold questions while no server answers; 0: do not */
};

/* Called once, from md_resolver_step, and may ask and cancel.  The reply, attempts and why live
 * during the call. */
struct md_resolved {
	const struct md_reply *reply; /* NULL: no usable answer */
	const char *why; /* then: "no answer from 192.0.2.53 within 2 s (4 tries)" */
	size_t nattempts;
	const struct md_attempt *attempts;
};
typedef void md_resolved_fn(void *arg, const struct md_resolved *);

struct md_resolver *md_resolver_new(struct md_arena *mem, const struct md_resolver_options *,
                                    const char **why);
void
md_resolver_free(struct md_resolver *); /* forgets open questions, calls nobody; NULL is fine */

/*
 * Asks at the next step; the same question in flight is shared.  question is copied.  The
 * ticket cancels the interest of this asker; after the callback it has no meaning any more.
 * One with a server of its own is asked there alone, never at a non-public address
 * (md_addr_special) that is no resolver of ours.
 */
uint64_t md_resolver_ask(struct md_resolver *, const struct md_question *, md_resolved_fn *,
                         void *arg);
void md_resolver_cancel(struct md_resolver *, uint64_t ticket);

int md_resolver_fd(const struct md_resolver *);      /* pollable */
int md_resolver_timeout(const struct md_resolver *); /* ms until step must run; -1: no need */
void md_resolver_step(struct md_resolver *);         /* never blocks */

/* How many more questions are welcome now; negative when too many wait already. */
long md_resolver_room(const struct md_resolver *);

/* None of its servers answers, and questions are held. */
bool md_resolver_silent(const struct md_resolver *);

/* The usual servers as text, NULL-terminated, for the report. */
const char *const *md_resolver_servers(const struct md_resolver *);

#endif
