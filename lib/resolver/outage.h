/* When no configured server answers: questions are held, later refused, until one does. */
#ifndef MD_OUTAGE_H
#define MD_OUTAGE_H

#include "resolver/query.h"

struct md_resolver;

/*
 * An outage begins when all configured servers are silent (server.h) and ends with the first
 * reply of one.  Sixty times before patience is over one of them is asked for the root's name
 * servers.  Every resolver knows these, so the probe tells a server that lives from domains
 * that are dead.
 */
struct md_outage {
	uint64_t patience; /* microseconds; 0: questions fail one by one, nothing is held */
	uint64_t since;    /* 0: there is none */
	bool proven;       /* a question for the root had no reply, either */
	bool refusing;     /* patience is over */
	uint64_t probe_at;
	bool probe_wanted; /* a question was refused after that moment */
	unsigned probed;   /* servers, one after the other */
	struct md_query_list held;
	const char *why; /* "no resolver has answered for 60 s" */
};

void md_outage_init(struct md_outage *, struct md_arena *, double patience);

/* No reply to a query, or (for certain) nobody there to give one. */
void md_outage_silence(struct md_resolver *, struct md_query *, bool certain);

/* A server has replied to it.  True: that ends an outage, and what it holds can be released. */
bool md_outage_reply(struct md_resolver *, struct md_query *);

/* Takes one query out of those held by an outage that is over; NULL: there is none left. */
struct md_query *md_outage_release(struct md_outage *);

/* May a query be sent, or its next attempt be made? */
enum md_outage_answer { MD_OUTAGE_GO, MD_OUTAGE_HOLD, MD_OUTAGE_REFUSE };
enum md_outage_answer md_outage_says(struct md_resolver *, const struct md_query *);

/* Why this query is refused. */
const char *md_outage_why(const struct md_resolver *, const struct md_query *);

/* Is patience over? */
bool md_outage_refuses(struct md_resolver *);

/* The server to which a probe is due now, once for each; NULL: to none. */
const struct md_server *md_outage_probes(struct md_resolver *);

/* Microseconds until the last two must be called, or UINT64_MAX. */
uint64_t md_outage_wait(const struct md_resolver *);

#endif
