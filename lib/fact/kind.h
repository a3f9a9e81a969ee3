/*
 * A kind of fact: all that stores, caches, facts files, runs and the gate know of it.
 *
 * A new kind is a file that ends in one md_fact_kind, and a line in kind/kinds.c.  Its facts
 * are structs that begin with a md_fact; its questions are whatever tells one fact from
 * another.
 */
#ifndef MD_FACT_KIND_H
#define MD_FACT_KIND_H

#include <stdint.h>

#include "fact/fact.h"

struct md_arena;
struct md_doc;
struct md_json;
struct md_members;
struct md_place;
struct md_read;
struct md_sources;

/* ---- fetching ---- */

/* A fetch under way: the first member of what a kind needs for it. */
struct md_fetch {
	void (*cancel)(struct md_fetch *); /* ends it, and calls nobody */
};

/* Does nothing for NULL. */
void md_fetch_cancel(struct md_fetch *);

/* Called once, with a fact that a fetch asked for on its way. */
typedef void md_told_fn(void *to, const struct md_fact *);

/* Who asks for a fact, and what a fetch may use. */
struct md_requester {
	const struct md_sources *sources; /* kind/sources.h */
	struct md_arena *mem;             /* outlives the fetch */
	bool bulk;                        /* many subjects are examined at once */

	/* Ends a fetch: takes a packed fact, perhaps pinned by others.  `arg` is fetch()'s. */
	void (*done)(void *arg, struct md_fact *);

	/*
	 * Asks for another fact of the same run, as a check does.  Returns the fact when it is
	 * known.  Else returns NULL, and calls told() once the fact is there, unless the fetch
	 * is cancelled before.  NULL for what is fetched for both sides of the gate: such a
	 * fetch must not ask.
	 */
	const struct md_fact *(*ask)(void *arg, const struct md_fact_kind *,
	                             const void *question, md_told_fn *told, void *to);
};

/* ---- the kind ---- */

/* A lifetime without an end. */
#define MD_FOR_GOOD INT64_MAX

struct md_fact_kind {
	const char *name; /* "dns": the word after "fact" in facts files */

	/* The member of a JSON report that lists these facts; NULL: "facts" in "dns". */
	const char *member;

	/*
	 * Somebody's opinion and no evidence about the subject: a report that has no other
	 * facts knows nothing.
	 */
	bool opinion;

	/*
	 * In the gate the fact hangs on the side that asks for it, and its fetch minds the
	 * sides. Facts of other kinds are fetched once for both (kind/frozen.h); their fetches
	 * must not ask for others.
	 */
	bool per_side;

	/* Stands before the reason of a fact that could not be fetched ("no second opinion: ").
	 */
	const char *lacking;

	/* ---- its questions ---- */
	size_t (*hash)(const void *question);
	bool (*same)(const void *question, const void *other);

	/* "MX example.com": what a gap calls it.  The same text for the same question. */
	const char *(*words)(struct md_arena *, const void *question);

	/* Why this can never be asked, or NULL.  The member is NULL when all can. */
	const char *(*refuse)(const void *question);

	/*
	 * Is the question about this domain's own names?  Then hardly another run will ask it.
	 */
	bool (*own)(const void *question, const char *domain);

	/* The name in the DNS that it asks for, and the type; the member is NULL for other
	 * kinds. */
	const char *(*name_in_dns)(const void *question, uint16_t *type);

	/* ---- its facts ---- */
	const void *(*question)(const struct md_fact *);

	/* A fact that is wanted, with a copy of the question, all in the arena. */
	struct md_fact *(*blank)(struct md_arena *, const void *question);

	/* A copy in one malloc'd block, without pins, its size in .bytes. */
	struct md_fact *(*pack)(const struct md_fact *);

	/* Do two facts of one question say the same in every detail? */
	bool (*equal)(const struct md_fact *, const struct md_fact *);

	/* Do they say the same to a check?  How long they live, and why they fail, is no
	 * matter. */
	bool (*alike)(const struct md_fact *, const struct md_fact *);

	/* Milliseconds for which other runs may use it, MD_FOR_GOOD, or 0.  The member is NULL
	 * when no other run may. */
	int64_t (*lifetime)(const struct md_fact *);

	/* What it means that this fact is unknown. */
	enum md_gap_kind (*gap)(const struct md_fact *);

	/* Why it is unknown, as a gap puts it; the member is NULL for md_fact.why. */
	const char *(*gap_why)(const struct md_fact *);

	/* Tells of it in a document, a line or more: what was asked, and what came of it. */
	void (*tell)(struct md_doc *, const struct md_fact *);

	/* ---- facts files (docs/FORMATS.md) ---- */

	/* Writes it as an object. */
	void (*write)(struct md_json *, const struct md_fact *);

	/* Reads it into in->mem; in->why says what is wrong.  `where` is the line it stands in.
	 */
	struct md_fact *(*read)(struct md_read *in, const struct md_members *line,
	                        const struct md_place *where);

	/* ---- the world ---- */

	/*
	 * Sends for the fact of a question; the question lives as long as the requester.  Works
	 * by a descriptor of its own (sources->loop), on a thread (sources->pool), or by a
	 * spawned program (witness/witness.h), and never blocks.  Ends in requester->done(arg,
	 * fact), perhaps before it returns.  Until then *handle is the fetch; afterwards it is
	 * NULL.
	 * What a thread uses must not live in requester->mem: the run may be freed before the
	 * thread has ended.  In the gate (sources->frozen) a kind that asks the world fetches
	 * by md_frozen_fetch, so that both sides get one answer.
	 */
	void (*fetch)(const struct md_requester *, void *arg, const void *question,
	              struct md_fetch **handle);
};

/* A packed fact of which nothing is known, for this reason. */
struct md_fact *md_fact_unknown(const struct md_fact_kind *, const void *question,
                                bool by_choice, const char *why);

#endif
