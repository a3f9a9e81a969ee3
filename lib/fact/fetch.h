/* The stack of sources: a question goes down it, alias by alias, and comes back as a fact. */
#ifndef MD_FETCH_H
#define MD_FETCH_H

#include "fact/dns.h"

struct md_fetch;
struct md_replay;
struct md_zone;
struct md_proposal;
struct md_store;
struct md_resolver;

/* What stands under the facts of an engine.  Absent ones are NULL or 0. */
struct md_sources {
	const struct md_replay *replay;
	size_t nzones;
	struct md_zone *const *zones;
	/*
	 * In the gate: what is asked for on both sides is answered once, from the sources in
	 * `base`, and then kept in `frozen`; the side that is proposed has the proposal in
	 * front.  All NULL elsewhere.
	 */
	const struct md_sources *base;
	struct md_store *frozen;
	const struct md_proposal *proposal;
	/* NULL: offline, and what nobody above knows is unknown by choice */
	struct md_resolver *resolver;
};

/* Called once with a new fact, whose pins are yours to set. */
typedef void md_fetched_fn(void *arg, struct md_dns *fact);

/*
 * Fetches a fact: fn is called with it, perhaps before this returns.  Until then *handle is
 * the fetch under way, for md_fetch_cancel; afterwards NULL.
 */
void md_fetch_start(const struct md_sources *, const struct md_question *, md_fetched_fn *fn,
                    void *arg, struct md_fetch **handle);

/* The asker is gone: forget it.  NULL is fine. */
void md_fetch_cancel(struct md_fetch *);

/* A fact that is unknown without asking anybody: for caps and deadlines.  why is copied. */
struct md_dns *md_fetch_unknown(const struct md_question *, const char *why);

#endif
