/* Examines many subjects on one thread: begins runs, writes reports, shows progress. */
#include "examine.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "../kit/checking.h"
#include "../kit/interrupt.h"
#include "../kit/progress_line.h"
#include "../kit/say.h"
#include "output_order.h"
#include "progress.h"
#include "report/report.h"

enum {
	/* Lines of the list to read before looking at answers again. */
	LINES_AT_A_TIME = 1000,
	/* How long to render and write reports before looking at answers again. */
	SLICE_MS = 50,
	/* Octets of reports that may wait for an earlier report, or for their reader. */
	MOST_WAITING = 64 << 20,
	/* How long to wait before trying a blocked reader again. */
	HELD_MS = 10,
	/* An interrupt that comes just before a wait is noticed after so long. */
	GLANCE_MS = 1000,
};

/* The examination of all domains. */
struct examination {
	struct cli_checking *c;
	struct cli_progress_line line;
	struct cli_progress progress;
	struct cli_output_order order;
	size_t open, most;                    /* runs under way, and at most */
	bool seen[CLI_EXIT_INCONCLUSIVE + 1]; /* statuses that single reports ask for */
	struct md_run *known;                 /* later runs reuse its facts; or NULL */
	bool ending;                          /* interrupted: begin no more runs */
	bool stopped;                         /* no report can be written any more */
};

/* ---- beginning ---- */

enum more {
	MORE,       /* another run can begin at once */
	FULL,       /* another run can begin when one is done */
	HUNGRY,     /* another run can begin when standard input has a line */
	ENDED,      /* there are no more subjects */
	BAD_OPTION, /* no run can begin; a message has said why */
};

static bool
start(struct examination *x, struct md_arena *mem, struct md_run_options *options)
{
	struct cli_job *job = md_alloc(mem, sizeof(*job));
	char *why = NULL;

	job->mem = mem;
	options->user = job;
	job->run = md_run_new(x->c->engine, x->c->checks, options, &why);
	if (job->run == NULL) {
		cli_say("%s", why);
		free(why);
		return false;
	}
	cli_output_order_begin(&x->order, job);
	x->open++;
	return true;
}

static bool
has_room(const struct examination *x)
{
	const size_t most = x->c->shared && x->known == NULL ? 1 : x->most;

	return x->open < most && x->order.waiting < MOST_WAITING && !x->order.held &&
	       !md_engine_busy(x->c->engine);
}

static enum more
begin_next(struct examination *x)
{
	struct md_arena *mem = md_arena_new();
	struct md_run_options options = cli_common_options(x->c->wishes);
	enum cli_next next;

	options.known = x->known;
	next = x->c->next(x->c, mem, &options);
	if (next == CLI_NEXT_SUBJECT && start(x, mem, &options))
		return MORE;
	md_arena_free(mem);
	switch (next) {
	case CLI_NEXT_PASSED:
		return MORE;
	case CLI_NEXT_LATER:
		return HUNGRY;
	case CLI_NEXT_END:
		return ENDED;
	default:
		return BAD_OPTION;
	}
}

/* Begins runs while there is room; what is to happen before the next one. */
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

/* ---- ending ---- */

static void
fail(struct examination *x)
{
	x->seen[CLI_EXIT_TROUBLE] = true;
	x->stopped = true;
	x->c->failed = true;
}

static void
finish(struct examination *x, struct cli_job *job)
{
	const struct md_report *report = md_run_report(job->run);
	struct md_run *run;

	if (!x->c->many) /* of one domain; of many it would cost too much */
		md_run_plan(job->run);
	job->status = cli_judge(x->c, report);
	x->progress.done++;
	x->progress.unknown += !report->complete;
	x->open--;
	run = cli_output_order_finish(&x->order, job);
	if (x->c->shared && x->known == NULL)
		x->known = run;
	else
		md_run_free(run);
}

static void
write_report(struct examination *x, struct cli_job *job)
{
	if (x->progress.on_terminal)
		cli_progress_line_clear(&x->line);
	x->seen[job->status] = true;
	if (!cli_pages_put(&x->c->outputs, &job->pages))
		fail(x);
	else if (cli_outputs_closed(&x->c->outputs))
		x->stopped = true;
	else
		x->progress.written++;
	cli_output_order_drop(&x->order, job);
}

static bool
is_time(const struct examination *x, int64_t since)
{
	return cli_progress_line_passed(&x->line) - since < SLICE_MS;
}

/* Renders reports of finished runs, then writes those whose turn it is; a time slice each. */
static void
finish_done(struct examination *x)
{
	int64_t since = cli_progress_line_passed(&x->line);
	struct md_run *run;
	struct cli_job *job;

	while (is_time(x, since) && (run = md_engine_next_done(x->c->engine)) != NULL)
		finish(x, md_run_user(run));
	since = cli_progress_line_passed(&x->line);
	while (!x->stopped && is_time(x, since) &&
	       (job = cli_output_order_next(&x->order)) != NULL)
		write_report(x, job);
}

/* ---- the loop ---- */

static int
sooner(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* Waits until an answer comes, or a line of standard input. */
static void
wait_for_both(struct examination *x, int ms)
{
	struct pollfd fds[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = md_engine_fd(x->c->engine), .events = POLLIN },
	};
	const int due = x->open > 0 ? md_engine_timeout(x->c->engine) : -1;

	if (poll(fds, 2, sooner(due, ms)) > 0 && fds[0].revents != 0)
		cli_subjects_read(&x->c->subjects);
	md_engine_step(x->c->engine, 0);
}

static void
wait(struct examination *x, enum more more)
{
	int ms = sooner(cli_progress_line_wait(&x->line), GLANCE_MS);

	if (more == MORE || (!TAILQ_EMPTY(&x->order.ready) && !x->order.held))
		ms = 0;
	else if (x->order.held)
		ms = HELD_MS;
	if (more == HUNGRY)
		wait_for_both(x, ms);
	else if (x->open == 0 && x->order.held)
		poll(NULL, 0, ms); /* the engine has nothing to wait for */
	else
		md_engine_step(x->c->engine, ms);
}

/* Is there nothing more to do, or has it been given up? */
static bool
is_over(struct examination *x, enum more more)
{
	const int interrupts = cli_interrupts();
	const size_t left = x->order.begun_n - x->progress.written;

	if (x->stopped || interrupts > 1 || (interrupts > 0 && !x->c->bulk))
		return true;
	if (interrupts > 0 && !x->ending) {
		x->ending = true;
		x->progress.whole = 0; /* the rest of the list is not read: show no time left */
		if (left > 0)
			cli_say("interrupted: what is under way (%zu) has a second to finish; "
			        "interrupt again to stop at once",
			        left);
	}
	return more == ENDED && TAILQ_EMPTY(&x->order.begun) && TAILQ_EMPTY(&x->order.ready);
}

static void
tell_progress(struct examination *x)
{
	const struct cli_job *job = TAILQ_FIRST(&x->order.begun);

	if (x->c->many)
		cli_progress_show(&x->progress, &x->line, x->open, x->c->subjects.taken);
	else if (job != NULL && job->run != NULL)
		cli_progress_show_run(&x->line, job->run);
}

/* False when a run could not begin because an option is wrong. */
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
		finish_done(x);
		tell_progress(x);
	}
}

/* Frees what is left, whether or not all is done. */
static void
end(struct examination *x)
{
	cli_progress_line_clear(&x->line);
	cli_output_order_end(&x->order);
	md_run_free(x->known);
	md_engine_free(x->c->engine);
	cli_subjects_tell_rest(&x->c->subjects);
}

/* Says how a long list ended, and that the examination was interrupted. */
static void
tell_end(struct examination *x)
{
	const bool bulk = x->c->bulk;

	if (bulk)
		cli_progress_sum_up(&x->progress, &x->line);
	if (bulk && cli_outputs_closed(&x->c->outputs) && !x->c->failed)
		cli_say("nobody reads the reports any more; written: %zu", x->progress.written);
	else if (bulk && cli_interrupts() > 0)
		cli_progress_interrupted(&x->progress, &x->c->outputs);
	else if (cli_interrupts() > 0)
		cli_say("interrupted");
}

enum cli_exit
cli_examine(struct cli_checking *c)
{
	const unsigned jobs = c->wishes->patience.jobs;
	struct examination x = { .c = c, .most = c->bulk ? CLI_BULK_JOBS : CLI_JOBS };
	bool begun;

	if (jobs > 0)
		x.most = jobs;
	cli_output_order_init(&x.order, &c->outputs, c->ordered);
	c->engine = cli_open_engine(c);
	if (c->engine == NULL) {
		c->failed = true;
		return CLI_EXIT_TROUBLE;
	}
	cli_engine_tell_warnings(c->engine);
	cli_progress_line_start(&x.line);
	cli_progress_start(&x.progress, &c->outputs);
	begun = examine_all(&x);
	cli_interrupts_heeded();
	end(&x);
	tell_end(&x);
	if (cli_interrupts() > 0 || !begun)
		c->failed = true;
	if (c->subjects.bad || cli_interrupts() > 0 ||
	    (c->bulk && cli_outputs_closed(&c->outputs)))
		x.seen[CLI_EXIT_TROUBLE] = true;
	return begun ? cli_status_strongest(x.seen) : CLI_EXIT_USAGE;
}
