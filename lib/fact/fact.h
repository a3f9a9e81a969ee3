/* What every kind of fact has: its kind, a state, and why it is not known. */
#ifndef MD_FACT_H
#define MD_FACT_H

#include <stdbool.h>
#include <stddef.h>

struct md_fact_kind; /* kind.h */

enum md_state {
	MD_WANTED,  /* asked for, not there yet: decide nothing */
	MD_PRESENT, /* here it is */
	MD_ABSENT,  /* we know that there is none */
	MD_UNKNOWN, /* asked, and no answer: md_fact.why says what happened */
};

/* "wanted", "present", "absent", "unknown": the words of facts files. */
const char *md_state_name(enum md_state);

/* What it means for a report that something is not known. */
enum md_gap_kind {
	MD_INCONCLUSIVE, /* DNS or a server failed: counts for exit status 4 */
	MD_LIMIT,        /* cannot be known from here, or was not wished: shown, never counts */
	MD_BLIND, /* a limit that leaves the check without its answer: its verdict is unknown */
};

/*
 * The head of every fact, and the first member of its kind's struct.  A fact that is no longer
 * wanted is immutable, is one allocation with all that it points to, and lives as long as a
 * store pins it.
 */
struct md_fact {
	const struct md_fact_kind *kind;
	enum md_state state;
	/* unknown because the user wished so (--offline): a limit, no failure */
	bool by_choice;
	unsigned pins; /* the stores that hold it; one thread only */
	size_t bytes;  /* of the allocation; 0 when it was not packed */
	/* never NULL; a sentence without its full stop when unknown, else "" */
	const char *why;
};

/* Takes one pin off, and frees the fact with the last. */
void md_fact_unpin(struct md_fact *);

#endif
