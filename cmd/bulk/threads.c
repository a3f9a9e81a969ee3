/*
 * Many subjects on several threads: each thread has an engine of its own and some runs under
 * way; reports are rendered where they are made, and written in the order of the subjects.
 */
#include "threads.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <time.h>
#include <unistd.h>

#include "../kit/interrupt.h"
#include "../kit/progress_line.h"
#include "../kit/say.h"
#include "report/report.h"

enum {
	WINDOW = 1024, /* subjects between the oldest not written and the newest begun */
	MOST_THREADS = 64,
	GLANCE_MS = 100, /* time between two looks at progress and interrupts */
};

/* The report of one subject, until it is written. */
struct slot {
	bool done;
	enum cli_exit status;
	struct cli_pages pages;
};

struct shared {
	struct cli_checking *c;
	size_t share;         /* runs under way at most in each thread */
	pthread_mutex_t lock; /* for all below, and for the source of subjects */
	pthread_cond_t moved; /* the window has room: wakes workers that wait */
	pthread_cond_t left;  /* a worker has ended: wakes oversee() */
	struct slot slots[WINDOW];
	size_t begun, written;
	bool ended;   /* no more subjects */
	bool warned;  /* warnings about zone files were given */
	bool stopped; /* interrupted, or no report can be written any more */
	unsigned working;
	bool seen[CLI_EXIT_INCONCLUSIVE + 1];
};

/* One subject that a thread examines. */
struct task {
	LIST_ENTRY(task) open;
	struct md_arena *mem;
	struct md_run *run;
	size_t number;
};

/* One thread's part. */
struct worker {
	struct shared *shared;
	struct md_engine *engine;
	LIST_HEAD(tasks, task) tasks;
	size_t open;
};

enum given { GIVEN, LATER, NO_MORE };

/* Gives the next subject; LATER when the window is full, unless `patient`: then it waits. */
static enum given
give(struct shared *shared, struct task *task, struct md_run_options *options, bool patient)
{
	enum given given = LATER;

	pthread_mutex_lock(&shared->lock);
	while (patient && !shared->ended && !shared->stopped &&
	       shared->begun - shared->written >= WINDOW)
		pthread_cond_wait(&shared->moved, &shared->lock);
	if (shared->ended || shared->stopped) {
		given = NO_MORE;
	} else if (shared->begun - shared->written < WINDOW) {
		task->mem = md_arena_new();
		if (shared->c->next(shared->c, task->mem, options) == CLI_NEXT_SUBJECT) {
			task->number = shared->begun++;
			given = GIVEN;
		} else {
			md_arena_free(task->mem);
			shared->ended = true;
			given = NO_MORE;
		}
	}
	pthread_mutex_unlock(&shared->lock);
	return given;
}

static void
drop_slot(struct slot *slot)
{
	cli_pages_drop(&slot->pages);
	*slot = (struct slot){ .done = false };
}

/* Writes reports in their order up to the first that is not done.  The caller has the lock. */
static void
write_ready(struct shared *shared)
{
	while (shared->slots[shared->written % WINDOW].done && !shared->stopped) {
		struct slot *slot = &shared->slots[shared->written++ % WINDOW];

		shared->seen[slot->status] = true;
		if (slot->pages.n > 0 && !cli_pages_put(&shared->c->outputs, &slot->pages))
			shared->stopped = shared->seen[CLI_EXIT_TROUBLE] = shared->c->failed =
			        true;
		drop_slot(slot);
	}
	shared->stopped = shared->stopped || cli_outputs_closed(&shared->c->outputs);
	pthread_cond_broadcast(&shared->moved);
}

static void
deliver(struct shared *shared, const struct task *task, struct md_run *run)
{
	struct slot slot = { .done = true, .status = CLI_EXIT_TROUBLE };

	if (run != NULL) {
		slot.status = cli_judge(shared->c, md_run_report(run));
		slot.pages = cli_pages_of(&shared->c->outputs, run, task->number == 0);
	}
	pthread_mutex_lock(&shared->lock);
	shared->slots[task->number % WINDOW] = slot;
	if (task->number == shared->written)
		write_ready(shared);
	pthread_mutex_unlock(&shared->lock);
}

static void
begin(struct worker *worker, const struct task *given, struct md_run_options *options)
{
	struct task *task = md_alloc(given->mem, sizeof(*task));
	char *why = NULL;

	*task = *given;
	options->user = task;
	task->run = md_run_new(worker->engine, worker->shared->c->checks, options, &why);
	if (task->run != NULL) {
		LIST_INSERT_HEAD(&worker->tasks, task, open);
		worker->open++;
		return;
	}
	cli_say("%s", why);
	free(why);
	deliver(worker->shared, task, NULL);
	md_arena_free(task->mem);
}

static void
end(struct worker *worker, struct task *task)
{
	LIST_REMOVE(task, open);
	worker->open--;
	md_run_free(task->run);
	md_arena_free(task->mem);
}

/* Begins as many runs as this thread may have; false when there are no more subjects. */
static bool
begin_some(struct worker *worker)
{
	struct shared *shared = worker->shared;

	while (worker->open < shared->share) {
		struct md_run_options options = cli_common_options(shared->c->wishes);
		struct task task;

		switch (give(shared, &task, &options, worker->open == 0)) {
		case GIVEN:
			begin(worker, &task, &options);
			break;
		case LATER:
			return true;
		case NO_MORE:
			return false;
		}
	}
	return true;
}

static bool
is_stopped(struct shared *shared)
{
	bool stopped;

	pthread_mutex_lock(&shared->lock);
	stopped = shared->stopped;
	pthread_mutex_unlock(&shared->lock);
	return stopped;
}

static void
work(struct worker *worker)
{
	struct md_run *run;
	bool more = true;

	while (more || worker->open > 0) {
		more = more && begin_some(worker);
		if (worker->open > 0)
			md_engine_step(worker->engine, GLANCE_MS);
		while ((run = md_engine_next_done(worker->engine)) != NULL) {
			deliver(worker->shared, md_run_user(run), run);
			end(worker, md_run_user(run));
		}
		if (is_stopped(worker->shared))
			break;
	}
	while (!LIST_EMPTY(&worker->tasks))
		end(worker, LIST_FIRST(&worker->tasks));
}

static void
warn_once(struct shared *shared, const struct md_engine *engine)
{
	pthread_mutex_lock(&shared->lock);
	if (!shared->warned)
		cli_engine_tell_warnings(engine);
	shared->warned = true;
	pthread_mutex_unlock(&shared->lock);
}

static void *
thread(void *arg)
{
	struct shared *shared = arg;
	struct worker worker = { .shared = shared };

	worker.engine = cli_open_engine(shared->c);
	if (worker.engine != NULL)
		warn_once(shared, worker.engine);
	if (worker.engine != NULL)
		work(&worker);
	pthread_mutex_lock(&shared->lock);
	if (worker.engine == NULL)
		shared->stopped = shared->seen[CLI_EXIT_TROUBLE] = shared->c->failed = true;
	shared->working--;
	pthread_cond_broadcast(&shared->moved);
	pthread_cond_signal(&shared->left);
	pthread_mutex_unlock(&shared->lock);
	md_engine_free(worker.engine);
	return NULL;
}

static unsigned
threads_for(const struct cli_checking *c)
{
	const unsigned jobs = c->wishes->patience.jobs;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (!c->many)
		return 1;
	cores = cores < 1 ? 1 : cores > MOST_THREADS ? MOST_THREADS : cores;
	return jobs > 0 && jobs < (unsigned)cores ? jobs : (unsigned)cores;
}

static void
tell_progress(const struct shared *shared, struct cli_progress_line *line)
{
	struct md_arena *mem = md_arena_new();

	cli_progress_line_show(line,
	                       md_printf(mem, "%zu examined (%lld s)", shared->written,
	                                 (long long)cli_progress_line_passed(line) / 1000));
	md_arena_free(mem);
}

/* Shows progress and heeds interrupts until all threads are done. */
static void
oversee(struct shared *shared)
{
	/* On a terminal the line of progress would mix with the reports. */
	const bool show = shared->c->many && !isatty(STDOUT_FILENO);
	struct cli_progress_line line;

	cli_progress_line_start(&line);
	pthread_mutex_lock(&shared->lock);
	while (shared->working > 0) {
		struct timespec until;
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += GLANCE_MS * 1000000L;
		until.tv_sec += until.tv_nsec / 1000000000L;
		until.tv_nsec %= 1000000000L;
		pthread_cond_timedwait(&shared->left, &shared->lock, &until);
		if (cli_interrupts() > 0) {
			shared->stopped = true;
			pthread_cond_broadcast(&shared->moved);
		}
		if (show)
			tell_progress(shared, &line);
	}
	pthread_mutex_unlock(&shared->lock);
	cli_progress_line_clear(&line);
}

enum cli_exit
cli_threads_examine(struct cli_checking *c)
{
	const unsigned jobs =
	        c->wishes->patience.jobs > 0 ? c->wishes->patience.jobs : CLI_JOBS;
	const unsigned n = threads_for(c);
	struct shared *shared = calloc(1, sizeof(*shared));
	pthread_t threads[MOST_THREADS];
	enum cli_exit status;

	if (shared == NULL)
		abort();
	shared->c = c;
	shared->share = (jobs + n - 1) / n;
	pthread_mutex_init(&shared->lock, NULL);
	pthread_cond_init(&shared->moved, NULL);
	pthread_cond_init(&shared->left, NULL);
	shared->working = n;
	for (unsigned i = 0; i < n; i++)
		if (pthread_create(&threads[i], NULL, thread, shared) != 0)
			abort();
	oversee(shared);
	for (unsigned i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
	cli_interrupts_heeded();
	for (size_t i = 0; i < WINDOW; i++)
		drop_slot(&shared->slots[i]);
	if (cli_interrupts() > 0) {
		cli_say("interrupted");
		c->failed = shared->seen[CLI_EXIT_TROUBLE] = true;
	}
	if (c->subjects.bad)
		shared->seen[CLI_EXIT_TROUBLE] = true;
	status = cli_status_strongest(shared->seen);
	pthread_cond_destroy(&shared->moved);
	pthread_cond_destroy(&shared->left);
	pthread_mutex_destroy(&shared->lock);
	free(shared);
	return status;
}
