/* What is wrong with an input: why it cannot be read, or what a record of it breaks. */
#include "proposal/read.h"

struct md_place
md_input_place(const struct md_input *in, uint32_t line)
{
	return in->nfiles > 0 && line > 0 ? md_zone_line(in->files, in->nfiles, line)
	                                  : (struct md_place){ in->path, line, NULL };
}

uint32_t
md_input_within(struct md_input *in, uint32_t line, const char *what)
{
	const uint32_t before = (uint32_t)in->nfiles;

	MD_PUSH(in->mem, in->files, in->nfiles,
	        ((struct md_zone_file){ in->path, before, line > 0 ? line - 1 : 0, what }));
	return before + 1;
}

bool
md_input_wrong(struct md_input *in, uint32_t line, const char *fmt, ...)
{
	const struct md_place at = md_input_place(in, line);
	const char *what;
	va_list ap;

	if (in->why != NULL)
		return false;
	va_start(ap, fmt);
	what = md_vprintf(in->mem, fmt, ap);
	va_end(ap);
	if (at.within != NULL)
		what = md_printf(in->mem, "%s: %s", at.within, what);
	in->why = at.line > 0 ? md_printf(in->mem, "%s:%u: %s", at.file, at.line, what)
	                      : md_printf(in->mem, "%s: %s", at.file, what);
	return false;
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
	const struct md_input_fault fault = { .rule = rule,
		                              .name = rr->owner,
		                              .evidence = evidence,
		                              .place = md_input_place(in, rr->line),
		                              .type = rr->type };

	if (in->nfaults < MD_MOST_FAULTS)
		MD_PUSH(in->mem, in->faults, in->nfaults, fault);
}
