/* Domains under examination and their reports, until it is their turn to be written. */
#include "output_order.h"

/* What a report that waits costs besides its text. */
enum { COST_OF_WAITING = 2048 };

void
cli_turns_init(struct cli_turns *t, struct cli_outputs *outs, bool ordered)
{
	*t = (struct cli_turns){ .outs = outs, .ordered = ordered };
	TAILQ_INIT(&t->begun);
	TAILQ_INIT(&t->ready);
}

void
cli_turns_begin(struct cli_turns *t, struct cli_job *job)
{
	job->number = t->begun_n++;
	TAILQ_INSERT_TAIL(&t->begun, job, place);
}

static void
make_ready(struct cli_turns *t, struct cli_job *job)
{
	TAILQ_REMOVE(&t->begun, job, place);
	TAILQ_INSERT_TAIL(&t->ready, job, place);
}

struct md_run *
cli_turns_finish(struct cli_turns *t, struct cli_job *job)
{
	struct md_run *run = job->run;

	job->pages = cli_pages_of(t->outs, run, (t->ordered ? job->number : t->done) == 0);
	job->run = NULL;
	t->done++;
	t->waiting += job->pages.octets + COST_OF_WAITING;
	if (!t->ordered)
		make_ready(t, job);
	while (t->ordered && (job = TAILQ_FIRST(&t->begun)) != NULL && job->run == NULL)
		make_ready(t, job);
	return run;
}

struct cli_job *
cli_turns_next(struct cli_turns *t)
{
	struct cli_job *job = TAILQ_FIRST(&t->ready);

	t->held = job != NULL && !cli_pages_fit(t->outs, &job->pages);
	return t->held ? NULL : job;
}

static void
drop(struct cli_jobs *jobs, struct cli_job *job)
{
	TAILQ_REMOVE(jobs, job, place);
	md_run_free(job->run);
	cli_pages_drop(&job->pages);
	md_arena_free(job->mem);
}

void
cli_turns_drop(struct cli_turns *t, struct cli_job *job)
{
	t->waiting -= job->pages.octets + COST_OF_WAITING;
	drop(&t->ready, job);
}

void
cli_turns_end(struct cli_turns *t)
{
	while (!TAILQ_EMPTY(&t->begun))
		drop(&t->begun, TAILQ_FIRST(&t->begun));
	while (!TAILQ_EMPTY(&t->ready))
		drop(&t->ready, TAILQ_FIRST(&t->ready));
}
