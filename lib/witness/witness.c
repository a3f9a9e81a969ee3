/*
 * Witnesses: one process for each second opinion, asked over a socket, and never trusted.
 *
 * The clock runs while a witness thinks, and stands while it waits for our answer.  After its
 * end, by its own will or by ours, it is reaped without ever waiting for it.
 */
#include "witness/talk.h"

#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>

#include "net/spawn.h"

enum {
	AT_ONCE = 4, /* processes */
};

static void
give_up(struct md_witness *w)
{
	md_witness_conclude_without(w, "the verifier gave none within %u s", w->seconds);
}

static size_t
unsent(const struct md_witness *w)
{
	size_t octets = 0;

	for (size_t i = 0; i < MD_WITNESS_PIECES; i++)
		octets += w->message[i].len;
	return octets;
}

/* ---- starting ---- */

static void
start(struct md_witness *w)
{
	int fd;
	const int error = md_spawn(w->all->program, &w->pid, &fd);

	w->phase = MD_WITNESS_LEAVING;
	if (error != 0) {
		w->failed = md_printf(w->mem, "%s cannot be run: %s", w->all->program,
		                      strerror(error));
		return;
	}
	w->line = md_io_new(sizeof(*w->line), fd);
	w->line->io.ready = md_witness_ready;
	w->line->witness = w;
	if (md_io_add(&w->all->loop, &w->line->io, EPOLLIN) != 0) {
		w->failed = "too many descriptors are watched";
		md_witness_end(w);
		return;
	}
	w->phase = MD_WITNESS_TALKING;
	w->all->talking++;
	md_witness_say(w, md_testimony_begin(w->answers, w->engine, w->input, unsent(w)));
}

static void
start_more(struct md_witnesses *all)
{
	struct md_witness *w;

	while (all->talking < AT_ONCE && (w = TAILQ_FIRST(&all->queue)) != NULL) {
		TAILQ_REMOVE(&all->queue, w, place);
		TAILQ_INSERT_TAIL(&all->running, w, place);
		start(w);
	}
}

struct md_witness *
md_witness_call(struct md_witnesses *all, const struct md_witness_question *question,
                const struct md_witness_calls *calls, void *arg)
{
	struct md_arena *mem = md_arena_new();
	struct md_witness *w = md_alloc(mem, sizeof(*w));

	w->mem = mem;
	w->all = all;
	w->calls = calls;
	w->arg = arg;
	w->engine = md_strdup(mem, question->engine);
	w->input = md_strdup(mem, question->input);
	w->seconds = question->seconds;
	memcpy(w->message, question->message, sizeof(w->message));
	w->left = w->seconds * UINT64_C(1000000);
	w->answers = md_arena_new();
	TAILQ_INSERT_TAIL(&all->queue, w, place);
	start_more(all);
	return w;
}

/* ---- reaping ---- */

static void
forget(struct md_witness *w)
{
	md_arena_free(w->answers);
	md_arena_free(w->mem);
}

void
md_witness_dismiss(struct md_witness *w)
{
	w->calls = NULL;
	if (w->phase == MD_WITNESS_QUEUED) {
		TAILQ_REMOVE(&w->all->queue, w, place);
		forget(w);
	} else {
		md_witness_end(w);
	}
}

static void
tell_end(struct md_witness *w, int status)
{
	if (w->failed != NULL)
		md_witness_conclude_without(w, "%s", w->failed);
	else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		md_witness_conclude_without(
		        w, "the verifier used more than its time of the processor");
	else if (WIFSIGNALED(status))
		md_witness_conclude_without(w, "the verifier crashed (signal %d)",
		                            WTERMSIG(status));
	else
		md_witness_conclude_without(w,
		                            "the verifier ended without one (exit status %d)",
		                            WEXITSTATUS(status));
}

/* Is it gone?  Then what it leaves is told, and it is forgotten. */
static void
reap(struct md_witness *w, uint64_t now)
{
	int status = 0;
	pid_t gone = w->pid > 0 ? waitpid(w->pid, &status, WNOHANG) : w->pid;

	if (gone == 0 && w->pid > 0) {
		if (w->calls != NULL && now >= w->until)
			give_up(w); /* it has closed the line, and yet stays */
		return;
	}
	w->pid = 0;
	if (w->calls != NULL)
		tell_end(w, status);
	TAILQ_REMOVE(&w->all->running, w, place);
	forget(w);
}

static void
tend(struct md_witness *w, uint64_t now)
{
	if (w->phase == MD_WITNESS_TALKING && w->thinking && now >= w->until)
		give_up(w);
	else if (w->phase == MD_WITNESS_LEAVING)
		reap(w, now);
}

void
md_witnesses_step(struct md_witnesses *all)
{
	const uint64_t now = md_clock();
	struct md_witness *w, *next;

	md_loop_step(&all->loop);
	for (w = TAILQ_FIRST(&all->running); w != NULL; w = next) {
		next = TAILQ_NEXT(w, place);
		tend(w, now);
	}
	start_more(all);
}

int
md_witnesses_timeout(const struct md_witnesses *all)
{
	enum { SOON = 1 };
	const uint64_t now = md_clock();
	const struct md_witness *w;
	int ms = -1;

	for (w = TAILQ_FIRST(&all->running); w != NULL; w = TAILQ_NEXT(w, place)) {
		int due;

		if (w->phase == MD_WITNESS_LEAVING)
			due = w->pid > 0 ? SOON : 0;
		else if (!w->thinking)
			continue;
		else
			due = w->until <= now ? 0 : (int)((w->until - now + 999) / 1000);
		ms = ms < 0 || due < ms ? due : ms;
	}
	return ms;
}

int
md_witnesses_fd(const struct md_witnesses *all)
{
	return all->loop.fd;
}

struct md_witnesses *
md_witnesses_new(struct md_arena *mem, const char *program, const char **why)
{
	struct md_witnesses *all = md_alloc(mem, sizeof(*all));
	const int error = md_loop_open(&all->loop);

	if (error != 0) {
		*why = strerror(error);
		return NULL;
	}
	all->mem = mem;
	all->program = md_strdup(mem, program);
	TAILQ_INIT(&all->queue);
	TAILQ_INIT(&all->running);
	return all;
}

void
md_witnesses_free(struct md_witnesses *all)
{
	struct md_witness *w;

	if (all == NULL)
		return;
	while ((w = TAILQ_FIRST(&all->queue)) != NULL)
		md_witness_dismiss(w);
	while ((w = TAILQ_FIRST(&all->running)) != NULL) {
		TAILQ_REMOVE(&all->running, w, place);
		md_witness_end(w);
		if (w->pid > 0)
			waitpid(w->pid, NULL, 0); /* killed: it does not take long */
		forget(w);
	}
	md_loop_close(&all->loop);
}
