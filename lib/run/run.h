/* One run, seen from the engine: tasks that are attempted until none is waiting. */
#ifndef MD_RUN_H
#define MD_RUN_H

#include <sys/queue.h>

#include "ask/ctx.h"
#include "domain/role.h"
#include "kind/sources.h"
#include "maildiag.h"
#include "run/outage_clock.h"

enum md_phase { MD_RUN_WAITING, MD_RUN_SOON, MD_RUN_READY, MD_RUN_DONE, MD_RUN_TAKEN };

struct md_run {
	struct md_asking asking;

	/* The engine's part: the queue of its phase, and the one ordered by deadline. */
	struct md_engine *engine;
	bool apart; /* in none of its queues: judged at once (again.h) */
	enum md_phase phase;
	TAILQ_ENTRY(md_run) queue, by_deadline;
	int64_t started, due; /* ms on the monotonic clock; due in phase SOON */
	struct md_deadline deadline;

	struct md_run_options
	        options; /* with defaults filled in; strings and lists are the run's */
	struct md_requester requester; /* how facts are fetched for it */
	size_t ntasks;
	struct md_task *tasks;           /* the checks', then one for the role */
	size_t dispatched;               /* entries of the store that have been sent for */
	size_t open;                     /* fetches under way */
	const struct md_role_view *role; /* set by the last task */
	/* set by the same task; NULL where no role is told */
	const struct md_providers *providers;
	bool roleless; /* no domain whose role could be told: a message, or no domain name */
	/* facts that arrive now are from files: the engine need not be woken */
	bool dispatching;
	struct md_report *report; /* once done */
};

/* A task for each check, and one for the role; false and *why when they are none or too many.
 */
bool md_run_make_tasks(struct md_run *, const struct md_check *const *, const char **why);

/* The requester of a run's facts: where fetches end, and ask for more. */
void md_run_make_requester(struct md_run *);

/* Sends for what is wanted and not under way. */
void md_run_dispatch(struct md_run *);

/*
 * Tries every task that has reason to be tried and sends for what they want, until there is
 * nothing to do but wait.  True when no task is waiting any more.
 */
bool md_run_attempt(struct md_run *);

/* The time is over: what is wanted becomes unknown. */
void md_run_expire(struct md_run *);

/* Forgets what is under way. */
void md_run_cancel_fetches(struct md_run *);

/* Makes the report of a run whose tasks are all done. */
void md_run_finish(struct md_run *, int64_t milliseconds);

/* ---- its place in the engine (queue.c) ---- */

/* Takes a new run in, ready to be attempted; forgets one whatever its phase. */
void md_engine_add(struct md_engine *, struct md_run *);
void md_engine_remove(struct md_run *);

/* When to try again, now that a fact has come. */
enum md_urgency { MD_LATER, MD_SOON, MD_NOW };

/* A fact has come: puts the run where it is due. */
void md_engine_arrived(struct md_run *, enum md_urgency);
void md_run_enter(struct md_run *, enum md_phase);

/* The facts' sources, and the kinds that there are. */
const struct md_sources *md_engine_sources(const struct md_engine *, bool proposed);
const struct md_fact_kind *const *md_engine_kinds(const struct md_engine *);

/* Gives a new run what its checks may ask of the engine. */
void md_engine_lend(const struct md_engine *, struct md_asking *);

#endif
