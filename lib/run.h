/* One run, seen from the engine: tasks that are attempted until none is waiting. */
#ifndef MD_RUN_H
#define MD_RUN_H

#include <sys/queue.h>

#include "auth/role.h"
#include "base/arena.h"
#include "check.h"
#include "fact/fetch.h"
#include "fact/store.h"
#include "maildiag.h"
#include "net/witness.h"
#include "standstill.h"

/* A gap met on the way, until the report is made of it. */
struct md_gaps {
	struct md_gap *first, **last;
};

/* One check of one run, and what its last attempt came to. */
struct md_task {
	const struct md_check *check;
	struct md_result result;
	unsigned bit;     /* its place in md_entry.waiting */
	unsigned missing; /* facts it waits for */
	bool arrived;     /* one of them has come since the last attempt */
	bool done;
};

struct md_derived {
	struct md_derived *next;
	md_derive_fn *fn;
	const char *arg;
	const void *result;
	struct md_gap *gaps;
};

/* A second opinion that was asked for, and what is known of it. */
struct md_asked_opinion {
	struct md_asked_opinion *next;
	struct md_run *run;
	const char *engine, *input;
	const struct md_opinion *fact; /* never NULL: wanted at first */
	struct md_opinion *held;       /* the same once it is pinned, else NULL */
	struct md_witness *witness;    /* under way, or NULL */
	const struct md_entry *wants;  /* what the witness waits for, or NULL */
	uint64_t waiting;              /* a bit for each check that saw it wanted */
};

enum md_phase { MD_RUN_WAITING, MD_RUN_SOON, MD_RUN_READY, MD_RUN_DONE, MD_RUN_TAKEN };

struct md_run {
	/* The engine's part: the queue of its phase, and the one ordered by deadline. */
	struct md_engine *engine;
	enum md_phase phase;
	TAILQ_ENTRY(md_run) queue, by_deadline;
	int64_t started, due; /* ms on the monotonic clock; due in phase SOON */
	struct md_deadline deadline;

	struct md_arena *mem;
	struct md_store store;
	struct md_subject subject;
	/* with defaults filled in; strings and lists are the run's */
	struct md_run_options options;
	size_t ntasks;
	struct md_task *tasks; /* the checks', then one for the role */
	size_t dispatched;     /* entries of the store that have been sent for */
	size_t open;           /* fetches and witnesses under way */
	struct md_asked_opinion *opinions, **last_opinion; /* in the order of their asking */
	size_t nopinions;
	struct md_derived *derived;
	const struct md_role_view *role;      /* set by the last task */
	const struct md_providers *providers; /* set by it; NULL where there is no role */
	bool roleless;    /* no domain whose role could be told: a message, or no domain name */
	bool expired;     /* past its deadline: whatever is wanted now is unknown */
	bool dispatching; /* facts that come now come from files: no need to wake the engine */
	struct md_report *report; /* once done */
};

/* One attempt of one task. */
struct md_ctx {
	struct md_run *run;
	struct md_task *task;
	struct md_arena *mem;
	struct md_gaps *gaps;
	struct md_finding *last; /* what md_publish and md_point add to */
	struct md_note **last_note;
	const struct md_deriving *deriving; /* stack of derivations under way */
	bool waiting;
};

/* A derivation under way: needing itself would never end. */
struct md_deriving {
	const struct md_deriving *outer;
	md_derive_fn *fn;
	const char *arg;
};

/* The rule of this number in the check's table; NULL for MD_NO_RULE. */
const struct md_rule *md_rule_of(const struct md_ctx *, unsigned rule);

/*
 * The entry for a question in canonical form, already unknown when it must not be asked.  The
 * other: this attempt waits for what these bits belong to.
 */
struct md_entry *md_run_want(struct md_run *, const struct md_question *);
void md_wait_for(struct md_ctx *, uint64_t *waiting);

/* Sends for what is wanted and not under way. */
void md_run_dispatch(struct md_run *);

/* A fact that these bits' tasks waited for is there. */
void md_run_arrived(struct md_run *, uint64_t *waiting);

/* Records a gap with the attempt or the derivation, once. */
void md_gap_add(struct md_ctx *, const struct md_gap *);

/*
 * Tries every task that has reason to be tried and sends for what they want, until there is
 * nothing to do but wait.  True when no task is waiting any more.
 */
bool md_run_attempt(struct md_run *);

/* When to try again, now that a fact has come. */
enum md_urgency { MD_LATER, MD_SOON, MD_NOW };
enum md_urgency md_run_urgency(const struct md_run *);

/* The time is over: what is wanted becomes unknown. */
void md_run_expire(struct md_run *);

/* Forgets what is under way. */
void md_run_cancel_fetches(struct md_run *);

/* ---- second opinions (opinions.c) ---- */

/* Calls the witnesses that are wanted and not under way. */
void md_opinions_dispatch(struct md_run *);

/* A fact has come that one of them may wait for. */
void md_opinions_tell(struct md_run *, const struct md_entry *);

/* Sends them home; and then whatever is wanted still is unknown, for this reason. */
void md_opinions_cancel(struct md_run *);
void md_opinions_expire(struct md_run *, const char *why);
void md_opinions_done(struct md_run *);

/* Makes the report of a run whose tasks are all done. */
void md_run_finish(struct md_run *, int64_t milliseconds);

/* Takes a new run in, ready to be attempted; forgets one whatever its phase. */
void md_engine_add(struct md_engine *, struct md_run *);
void md_engine_remove(struct md_run *);

/* A fact has come: the engine puts the run where it is due (loop.c). */
void md_engine_arrived(struct md_run *);

/* What runs in bulk share (NULL: nothing), and the monotonic time in ms that it goes by. */
struct md_cache *md_engine_cache(const struct md_engine *);
int64_t md_engine_clock(void);

/* The facts' sources and the data files of the engine. */
const struct md_sources *md_engine_sources(const struct md_engine *, bool proposed);

/* Who gives second opinions; NULL and *why, a phrase, when nobody does. */
struct md_witnesses *md_engine_witnesses(const struct md_engine *, const char **why);
struct md_keyring *md_engine_keyring(const struct md_engine *);
struct md_str md_engine_datafile(const struct md_engine *, const char *name);

#endif
