/* Blocking work on a few threads, each piece with a deadline; it ends on the thread that asked.
 */
#ifndef MD_POOL_H
#define MD_POOL_H

#include <stdbool.h>

struct md_arena;
struct md_loop;
struct md_pool;
struct md_work;

/* How a piece of work ended. */
enum md_work_end {
	MD_WORK_DONE,    /* work() has returned in time */
	MD_WORK_LATE,    /* its time is over */
	MD_WORK_REFUSED, /* work() was not called: no thread or no descriptor was left for it */
};

/*
 * A piece of work.  done() and drop() are called on the pool's own thread, by md_loop_step or
 * md_pool_step; work() runs on another, and must touch nothing but its argument.
 */
struct md_job {
	void *arg;
	unsigned milliseconds; /* for work(), from its beginning */

	/* Blocks only in md_work_wait, or for moments: nobody can end it but itself. */
	void (*work)(struct md_work *, void *arg);

	/* Once, unless cancelled. */
	void (*done)(void *arg, enum md_work_end);

	/* Once, after all else: nobody uses arg any more. */
	void (*drop)(void *arg);
};

/* At most `most` pieces of work run at once, others wait.  Threads start when they are needed.
 */
struct md_pool *md_pool_new(struct md_arena *, struct md_loop *, unsigned most,
                            const char **why); /* NULL and *why without a descriptor */

/* Tells all work to end and waits for it, calls done() of none; NULL is fine. */
void md_pool_free(struct md_pool *);

/* The work, to be cancelled until done() or drop() was called; its job is copied. */
struct md_work *md_pool_start(struct md_pool *, const struct md_job *);

/* done() will not be called; work() is told to end.  drop() may be called before this returns.
 */
void md_pool_cancel(struct md_work *);

/* For work(): waits until a descriptor is ready for events of poll(2).  False: end now. */
bool md_work_wait(struct md_work *, int fd, short events);

/* For work(): waits for so long.  False: end now. */
bool md_work_pause(struct md_work *, unsigned milliseconds);

/* Ends what is late; ms until that must be looked at again, or -1. */
void md_pool_step(struct md_pool *);
int md_pool_timeout(struct md_pool *);

#endif
