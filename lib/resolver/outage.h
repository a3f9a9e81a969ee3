/* When none of the usual servers answers: questions are held, later refused, until one does. */
#ifndef MD_OUTAGE_H
#define MD_OUTAGE_H

#include "resolver/query.h"

struct md_resolver;

/*
 * An outage begins when all usual servers are silent (server.h) and ends with the first reply
 * of one.  Sixty times before patience is over one of them is asked for the root's name
 * servers, which every resolver knows: so one that lives is told from domains that are dead.
 */
struct md_outage {
	uint64_t patience; /* microseconds; 0: questions fail one by one, nothing is held */
	uint64_t since;    /* 0: there is none */
	bool proven;       /* a question for the root had no reply, either */
	bool refusing;     /* patience is over */
	uint64_t probe_at;
	unsigned probed; /* servers, one after the other */
	struct md_query_list held;
	const char *why; /* "no resolver has answered for 60 s" */
};

void md_outage_init(struct md_outage *, struct md_arena *, double patience);

/* No reply to a query, or (for certain) nobody there to give one. */
void md_outage_silence(struct md_resolver *, struct md_query *, bool certain);

/* A server has replied to it. */
void md_outage_reply(struct md_resolver *, struct md_query *);

/* True: there is an outage, which holds or has refused this query instead of sending it. */
bool md_outage_takes(struct md_resolver *, struct md_query *);

/* Sends the probe that is due; refuses all that is held when patience is over. */
void md_outage_step(struct md_resolver *);

/* Microseconds until that must be called, or UINT64_MAX. */
uint64_t md_outage_wait(const struct md_resolver *);

#endif
