/* The report, domain by domain: any number of runs under way on one thread. */
#include <poll.h>
#include <stdlib.h>
#include <sys/queue.h>
#include <unistd.h>

#include "checking.h"
#include "interrupt.h"
#include "progress.h"
#include "report/report.h"
#include "tally.h"

enum {
	/* Lines of the list between two looks at the answers that have come. */
	LINES_AT_A_TIME = 1000,
	/* How long reports are rendered and written before answers are looked at again. */
	SLICE_MS = 50,
	/* Octets of reports that wait for an earlier one, or for who reads them. */
	MOST_WAITING = 64 << 20,
	/* What a report that waits costs besides its text. */
	COST_OF_WAITING = 2048,
	/* How long an interrupt may be overlooked that comes just before a wait. */
	GLANCE_MS = 1000,
};

/* A domain under examination, then its report until it is written. */
struct job {
	TAILQ_ENTRY(job) place;
	struct md_arena *mem;
	struct md_run *run; /* NULL once it is done */
	struct md_pages pages;
	enum md_exit status;
	bool first; /* of all */
};
TAILQ_HEAD(jobs, job);

/* The examination of all domains. */
struct examination {
	struct md_checking *c;
	struct md_progress progress;
	struct md_tally tally;
	struct jobs begun; /* in the order of the domains; those done only while they wait */
	struct jobs ready; /* to be written, in this order */
	size_t open, most; /* runs under way, and at most */
	size_t waiting;    /* octets of reports that are not written */
	size_t started;
	bool seen[MD_EXIT_INCONCLUSIVE + 1]; /* statuses that single reports ask for */
	struct md_run *known;                /* whose facts serve the others; or NULL */
	bool ending;                         /* interrupted: what is under way is the last */
	bool stopped;                        /* nobody reads on, or it cannot be written */
};

/* ---- beginning ------------------------------------------------------------------------------
 */

enum more {
	MORE,       /* more could be begun at once */
	FULL,       /* not before something that is under way is done */
	HUNGRY,     /* not before standard input has another line */
	ENDED,      /* there are no more */
	BAD_OPTION, /* as a message has told */
};

static bool
start(struct examination *x, struct md_arena *mem, struct md_run_options *options)
{
	struct job *job = md_alloc(mem, sizeof(*job));
	char *why = NULL;

	*job = (struct job){ .mem = mem, .first = x->started == 0 };
	options->user = job;
	job->run = md_run_new(x->c->engine, x->c->checks, options, &why);
	if (job->run == NULL) {
		md_say("%s", why);
		free(why);
		return false;
	}
	TAILQ_INSERT_TAIL(&x->begun, job, place);
	x->open++;
	x->started++;
	return true;
}

static bool
has_room(const struct examination *x)
{
	const size_t most = x->c->shared && x->known == NULL ? 1 : x->most;

	return x->open < most && x->waiting < MOST_WAITING && !md_engine_busy(x->c->engine);
}

static enum more
begin_next(struct examination *x)
{
	struct md_arena *mem = md_arena_new();
	struct md_run_options options = md_common_options(x->c);
	enum md_next next;

	options.known = x->known;
	next = x->c->next(x->c, mem, &options);
	if (next == MD_NEXT_DOMAIN && start(x, mem, &options))
		return MORE;
	md_arena_free(mem);
	switch (next) {
	case MD_NEXT_PASSED:
		return MORE;
	case MD_NEXT_LATER:
		return HUNGRY;
	case MD_NEXT_END:
		return ENDED;
	default:
		return BAD_OPTION;
	}
}

/* Begins as many as may be under way. */
static enum more
begin_more(struct examination *x)
{
	enum more more = MORE;

	if (x->ending)
		return ENDED;
	for (unsigned lines = 0; more == MORE && lines < LINES_AT_A_TIME; lines++)
		more = has_room(x) ? begin_next(x) : FULL;
	return more;
}

/* ---- ending ---------------------------------------------------------------------------------
 */

static void
fail(struct examination *x)
{
	x->seen[MD_EXIT_TROUBLE] = true;
	x->stopped = true;
	x->c->failed = true;
}

/* Of a run that is done only what is to be written of it is kept. */
static void
render(struct examination *x, struct job *job)
{
	const struct md_report *report = md_run_report(job->run);

	job->status = x->c->judge(&x->c->call->set, report);
	job->pages = md_pages_of(&x->c->outputs, job->run, job->first);
	x->tally.done++;
	x->tally.unknown += !report->complete;
	x->waiting += job->pages.octets + COST_OF_WAITING;
	x->open--;
	if (x->c->shared && x->known == NULL)
		x->known = job->run;
	else
		md_run_free(job->run);
	job->run = NULL;
}

static void
move_to_ready(struct examination *x, struct job *job)
{
	TAILQ_REMOVE(&x->begun, job, place);
	TAILQ_INSERT_TAIL(&x->ready, job, place);
}

/* Takes what is done, for so long; ready is what is next in order, or whatever has come. */
static void
take_done(struct examination *x, int64_t until)
{
	struct md_run *run;
	struct job *job;

	while (md_progress_passed(&x->progress) < until &&
	       (run = md_engine_next_done(x->c->engine)) != NULL) {
		job = md_run_user(run);
		if (!x->c->ordered)
			job->first = x->tally.done == 0;
		render(x, job);
		if (!x->c->ordered)
			move_to_ready(x, job);
	}
	while (x->c->ordered && (job = TAILQ_FIRST(&x->begun)) != NULL && job->run == NULL)
		move_to_ready(x, job);
}

static void
drop(struct jobs *jobs, struct job *job)
{
	TAILQ_REMOVE(jobs, job, place);
	md_run_free(job->run);
	md_pages_drop(&job->pages);
	md_arena_free(job->mem);
}

static void
write_ready(struct examination *x, int64_t until)
{
	struct job *job;

	while (!x->stopped && md_progress_passed(&x->progress) < until &&
	       (job = TAILQ_FIRST(&x->ready)) != NULL) {
		if (x->tally.on_terminal)
			md_progress_clear(&x->progress);
		x->seen[job->status] = true;
		if (!md_pages_put(&x->c->outputs, &job->pages))
			fail(x);
		else if (md_outputs_closed(&x->c->outputs))
			x->stopped = true;
		else
			x->tally.written++;
		x->waiting -= job->pages.octets + COST_OF_WAITING;
		drop(&x->ready, job);
	}
}

/* ---- the loop -------------------------------------------------------------------------------
 */

static int
sooner(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* Until an answer comes, or another line of standard input. */
static void
wait_for_both(struct examination *x, int ms)
{
	struct pollfd fds[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = md_engine_fd(x->c->engine), .events = POLLIN },
	};
	const int due = x->open > 0 ? md_engine_timeout(x->c->engine) : -1;

	if (poll(fds, 2, sooner(due, ms)) > 0 && fds[0].revents != 0)
		md_subjects_read(&x->c->subjects);
	md_engine_step(x->c->engine, 0);
}

static void
wait(struct examination *x, enum more more)
{
	const int ms = sooner(md_progress_wait(&x->progress), GLANCE_MS);

	if (more == HUNGRY)
		wait_for_both(x, TAILQ_EMPTY(&x->ready) ? ms : 0);
	else
		md_engine_step(x->c->engine, more == MORE || !TAILQ_EMPTY(&x->ready) ? 0 : ms);
}

/* Is the work over, one way or another? */
static bool
is_over(struct examination *x, enum more more)
{
	const int interrupts = md_interrupts();

	if (x->stopped || interrupts > 1 || (interrupts > 0 && !x->c->bulk))
		return true;
	if (interrupts > 0 && !x->ending) {
		x->ending = true;
		if (x->open > 0)
			md_say("interrupted: the %zu domains under way are finished; interrupt "
			       "again to stop at once",
			       x->open);
	}
	return more == ENDED && TAILQ_EMPTY(&x->begun) && TAILQ_EMPTY(&x->ready);
}

static void
tell_progress(struct examination *x)
{
	const struct job *job = TAILQ_FIRST(&x->begun);
	struct md_arena *mem;
	size_t answered, open;

	if (x->c->many) {
		md_tally_show(&x->tally, &x->progress, x->open, x->c->subjects.taken);
		return;
	}
	if (job == NULL || job->run == NULL || !md_progress_due(&x->progress))
		return;
	mem = md_arena_new();
	md_run_progress(job->run, &answered, &open);
	md_progress_show(&x->progress,
	                 md_printf(mem, "%zu questions answered, %zu open (%lld s)", answered,
	                           open, (long long)md_progress_passed(&x->progress) / 1000));
	md_arena_free(mem);
}

/* False when it could not begin for want of a good option. */
static bool
examine_all(struct examination *x)
{
	for (;;) {
		const enum more more = begin_more(x);

		if (more == BAD_OPTION)
			return false;
		if (is_over(x, more))
			return true;
		wait(x, more);
		take_done(x, md_progress_passed(&x->progress) + SLICE_MS);
		write_ready(x, md_progress_passed(&x->progress) + SLICE_MS);
		tell_progress(x);
	}
}

/* All is done, or is not to be. */
static void
end(struct examination *x)
{
	md_progress_clear(&x->progress);
	while (!TAILQ_EMPTY(&x->begun))
		drop(&x->begun, TAILQ_FIRST(&x->begun));
	while (!TAILQ_EMPTY(&x->ready))
		drop(&x->ready, TAILQ_FIRST(&x->ready));
	md_run_free(x->known);
	md_engine_free(x->c->engine);
	md_subjects_tell_rest(&x->c->subjects);
}

/* How a list ended that was not examined to its end. */
static void
tell_end(struct examination *x)
{
	const bool bulk = x->c->bulk;

	if (bulk && md_outputs_closed(&x->c->outputs) && !x->c->failed)
		md_say("nobody reads the reports any more; written: %zu", x->tally.written);
	else if (bulk && md_interrupts() > 0)
		md_tally_farewell(&x->tally, &x->c->outputs);
	else if (md_interrupts() > 0)
		md_say("interrupted");
}

enum md_exit
md_examine(struct md_checking *c)
{
	const unsigned jobs = c->call->set.jobs;
	struct examination x = { .c = c, .most = c->bulk ? MD_BULK_JOBS : MD_JOBS };
	bool begun;

	if (jobs > 0)
		x.most = jobs;
	TAILQ_INIT(&x.begun);
	TAILQ_INIT(&x.ready);
	c->engine = md_open_engine(c);
	if (c->engine == NULL) {
		c->failed = true;
		return MD_EXIT_TROUBLE;
	}
	md_pass_on_warnings(c->engine);
	md_progress_start(&x.progress);
	md_tally_start(&x.tally, &c->outputs);
	begun = examine_all(&x);
	end(&x);
	tell_end(&x);
	if (md_interrupts() > 0 || !begun)
		c->failed = true;
	if (c->subjects.bad || md_interrupts() > 0 ||
	    (c->bulk && md_outputs_closed(&c->outputs)))
		x.seen[MD_EXIT_TROUBLE] = true;
	return begun ? md_strongest(x.seen) : MD_EXIT_USAGE;
}
