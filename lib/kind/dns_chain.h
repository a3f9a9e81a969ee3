/* A question of the DNS under way: the chain of aliases from its name to its records. */
#ifndef MD_DNS_CHAIN_H
#define MD_DNS_CHAIN_H

#include "kind/dns.h"
#include "resolver/ask.h"

struct md_dns_chain {
	struct md_fetch fetch;
	const struct md_requester *requester;
	void *arg;
	struct md_fetch **handle; /* the requester's, cleared when the fact is there */
	const struct md_sources *sources;
	struct md_arena *mem;
	uint64_t ticket;            /* of the network question under way */
	struct md_requester frozen; /* asks the frozen base, in the gate */
	struct md_fetch *below;     /* the fetch of what the frozen base does not have yet */
	const char *name;           /* where the chain of aliases has come to */
	struct md_dns fact;         /* what is known so far */
	bool any_ad, all_ad, any_ttl;
};

/* The fact is made of what is known, and handed to the requester; the chain is no more. */
void md_chain_finish(struct md_dns_chain *, enum md_state, const char *why);

/* The same with the last link of the chain, and with it the answer. */
void md_chain_finish_as(struct md_dns_chain *, const struct md_dns *link);

/* Goes on at the alias's target.  False: the chain is too long, or a circle, and finished. */
bool md_chain_follow(struct md_dns_chain *, const struct md_rr *alias);

/* The records of the answer section that stand at the name and answer the question. */
bool md_chain_take_records(struct md_dns_chain *, const struct md_reply *);

/* The alias there, or NULL. */
const struct md_rr *md_chain_alias(const struct md_dns_chain *, const struct md_reply *);

/* What was asked of whom, added to what was before. */
void md_chain_take_attempts(struct md_dns_chain *, const struct md_resolved *);

#endif
