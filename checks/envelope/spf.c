/* SPF of the envelope: the verdict, how it came about, and whether forwarding explains it. */
#include "rules.h"

#include <string.h>

#include "envelope/forward.h"
#include "spf/view.h"

enum { MOST_LINES = 60 };

/* ---- the trace, a tree: two levels for each record, itself and its terms ---- */

static void
note_step(struct md_ctx *c, const struct md_spf_step *s)
{
	struct md_arena *mem = md_mem(c);
	const int level = 2 * (int)s->depth + (s->term != NULL ? 2 : 1);

	if (s->term != NULL)
		md_note(c, "SPF", "%*s%s  %s", 2 * level, "", md_show(mem, s->term->text),
		        s->outcome);
	else if (s->record != NULL)
		md_note(c, "SPF", "%*s%s  %s", 2 * level, "", s->owner,
		        md_excerpt(mem, s->record->text));
	else
		md_note(c, "SPF", "%*s%s  %s", 2 * level, "", s->owner, s->outcome);
}

static void
note_trace(struct md_ctx *c, const struct md_spf_verdict *v)
{
	md_note(c, "SPF", "%s for %s: %s", md_spf_result_name(v->result),
	        v->domain[0] != '\0' ? md_show(md_mem(c), md_str(v->domain)) : "no domain",
	        v->why);
	for (size_t i = 0; i < v->nsteps && i < MOST_LINES; i++)
		note_step(c, &v->steps[i]);
	if (v->nsteps > MOST_LINES)
		md_note(c, "SPF", "  ... and %zu more", v->nsteps - MOST_LINES);
}

/* Receivers that do not conclude what we do, and why. */
static void
note_others(struct md_ctx *c, const struct md_envelope *e, const struct md_envelope_spf *spf)
{
	const struct md_spf_asked asked = { .ip = e->ip, .verdict = spf->verdict };
	const char *other = md_spf_other_reading(md_mem(c), &asked, &md_subject(c)->spf_limits);

	if (spf->opinion != NULL && spf->opinion->differs)
		md_note(c, "second opinion", "%s", spf->opinion->text);
	if (other[0] != '\0')
		md_note(c, "second opinion", "%s", other);
}

/* ---- findings ---- */

static unsigned
rule_for(enum md_spf_result result)
{
	static const unsigned rules[] = {
		[MD_SPF_RESULT_NONE] = ENVELOPE_SPF_NONE,
		[MD_SPF_RESULT_NEUTRAL] = ENVELOPE_SPF_NEUTRAL,
		[MD_SPF_RESULT_FAIL] = ENVELOPE_SPF_FAIL,
		[MD_SPF_RESULT_SOFTFAIL] = ENVELOPE_SPF_SOFTFAIL,
		[MD_SPF_RESULT_PERMERROR] = ENVELOPE_SPF_PERMERROR,
	};

	return rules[result];
}

/*
 * "192.0.2.1 (Received of mx.example.org (line 2)) for ann@example.com (Return-Path (line 1))"
 */
static const char *
question(struct md_arena *mem, const struct md_envelope *e)
{
	return md_printf(mem, "%s (%s) for %s (%s)", md_addr_print(mem, e->ip), e->ip_from,
	                 e->mail_from.null ? md_printf(mem, "the null path and HELO %s",
	                                               md_show(mem, md_str(e->helo)))
	                                   : md_show(mem, md_str(e->mail_from.text)),
	                 e->mail_from_from);
}

static void
report(struct md_ctx *c, const struct md_envelope *e, const struct md_spf_verdict *v)
{
	const char *subject =
	        v->domain[0] != '\0' ? md_show(md_mem(c), md_str(v->domain)) : "MAIL FROM";

	md_found(c, rule_for(v->result), subject, "%s: %s%s", question(md_mem(c), e), v->why,
	         md_envelope_age(c, e));
	if (v->decisive.text.p != NULL)
		md_point(c, v->decisive.text, v->decisive.offset, v->decisive.len);
}

/* ---- forwarding ---- */

static void
report_forwarding(struct md_ctx *c, const struct md_envelope *e,
                  const struct md_envelope_spf *spf)
{
	const bool passes = spf->verdict->result == MD_SPF_RESULT_PASS;

	md_found(c,
	         spf->forwarding->origin != NULL ? ENVELOPE_SPF_FORWARDED : ENVELOPE_FORWARDED,
	         md_addr_print(md_mem(c), e->ip), "%s%s", spf->forwarding->how,
	         passes ? ""
	                : md_printf(md_mem(c), "; SPF of %s: %s", spf->verdict->domain,
	                            md_spf_result_name(spf->verdict->result)));
}

void
md_envelope_judge_spf(struct md_ctx *c, const struct md_envelope *e)
{
	const struct md_envelope_spf *spf = md_envelope_spf_aside(c);
	const struct md_spf_verdict *v = spf->verdict;

	if (v == NULL) {
		md_gap(c, MD_BLIND, MD_NO_RULE, "SPF of this message", "%s", spf->why);
		return;
	}
	if (md_waiting(c))
		return;
	note_trace(c, v);
	note_others(c, e, spf);
	if (v->result == MD_SPF_RESULT_TEMPERROR) {
		md_known_or(c, &v->unknown->fact, ENVELOPE_SPF_TEMPERROR);
		return;
	}
	if (spf->forwarding != NULL)
		report_forwarding(c, e, spf);
	if (v->result == MD_SPF_RESULT_PASS ||
	    (spf->forwarding != NULL && spf->forwarding->origin != NULL))
		return;
	report(c, e, v);
	if (v->result != MD_SPF_RESULT_PERMERROR)
		md_adds_to(c, "dmarc.msg-fail"); /* of a broken signature it is independent */
}
