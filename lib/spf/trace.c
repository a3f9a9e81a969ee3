/* What check_host() is made of: the trace, and lookups that count. */
#include "spf/trace.h"

#include <stdarg.h>

/* ---- the trace ---- */

struct md_spf_step *
md_spf_step_at(struct md_spf_eval *e, size_t i)
{
	return &e->verdict->steps[i];
}

size_t
md_spf_step_begin(struct md_spf_eval *e, struct md_spf_step step)
{
	struct md_spf_verdict *v = e->verdict;

	step.outcome = "";
	step.terms = v->terms;
	step.voids = v->voids;
	MD_PUSH(e->mem, v->steps, v->nsteps, step);
	e->void_lookup = false;
	e->step = v->nsteps - 1;
	return e->step;
}

void
md_spf_step_end(struct md_spf_eval *e, size_t i, const char *outcome)
{
	md_spf_step_at(e, i)->outcome = outcome;
	md_spf_step_at(e, i)->terms = e->verdict->terms;
	md_spf_step_at(e, i)->voids = e->verdict->voids;
}

void
md_spf_blame(struct md_spf_eval *e, const char *fmt, ...)
{
	va_list ap;

	if (e->verdict->why[0] != '\0')
		return;
	va_start(ap, fmt);
	e->verdict->why = md_vprintf(e->mem, fmt, ap);
	va_end(ap);
}

/* ---- lookups ---- */

enum md_spf_match
md_spf_unanswered(struct md_spf_eval *e, const struct md_dns *fact)
{
	if (e->verdict->unknown == NULL)
		e->verdict->unknown = fact;
	md_spf_blame(e, "%s: %s", md_question_text(e->mem, &fact->question), fact->fact.why);
	return MD_SPF_MATCH_TEMPERROR;
}

/* RFC 7208 4.6.4: "terms for which DNS queries return" nothing, so one of a term counts. */
enum md_spf_match
md_spf_count_void(struct md_spf_eval *e, const struct md_dns *fact)
{
	e->verdict->void_queries++;
	if (e->void_lookup)
		return MD_SPF_NO_MATCH;
	e->void_lookup = true;
	if (++e->verdict->voids <= e->limits.voids)
		return MD_SPF_NO_MATCH;
	e->verdict->void_limit = true;
	md_spf_blame(e, "more than %u void lookups; the last one was %s", e->limits.voids,
	             md_question_text(e->mem, &fact->question));
	return MD_SPF_MATCH_PERMERROR;
}

enum md_spf_match
md_spf_look(struct md_spf_eval *e, uint16_t type, const char *name, const struct md_dns **fact)
{
	struct md_spf_step *step = md_spf_step_at(e, e->step);

	*fact = md_dns(e->c, type, name);
	MD_PUSH(e->mem, step->lookups, step->nlookups, *fact);
	switch ((*fact)->fact.state) {
	case MD_PRESENT:
		return MD_SPF_NO_MATCH;
	case MD_ABSENT:
		return md_spf_count_void(e, *fact);
	default: /* wanted or unknown: md_waiting() tells which */
		return md_spf_unanswered(e, *fact);
	}
}
