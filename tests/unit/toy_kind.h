/* A kind of fact that exists in tests alone: how many letters a word has, told after a while.
 */
#ifndef TOY_KIND_H
#define TOY_KIND_H

#include "fact/kind.h"

struct toy_question {
	const char *word;
	/* No part of the key: ms of work, and how many it may take; by a timer's descriptor. */
	unsigned takes, patience;
	bool by_descriptor;
};

struct toy {
	struct md_fact fact;
	struct toy_question question;
	unsigned letters;
};

extern const struct md_fact_kind toy_kind;

/* How often the work was done, by all threads. */
unsigned toy_worked(void);

#endif
