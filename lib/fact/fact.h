/* What every kind of fact has: a key, a state, and why it is not known. */
#ifndef MD_FACT_H
#define MD_FACT_H

#include <stdbool.h>
#include <stddef.h>

enum md_state {
	MD_WANTED,  /* asked for, not there yet: decide nothing */
	MD_PRESENT, /* here it is */
	MD_ABSENT,  /* we know that there is none */
	MD_UNKNOWN, /* asked, and no answer: md_fact.why says what happened */
};

enum md_fact_kind { MD_FACT_DNS, MD_FACT_OPINION };

/*
 * The head of every fact.  Immutable once it is not wanted any more, one allocation with all
 * it points to, kept as long as a store pins it (store.h).
 */
struct md_fact {
	enum md_fact_kind kind;
	enum md_state state;
	/* unknown because the user wished so (--offline): a limit, no failure */
	bool by_choice;
	unsigned pins; /* the stores that hold it; one thread only */
	/* never NULL; a sentence without its full stop when unknown, else "" */
	const char *why;
};

#endif
