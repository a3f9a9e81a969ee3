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
#include "report/report.h"

enum {
	WINDOW = 1024, /* subjects between the oldest not written and the newest begun */
	MOST_THREADS = 64,
	GLANCE_MS = 100, /* how often progress and interrupts are looked at */
};

/* What is to be written of one subject. */
struct slot {
	bool done;
	enum cli_exit status;
	struct cli_pages pages;
};

struct crew {
	struct cli_checking *c;
	size_t share;         /* runs under way at most in each thread */
	pthread_mutex_t lock; /* for all below, and for the source of subjects */
	pthread_cond_t moved; /* there is room again: for hands that wait */
	pthread_cond_t left;  /* a hand has ended: for who oversees */
	struct slot slots[WINDOW];
	size_t begun, written;
	bool ended;   /* no more subjects */
	bool warned;  /* of what is odd in zone files */
	bool stopped; /* nobody reads on, or it cannot be written, or interrupted */
	unsigned working;
	bool seen[CLI_EXIT_INCONCLUSIVE + 1];
};

/* One subject in the hands of a thread. */
struct task {
	LIST_ENTRY(task) open;
	struct md_arena *mem;
	struct md_run *run;
	size_t number;
};

/* One thread's part. */
struct hand {
	struct crew *crew;
	struct md_engine *engine;
	LIST_HEAD(tasks, task) tasks;
	size_t open;
};

enum given { GIVEN, LATER, NO_MORE };

/* The next subject, if there may be one more; waits for room only when `patient`. */
static enum given
give(struct crew *crew, struct task *task, struct md_run_options *options, bool patient)
{
	enum given given = LATER;

	pthread_mutex_lock(&crew->lock);
	while (patient && !crew->ended && !crew->stopped &&
	       crew->begun - crew->written >= WINDOW)
		pthread_cond_wait(&crew->moved, &crew->lock);
	if (crew->ended || crew->stopped) {
		given = NO_MORE;
	} else if (crew->begun - crew->written < WINDOW) {
		task->mem = md_arena_new();
		if (crew->c->next(crew->c, task->mem, options) == CLI_NEXT_DOMAIN) {
			task->number = crew->begun++;
			given = GIVEN;
		} else {
			md_arena_free(task->mem);
			crew->ended = true;
			given = NO_MORE;
		}
	}
	pthread_mutex_unlock(&crew->lock);
	return given;
}

static void
drop_slot(struct slot *slot)
{
	cli_pages_drop(&slot->pages);
	*slot = (struct slot){ .done = false };
}

/* Writes what is next in order, as far as it is done; with the lock held. */
static void
write_ready(struct crew *crew)
{
	while (crew->slots[crew->written % WINDOW].done && !crew->stopped) {
		struct slot *slot = &crew->slots[crew->written++ % WINDOW];

		crew->seen[slot->status] = true;
		if (slot->pages.n > 0 && !cli_pages_put(&crew->c->outputs, &slot->pages))
			crew->stopped = crew->seen[CLI_EXIT_TROUBLE] = crew->c->failed = true;
		drop_slot(slot);
	}
	crew->stopped = crew->stopped || cli_outputs_closed(&crew->c->outputs);
	pthread_cond_broadcast(&crew->moved);
}

static void
deliver(struct crew *crew, const struct task *task, struct md_run *run)
{
	struct slot slot = { .done = true, .status = CLI_EXIT_TROUBLE };

	if (run != NULL) {
		slot.status = crew->c->judge(&crew->c->call->set, md_run_report(run));
		slot.pages = cli_pages_of(&crew->c->outputs, run, task->number == 0);
	}
	pthread_mutex_lock(&crew->lock);
	crew->slots[task->number % WINDOW] = slot;
	if (task->number == crew->written)
		write_ready(crew);
	pthread_mutex_unlock(&crew->lock);
}

static void
begin(struct hand *hand, const struct task *given, struct md_run_options *options)
{
	struct task *task = md_alloc(given->mem, sizeof(*task));
	char *why = NULL;

	*task = *given;
	options->user = task;
	task->run = md_run_new(hand->engine, hand->crew->c->checks, options, &why);
	if (task->run != NULL) {
		LIST_INSERT_HEAD(&hand->tasks, task, open);
		hand->open++;
		return;
	}
	cli_say("%s", why);
	free(why);
	deliver(hand->crew, task, NULL);
	md_arena_free(task->mem);
}

static void
end(struct hand *hand, struct task *task)
{
	LIST_REMOVE(task, open);
	hand->open--;
	md_run_free(task->run);
	md_arena_free(task->mem);
}

/* As many as this thread may have under way; false when there are no more. */
static bool
begin_some(struct hand *hand)
{
	struct crew *crew = hand->crew;

	while (hand->open < crew->share) {
		struct md_run_options options = cli_common_options(crew->c);
		struct task task;

		switch (give(crew, &task, &options, hand->open == 0)) {
		case GIVEN:
			begin(hand, &task, &options);
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
is_stopped(struct crew *crew)
{
	bool stopped;

	pthread_mutex_lock(&crew->lock);
	stopped = crew->stopped;
	pthread_mutex_unlock(&crew->lock);
	return stopped;
}

static void
work(struct hand *hand)
{
	struct md_run *run;
	bool more = true;

	while (more || hand->open > 0) {
		more = more && begin_some(hand);
		if (hand->open > 0)
			md_engine_step(hand->engine, GLANCE_MS);
		while ((run = md_engine_next_done(hand->engine)) != NULL) {
			deliver(hand->crew, md_run_user(run), run);
			end(hand, md_run_user(run));
		}
		if (is_stopped(hand->crew))
			break;
	}
	while (!LIST_EMPTY(&hand->tasks))
		end(hand, LIST_FIRST(&hand->tasks));
}

static void
warn_once(struct crew *crew, const struct md_engine *engine)
{
	pthread_mutex_lock(&crew->lock);
	if (!crew->warned)
		cli_pass_on_warnings(engine);
	crew->warned = true;
	pthread_mutex_unlock(&crew->lock);
}

static void *
thread(void *arg)
{
	struct crew *crew = arg;
	struct hand hand = { .crew = crew };

	hand.engine = cli_open_engine(crew->c);
	if (hand.engine != NULL)
		warn_once(crew, hand.engine);
	if (hand.engine != NULL)
		work(&hand);
	pthread_mutex_lock(&crew->lock);
	if (hand.engine == NULL)
		crew->stopped = crew->seen[CLI_EXIT_TROUBLE] = crew->c->failed = true;
	crew->working--;
	pthread_cond_broadcast(&crew->moved);
	pthread_cond_signal(&crew->left);
	pthread_mutex_unlock(&crew->lock);
	md_engine_free(hand.engine);
	return NULL;
}

static unsigned
threads_for(const struct cli_checking *c)
{
	const unsigned jobs = c->call->set.jobs;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (!c->many)
		return 1;
	cores = cores < 1 ? 1 : cores > MOST_THREADS ? MOST_THREADS : cores;
	return jobs > 0 && jobs < (unsigned)cores ? jobs : (unsigned)cores;
}

static void
tell_progress(const struct crew *crew, struct cli_progress *progress)
{
	struct md_arena *mem = md_arena_new();

	cli_progress_show(progress, md_printf(mem, "%zu examined (%lld s)", crew->written,
	                                      (long long)cli_progress_passed(progress) / 1000));
	md_arena_free(mem);
}

/* Looks after progress and interrupts until all threads are done. */
static void
oversee(struct crew *crew)
{
	/* Lines on standard output would run into it. */
	const bool show = crew->c->many && !isatty(STDOUT_FILENO);
	struct cli_progress progress;

	cli_progress_start(&progress);
	pthread_mutex_lock(&crew->lock);
	while (crew->working > 0) {
		struct timespec until;
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += GLANCE_MS * 1000000L;
		until.tv_sec += until.tv_nsec / 1000000000L;
		until.tv_nsec %= 1000000000L;
		pthread_cond_timedwait(&crew->left, &crew->lock, &until);
		if (cli_interrupts() > 0) {
			crew->stopped = true;
			pthread_cond_broadcast(&crew->moved);
		}
		if (show)
			tell_progress(crew, &progress);
	}
	pthread_mutex_unlock(&crew->lock);
	cli_progress_clear(&progress);
}

enum cli_exit
cli_crew_examine(struct cli_checking *c)
{
	const unsigned jobs = c->call->set.jobs > 0 ? c->call->set.jobs : CLI_JOBS;
	const unsigned n = threads_for(c);
	struct crew *crew = calloc(1, sizeof(*crew));
	pthread_t threads[MOST_THREADS];
	enum cli_exit status;

	if (crew == NULL)
		abort();
	crew->c = c;
	crew->share = (jobs + n - 1) / n;
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->moved, NULL);
	pthread_cond_init(&crew->left, NULL);
	crew->working = n;
	for (unsigned i = 0; i < n; i++)
		if (pthread_create(&threads[i], NULL, thread, crew) != 0)
			abort();
	oversee(crew);
	for (unsigned i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
	for (size_t i = 0; i < WINDOW; i++)
		drop_slot(&crew->slots[i]);
	if (cli_interrupts() > 0) {
		cli_say("interrupted");
		c->failed = crew->seen[CLI_EXIT_TROUBLE] = true;
	}
	if (c->subjects.bad)
		crew->seen[CLI_EXIT_TROUBLE] = true;
	status = cli_strongest(crew->seen);
	pthread_cond_destroy(&crew->moved);
	pthread_cond_destroy(&crew->left);
	pthread_mutex_destroy(&crew->lock);
	free(crew);
	return status;
}
