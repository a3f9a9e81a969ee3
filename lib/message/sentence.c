/* The verdict on a message in a sentence: will it be believed, why not, and who would take it.
 */
#include "base/arena.h"
#include "dmarc/message.h"
#include "envelope/envelope.h"
#include "profile/profile.h"
#include "message/tell.h"
#include "repair/repair.h"

enum { INDENT = 6 };

/* Clauses that become a sentence: "a; b; c". */
static void
add(struct md_buf *out, const char *clause)
{
	if (clause[0] != '\0')
		md_buf_printf(out, "%s%s", out->len > 0 ? "; " : "", clause);
}

static const char *
passing_domain(const struct md_dmarc_message *d, bool by_dkim)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->identifiers[i].pass && (d->identifiers[i].dkim != NULL) == by_dkim &&
		    d->identifiers[i].alignment.outcome == MD_ALIGNED)
			return d->identifiers[i].domain;
	return "";
}

static const char *
dmarc_clause(struct md_arena *mem, const struct md_dmarc_message *d)
{
	switch (d->result) {
	case MD_DMARC_RESULT_PASS:
		if (d->by_dkim && d->by_spf)
			return "DMARC passes by DKIM and by SPF";
		return md_printf(mem, "DMARC passes by %s of %s", d->by_dkim ? "DKIM" : "SPF",
		                 passing_domain(d, d->by_dkim));
	case MD_DMARC_RESULT_FAIL: /* why: the other clauses tell */
		return md_printf(mem, "DMARC of %s fails", d->author);
	case MD_DMARC_RESULT_TEMPERROR:
	case MD_DMARC_RESULT_UNKNOWN:
		return md_printf(mem, "DMARC cannot be judged: %s", d->why);
	case MD_DMARC_RESULT_PERMERROR:
		return md_printf(mem, "DMARC cannot be applied: %s", d->why);
	default:
		return md_printf(mem, "no DMARC policy covers %s",
		                 d->author != NULL ? d->author : "it");
	}
}

/* SPF's own among the identifiers; NULL where there is none to align. */
static const struct md_dmarc_identifier *
by_spf(const struct md_dmarc_message *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->identifiers[i].dkim == NULL)
			return &d->identifiers[i];
	return NULL;
}

/* What a pass of SPF is worth where DMARC does not pass: nothing, when it is another's. */
static const char *
spf_pass_clause(struct md_arena *mem, const struct md_dmarc_message *d, const char *domain)
{
	const struct md_dmarc_identifier *id;

	if (d == NULL || d->author == NULL || d->result == MD_DMARC_RESULT_PASS)
		return "";
	id = by_spf(d);
	if (id == NULL || id->alignment.outcome == MD_ALIGNED)
		return md_printf(mem, "SPF passes for %s", domain);
	if (id->alignment.outcome == MD_NOT_ALIGNED)
		return md_printf(mem, "SPF passes for %s, which does not speak for %s", domain,
		                 d->author);
	return md_printf(mem, "SPF passes for %s; whether that speaks for %s is not known",
	                 domain, d->author);
}

static const char *
spf_clause(struct md_arena *mem, const struct md_shown *shown)
{
	const struct md_envelope_spf *spf = shown->envelope_spf;
	const struct md_spf_verdict *v = spf->verdict;

	if (v == NULL)
		return md_printf(mem, "SPF cannot be judged: %s", spf->why);
	switch (v->result) {
	case MD_SPF_RESULT_PASS:
		return spf_pass_clause(mem, shown->dmarc, v->domain);
	case MD_SPF_RESULT_FAIL:
		return md_printf(mem, "SPF fails because %s", v->why);
	case MD_SPF_RESULT_SOFTFAIL:
		return md_printf(mem, "SPF fails softly because %s", v->why);
	case MD_SPF_RESULT_TEMPERROR:
		return md_printf(mem, "SPF cannot be judged: %s", v->why);
	default:
		return md_printf(mem, "SPF says %s: %s", md_spf_result_name(v->result), v->why);
	}
}

static const struct md_dkim_diagnosis *
diagnosis_of(const struct md_shown *shown, size_t i)
{
	if (shown->diagnoses == NULL || i >= shown->diagnoses->n ||
	    shown->diagnoses->all[i].n == 0)
		return NULL;
	return &shown->diagnoses->all[i];
}

/* The first signature that does not pass, and what broke it; nothing when another does the
 * work. */
static const char *
dkim_clause(struct md_arena *mem, const struct md_shown *shown)
{
	if (shown->dkim->n == 0)
		return "it has no DKIM signature";
	if (shown->dmarc != NULL && shown->dmarc->by_dkim)
		return "";
	for (size_t i = 0; i < shown->dkim->n; i++) {
		const struct md_dkim_verdict *v = &shown->dkim->all[i];
		const struct md_dkim_diagnosis *d = diagnosis_of(shown, i);

		if (v->result == MD_DKIM_PASS)
			continue;
		return md_printf(
		        mem, "the DKIM signature of %s %s: %s",
		        v->signature->domain[0] != '\0' ? v->signature->domain : "no domain",
		        v->result == MD_DKIM_TEMPERROR ? "cannot be verified" : "fails",
		        d != NULL ? d->changes[0].what : v->reason);
	}
	if (shown->dmarc == NULL) /* else that tells what it is good for */
		return md_printf(mem, "the DKIM signature of %s verifies",
		                 shown->dkim->all[0].signature->domain);
	return "";
}

/* Those that would do the same to it: a state, and for what is not met its effect. */
static bool
is_of(const struct md_profile *p, enum md_requirement_state state, enum md_effect does)
{
	return p->everyone == state && p->does == does;
}

/* "Gmail and Yahoo would accept it": those of one outcome, by name. */
static const char *
providers(struct md_arena *mem, const struct md_profiles *p, enum md_requirement_state state,
          enum md_effect does, const char *verb)
{
	struct md_buf out = { .mem = mem };
	size_t n = 0, at = 0;

	for (size_t i = 0; i < p->n; i++)
		n += is_of(&p->all[i], state, does);
	for (size_t i = 0; i < p->n; i++) {
		if (!is_of(&p->all[i], state, does))
			continue;
		md_buf_printf(&out, "%s%s",
		              at == 0       ? ""
		              : at + 1 == n ? " and "
		                            : ", ",
		              p->all[i].name);
		at++;
	}
	return n > 0 ? md_printf(mem, "%s would %s it", md_buf_str(&out), verb) : "";
}

static const char *
sentence(struct md_arena *mem, const struct md_shown *shown)
{
	struct md_buf out = { .mem = mem };

	if (shown->dmarc != NULL)
		add(&out, dmarc_clause(mem, shown->dmarc));
	if (shown->dkim != NULL)
		add(&out, dkim_clause(mem, shown));
	if (shown->envelope_spf != NULL)
		add(&out, spf_clause(mem, shown));
	if (shown->profiles != NULL) {
		add(&out,
		    providers(mem, shown->profiles, MD_MET, MD_EFFECT_NOT_SAID, "accept"));
		add(&out, providers(mem, shown->profiles, MD_NOT_MET, MD_EFFECT_JUNK, "junk"));
		add(&out,
		    providers(mem, shown->profiles, MD_NOT_MET, MD_EFFECT_REFUSE, "refuse"));
	}
	return out.len > 0 ? md_buf_str(&out) : "nothing was looked at that it depends on";
}

void
md_text_message_verdict(const struct md_page *page, const struct md_report *report,
                        const struct md_style *style)
{
	const char *text =
	        md_printf(page->mem, ": %s (%s).", sentence(page->mem, &report->shown),
	                  md_text_counts(page->mem, report));
	unsigned at = INDENT;

	md_page_field(page, md_text_ink(report->verdict), 4, md_text_word(report->verdict));
	at += md_page_put(page, MD_STRONG, report->subject->message_name);
	if (!style->quiet) {
		md_page_wrap(page, at, INDENT, text);
		return;
	}
	md_page_put(page, MD_PLAIN, text);
	putc('\n', page->out);
}
