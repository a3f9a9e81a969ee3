/* The verdict on a message in a sentence: will it be believed, why not, and who would take it.
 */
#include "base/arena.h"
#include "dmarc/message.h"
#include "envelope/envelope.h"
#include "message/message.h"
#include "profile/profile.h"
#include "repair/signatures.h"

/* Clauses that become a sentence: "a; b; c". */
static void
add(struct md_buf *out, const char *clause)
{
	if (clause[0] != '\0')
		md_buf_item(out, "; ", "%s", clause);
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
spf_clause(struct md_arena *mem, const struct md_envelope_spf *spf,
           const struct md_dmarc_message *dmarc)
{
	const struct md_spf_verdict *v = spf->verdict;

	if (v == NULL)
		return md_printf(mem, "SPF cannot be judged: %s", spf->why);
	switch (v->result) {
	case MD_SPF_RESULT_PASS:
		return spf_pass_clause(mem, dmarc, v->domain);
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

static const char *
broken_clause(struct md_arena *mem, const struct md_dkim_verdict *v,
              const struct md_dkim_diagnosis *diagnosis)
{
	return md_printf(mem, "the DKIM signature of %s %s: %s",
	                 v->signature->domain[0] != '\0' ? v->signature->domain : "no domain",
	                 md_dkim_is_open(v) ? "cannot be verified" : "fails",
	                 diagnosis->n > 0 ? diagnosis->changes[0].what : v->reason);
}

/*
 * The first signature that does not pass, and what broke it; nothing when another
 * does the work.
 */
static const char *
dkim_clause(struct md_arena *mem, const struct md_signatures *signatures,
            const struct md_dmarc_message *dmarc)
{
	const struct md_dkim_verdicts *all = signatures->verdicts;

	if (all->n == 0)
		return "it has no DKIM signature";
	if (dmarc != NULL && dmarc->by_dkim)
		return "";
	for (size_t i = 0; i < all->n; i++)
		if (all->all[i].result != MD_DKIM_PASS)
			return broken_clause(mem, &all->all[i], &signatures->diagnoses->all[i]);
	if (dmarc == NULL) /* else that tells what it is good for */
		return md_printf(mem, "the DKIM signature of %s verifies",
		                 all->all[0].signature->domain);
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

static void
add_providers(struct md_buf *out, const struct md_profiles *p)
{
	struct md_arena *mem = out->mem;

	add(out, providers(mem, p, MD_MET, MD_EFFECT_NOT_SAID, "accept"));
	add(out, providers(mem, p, MD_NOT_MET, MD_EFFECT_JUNK, "junk"));
	add(out, providers(mem, p, MD_NOT_MET, MD_EFFECT_REFUSE, "refuse"));
}

const char *
md_message_sentence(struct md_arena *mem, const struct md_report *report)
{
	const struct md_dmarc_message *dmarc = md_report_part(report, &md_part_dmarc);
	const struct md_signatures *dkim = md_report_part(report, &md_part_dkim);
	const struct md_envelope_spf *spf = md_report_part(report, &md_part_envelope_spf);
	const struct md_profiles *profiles = md_report_part(report, &md_part_profiles);
	struct md_buf out = { .mem = mem };

	if (dmarc != NULL)
		add(&out, dmarc_clause(mem, dmarc));
	if (dkim != NULL)
		add(&out, dkim_clause(mem, dkim, dmarc));
	if (spf != NULL)
		add(&out, spf_clause(mem, spf, dmarc));
	if (profiles != NULL)
		add_providers(&out, profiles);
	return out.len > 0 ? md_buf_str(&out) : "nothing was looked at that it depends on";
}
