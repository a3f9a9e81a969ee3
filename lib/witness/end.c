/* How the talk with a witness ends, and what its caller is told. */
#include <signal.h>

#include "witness/talk.h"

void
md_witness_hang_up(struct md_witness *w)
{
	if (w->line != NULL)
		md_io_close(&w->all->loop, &w->line->io);
	w->line = NULL;
	if (w->phase == MD_WITNESS_TALKING)
		w->all->talking--;
	w->phase = MD_WITNESS_LEAVING;
}

void
md_witness_end(struct md_witness *w)
{
	md_witness_hang_up(w);
	/* Its whole process group: what it may have started goes with it. */
	if (w->pid > 0)
		kill(-w->pid, SIGKILL);
}

void
md_witness_conclude(struct md_witness *w, const struct md_opinion *opinion)
{
	const struct md_witness_calls *calls = w->calls;

	w->calls = NULL;
	md_witness_end(w);
	calls->ends(w->arg, opinion);
}

void
md_witness_conclude_without(struct md_witness *w, const char *fmt, ...)
{
	struct md_opinion opinion = { .fact.state = MD_UNKNOWN,
		                      .engine = w->engine,
		                      .input = w->input,
		                      .result = "",
		                      .detail = "" };
	va_list ap;

	va_start(ap, fmt);
	opinion.fact.why =
	        md_printf(w->mem, "no second opinion: %s", md_vprintf(w->mem, fmt, ap));
	va_end(ap);
	md_witness_conclude(w, &opinion);
}
