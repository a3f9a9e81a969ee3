/* A witness from inside: how it starts (witness.c), talks (talk.c) and ends (end.c). */
#ifndef MD_WITNESS_TALK_H
#define MD_WITNESS_TALK_H

#include <sys/queue.h>
#include <sys/types.h>

#include "base/arena.h"
#include "net/io.h"
#include "witness/witness.h"

/* Our end of the socket; outlived by the witness, and freed by the loop. */
struct md_witness_line {
	struct md_io io;
	struct md_witness *witness;
};

enum md_witness_phase { MD_WITNESS_QUEUED, MD_WITNESS_TALKING, MD_WITNESS_LEAVING };

struct md_witness {
	TAILQ_ENTRY(md_witness) place; /* in the queue, or among those that run */
	struct md_arena *mem;
	struct md_witnesses *all;
	const struct md_witness_calls *calls; /* NULL once it has ended, or is dismissed */
	void *arg;
	const char *engine, *input;
	unsigned seconds;
	const char *failed; /* why it could not be started; or NULL */

	enum md_witness_phase phase;
	pid_t pid; /* 0: no process */
	bool thinking;
	uint64_t left, until; /* microseconds to think, and the moment when they are over */
	struct md_witness_line *line; /* NULL once closed */
	char said[MD_TESTIMONY_LINE];
	size_t nsaid, octets;
	unsigned questions;
	struct md_arena *answers; /* the line that is to be sent lives here */
	struct md_str line_to_send, message[MD_WITNESS_PIECES]; /* still to be sent */
};

TAILQ_HEAD(md_witness_list, md_witness);

struct md_witnesses {
	struct md_arena *mem;
	struct md_loop loop;
	const char *program;
	struct md_witness_list queue, running;
	unsigned talking;
};

/* Closes the line; what becomes of the process is seen when it is reaped. */
void md_witness_hang_up(struct md_witness *);

/* Hangs up and kills it, with what it may have started. */
void md_witness_end(struct md_witness *);

/* Tells its caller, and ends it: with an opinion, or with why there is none. */
void md_witness_conclude(struct md_witness *, const struct md_opinion *);
void md_witness_conclude_without(struct md_witness *, const char *fmt, ...) MD_PRINTF(2, 3);

/* Sends a line that lives in w->answers, and lets it think. */
void md_witness_say(struct md_witness *, const char *line);

/* Takes what it says: the line's ready(). */
void md_witness_ready(struct md_io *, uint32_t events);

#endif
