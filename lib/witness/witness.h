/* Witnesses: one process for each second opinion, asked over a socket, and never trusted. */
#ifndef MD_WITNESS_H
#define MD_WITNESS_H

#include "witness/testimony.h"

struct md_witness;
struct md_witnesses;

/* Called from md_witnesses_step alone, with the arg given to md_witness_call. */
struct md_witness_calls {
	/*
	 * It wants to know: answer with md_witness_tell, now or later.  Lives during the call.
	 */
	void (*asks)(void *arg, const struct md_question *);
	/* Once, at its end, unless dismissed: its opinion, or why there is none. */
	void (*ends)(void *arg, const struct md_opinion *);
};

/* `program` speaks as testimony.h says; it is spawned when it is needed.  NULL and *why. */
struct md_witnesses *md_witnesses_new(struct md_arena *mem, const char *program,
                                      const char **why);
void md_witnesses_free(struct md_witnesses *); /* ends them all, calls nobody; NULL is fine */

enum { MD_WITNESS_PIECES = 3 };

/* What a witness is asked. */
struct md_witness_question {
	const char *engine;
	const char *input; /* md_opinion_input */
	unsigned seconds;  /* to think */
	/*
	 * the octets of a message, one piece after the other: not copied, they must live until
	 * the end; all empty for none
	 */
	struct md_str message[MD_WITNESS_PIECES];
};

/* Asks one engine for its opinion.  Some wait for others. */
struct md_witness *md_witness_call(struct md_witnesses *, const struct md_witness_question *,
                                   const struct md_witness_calls *, void *arg);
void md_witness_tell(struct md_witness *, const struct md_dns *);
void md_witness_dismiss(struct md_witness *); /* nobody wants to hear it any more */

int md_witnesses_fd(const struct md_witnesses *);      /* pollable */
int md_witnesses_timeout(const struct md_witnesses *); /* ms until step must run; -1: no need */
void md_witnesses_step(struct md_witnesses *);         /* never blocks */

#endif
