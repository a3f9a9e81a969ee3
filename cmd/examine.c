/* The report, domain by domain: any number of runs under way on one thread. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "checking.h"
#include "progress.h"
#include "report/report.h"

/* A domain under examination. */
struct job {
	struct job *next;
	struct md_arena *mem;
	struct md_run *run;
	bool done;
};

/* The examination of all domains. */
struct examination {
	struct md_checking *c;
	struct md_progress progress;
	struct job *first, **last; /* in the order of the domains */
	size_t jobs, most;         /* in the list, and at most */
	size_t finished;
	bool seen[MD_EXIT_INCONCLUSIVE + 1]; /* statuses that single reports ask for */
	struct job *known;                   /* whose facts serve the others; or NULL */
	bool stopped;                        /* nobody reads on, or it cannot be written */
};

static bool
start(struct examination *x, struct md_arena *mem, struct md_run_options *options)
{
	struct job *job = md_alloc(mem, sizeof(*job));
	char *why = NULL;

	*job = (struct job){ .mem = mem };
	options->user = job;
	job->run = md_run_new(x->c->engine, x->c->checks, options, &why);
	if (job->run == NULL) {
		md_say("%s", why);
		free(why);
		return false;
	}
	*x->last = job;
	x->last = &job->next;
	x->jobs++;
	return true;
}

/* Starts as many as may be under way; false when an option is no good. */
static bool
start_more(struct examination *x, enum md_next *next)
{
	while (x->jobs < (x->c->shared && x->known == NULL ? 1 : x->most)) {
		struct md_arena *mem = md_arena_new();
		struct md_run_options options = md_common_options(x->c);

		options.known = x->known != NULL ? x->known->run : NULL;
		*next = x->c->next(x->c, mem, &options);
		if (*next == MD_NEXT_DOMAIN && start(x, mem, &options))
			continue;
		md_arena_free(mem);
		return *next != MD_NEXT_DOMAIN;
	}
	return true;
}

static bool
at_or_above(const struct md_report *report, const char *fail_on)
{
	static const struct {
		const char *word;
		enum md_verdict least;
	} levels[] = { { "fail", MD_FAIL }, { "warn", MD_WARN }, { "info", MD_INFO } };

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
		if (md_report_findings(report, levels[i].least) > 0)
			return strcmp(fail_on, "never") != 0;
		if (strcmp(fail_on, levels[i].word) == 0)
			return false;
	}
	return false;
}

const char *
md_fail_on(const struct md_settings *set)
{
	if (set->fail_on != NULL)
		return set->fail_on;
	return set->from_stdin ? "never" : "fail";
}

enum md_exit
md_status_of(const struct md_settings *set, const struct md_report *report)
{
	if (at_or_above(report, md_fail_on(set)))
		return MD_EXIT_FINDINGS;
	return report->complete ? MD_EXIT_CLEAN : MD_EXIT_INCONCLUSIVE;
}

static void
fail(struct examination *x)
{
	x->seen[MD_EXIT_TROUBLE] = true;
	x->stopped = true;
	x->c->failed = true;
}

static void
write_report(struct examination *x, const struct md_run *run)
{
	struct md_output *record = &x->c->record;
	const struct md_report *report = md_run_report(run);

	md_progress_clear(&x->progress);
	x->seen[x->c->judge(&x->c->call->set, report)] = true;
	x->finished++;
	if (!md_outputs_write(&x->c->outputs, report))
		fail(x);
	if (md_outputs_closed(&x->c->outputs))
		x->stopped = true;
	if (record->file != NULL && !md_run_record(run, record->file)) {
		md_say("cannot write %s: %s", record->path, strerror(errno));
		fail(x);
	}
}

static void
drop(struct job *job)
{
	md_run_free(job->run);
	md_arena_free(job->mem);
}

static void
forget(struct examination *x, struct job **place)
{
	struct job *job = *place;

	*place = job->next;
	if (x->last == &job->next)
		x->last = place;
	x->jobs--;
	if (x->c->shared && x->known == NULL)
		x->known = job;
	else
		drop(job);
}

/* Writes what is done: in order up to the first that is not, or whatever has come. */
static void
write_done(struct examination *x)
{
	struct job **place = &x->first;
	struct md_run *run;

	while ((run = md_engine_next_done(x->c->engine)) != NULL)
		((struct job *)md_run_user(run))->done = true;
	while (*place != NULL && !x->stopped) {
		if ((*place)->done) {
			write_report(x, (*place)->run);
			forget(x, place);
		} else if (x->c->ordered) {
			return;
		} else {
			place = &(*place)->next;
		}
	}
}

static void
tell_progress(struct examination *x)
{
	struct md_arena *mem = md_arena_new();
	size_t answered, open;

	if (x->c->many) {
		md_progress_show(&x->progress, md_printf(mem, "%zu examined, %zu under way",
		                                         x->finished, x->jobs));
	} else if (x->first != NULL) {
		md_run_progress(x->first->run, &answered, &open);
		md_progress_show(
		        &x->progress,
		        md_printf(mem, "%zu questions answered, %zu open", answered, open));
	}
	md_arena_free(mem);
}

static int
sooner(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* Until an answer comes, or another line of standard input. */
static void
wait_for_both(struct examination *x)
{
	struct pollfd fds[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = md_engine_fd(x->c->engine), .events = POLLIN },
	};
	const int due = x->jobs > 0 ? md_engine_timeout(x->c->engine) : -1;

	if (poll(fds, 2, sooner(due, md_progress_wait(&x->progress))) > 0 &&
	    fds[0].revents != 0)
		md_subjects_read(&x->c->subjects);
	md_engine_step(x->c->engine, 0);
}

/* False when it could not begin for want of a good option. */
static bool
examine_all(struct examination *x)
{
	enum md_next next = MD_NEXT_LATER;

	while (!md_interrupted()) {
		if (!start_more(x, &next))
			return false;
		if (next == MD_NEXT_LATER && x->jobs < x->most)
			wait_for_both(x);
		else
			md_engine_step(x->c->engine, md_progress_wait(&x->progress));
		write_done(x);
		if (x->stopped || (next == MD_NEXT_END && x->jobs == 0))
			return true;
		tell_progress(x);
	}
	return true;
}

/* All is done, or is not to be. */
static void
end(struct examination *x)
{
	md_progress_clear(&x->progress);
	while (x->first != NULL)
		forget(x, &x->first);
	if (x->known != NULL)
		drop(x->known);
	md_engine_free(x->c->engine);
}

enum md_exit
md_examine(struct md_checking *c)
{
	const unsigned jobs = c->call->set.jobs;
	struct examination x = { .c = c, .most = jobs > 0 ? jobs : MD_JOBS };
	bool begun;

	x.last = &x.first;
	c->engine = md_open_engine(c);
	if (c->engine == NULL) {
		c->failed = true;
		return MD_EXIT_TROUBLE;
	}
	md_pass_on_warnings(c->engine);
	md_progress_start(&x.progress);
	begun = examine_all(&x);
	end(&x);
	if (md_interrupted())
		md_say("interrupted");
	if (md_interrupted() || !begun)
		c->failed = true;
	if (c->subjects.bad || md_interrupted())
		x.seen[MD_EXIT_TROUBLE] = true;
	return begun ? md_strongest(x.seen) : MD_EXIT_USAGE;
}
