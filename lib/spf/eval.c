/* What check_host() is made of: the trace, lookups that count, names from macros. */
#include "spf/eval.h"

#include <stdarg.h>

#include "base/name.h"

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

struct md_str
md_spf_expand(struct md_spf_eval *e, struct md_str text, enum md_spf_macro_place place)
{
	if (md_spf_macro_uses(text, "p"))
		e->values.validated = md_spf_validated_name(e);
	return md_spf_macro_expand(e->mem, text, place, &e->values);
}

struct md_str
md_spf_target(struct md_spf_eval *e, struct md_str domain_spec)
{
	if (domain_spec.len == 0)
		return e->values.domain;
	return md_spf_macro_fit(md_spf_expand(e, domain_spec, MD_SPF_IN_RECORD));
}

static uint16_t
first_question(const struct md_spf_eval *e, const struct md_spf_term *term)
{
	switch (term->kind) {
	case MD_SPF_A:
		return md_spf_address_type(e);
	case MD_SPF_MX:
		return MD_MX;
	case MD_SPF_EXISTS:
		return MD_A;
	default:
		return MD_TXT;
	}
}

void
md_spf_ask_ahead(struct md_spf_eval *e, const struct md_spf *record)
{
	unsigned counted = e->verdict->terms;

	for (size_t i = 0; i < record->n && counted < e->limits.terms; i++) {
		const struct md_spf_term *term = &record->terms[i];
		const char *target;

		if (!md_spf_reached(record, term) || !md_spf_counts(term))
			continue;
		counted++;
		if (term->kind == MD_SPF_PTR || md_spf_macro_uses(term->domain, "p"))
			continue;
		target = md_show(e->mem, md_spf_target(e, term->domain));
		if (md_name_fits(target))
			md_dns(e->c, first_question(e, term), target);
	}
}
