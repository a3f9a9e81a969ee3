/* What is wrong with an input: why it cannot be read, or what a record of it breaks. */
#include "proposal/read.h"

bool
md_input_wrong(struct md_input *in, uint32_t line, const char *fmt, ...)
{
	const char *what;
	va_list ap;

	if (in->why != NULL)
		return false;
	va_start(ap, fmt);
	what = md_vprintf(in->mem, fmt, ap);
	va_end(ap);
	in->why = line > 0 ? md_printf(in->mem, "%s:%u: %s", in->path, line, what)
	                   : md_printf(in->mem, "%s: %s", in->path, what);
	return false;
}

struct md_place
md_input_place(const struct md_input *in, uint32_t line)
{
	return in->nfiles > 0 ? md_zone_line(in->files, in->nfiles, line)
	                      : (struct md_place){ in->path, line };
}

void
md_input_not_judged(struct md_input *in, uint32_t line, const char *what, const char *why)
{
	const struct md_not_judged one = { what, why, md_input_place(in, line), false };

	if (in->nnot_judged < MD_MOST_FAULTS)
		MD_PUSH(in->mem, in->not_judged, in->nnot_judged, one);
}

void
md_input_fault(struct md_input *in, const struct md_rr *rr, const char *rule,
               const char *evidence)
{
	const struct md_input_fault fault = { rule, rr->owner, evidence, md_input_place(in, rr->line) };

	if (in->nfaults < MD_MOST_FAULTS)
		MD_PUSH(in->mem, in->faults, in->nfaults, fault);
}
