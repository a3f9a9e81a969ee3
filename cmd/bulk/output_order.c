/* The order in which reports are written: jobs under way, and reports that wait their turn. */
#include "output_order.h"

/* Octets that a waiting report takes besides its text. */
enum { COST_OF_WAITING = 2048 };

void
cli_output_order_init(struct cli_output_order *o, struct cli_outputs *outs, bool ordered)
{
	*o = (struct cli_output_order){ .outs = outs, .ordered = ordered };
	TAILQ_INIT(&o->begun);
	TAILQ_INIT(&o->ready);
}

void
cli_output_order_begin(struct cli_output_order *o, struct cli_job *job)
{
	job->number = o->begun_n++;
	TAILQ_INSERT_TAIL(&o->begun, job, place);
}

static void
make_ready(struct cli_output_order *o, struct cli_job *job)
{
	TAILQ_REMOVE(&o->begun, job, place);
	TAILQ_INSERT_TAIL(&o->ready, job, place);
}

struct md_run *
cli_output_order_finish(struct cli_output_order *o, struct cli_job *job)
{
	struct md_run *run = job->run;

	job->pages = cli_pages_of(o->outs, run, (o->ordered ? job->number : o->done) == 0);
	job->run = NULL;
	o->done++;
	o->waiting += job->pages.octets + COST_OF_WAITING;
	if (!o->ordered)
		make_ready(o, job);
	while (o->ordered && (job = TAILQ_FIRST(&o->begun)) != NULL && job->run == NULL)
		make_ready(o, job);
	return run;
}

struct cli_job *
cli_output_order_next(struct cli_output_order *o)
{
	struct cli_job *job = TAILQ_FIRST(&o->ready);

	o->held = job != NULL && !cli_pages_fit(o->outs, &job->pages);
	return o->held ? NULL : job;
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
cli_output_order_drop(struct cli_output_order *o, struct cli_job *job)
{
	o->waiting -= job->pages.octets + COST_OF_WAITING;
	drop(&o->ready, job);
}

void
cli_output_order_end(struct cli_output_order *o)
{
	while (!TAILQ_EMPTY(&o->begun))
		drop(&o->begun, TAILQ_FIRST(&o->begun));
	while (!TAILQ_EMPTY(&o->ready))
		drop(&o->ready, TAILQ_FIRST(&o->ready));
}
