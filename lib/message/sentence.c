/* The verdict on a message in a sentence: will it be believed, why not, and who would take it.
 */
#include <string.h>

#include "base/arena.h"
#include "dmarc/message.h"
#include "domain/psl.h"
#include "envelope/forward.h"
#include "mail/address.h"
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

/* Is there a signature of the author's domain, or of another that verifies? */
static bool
any_aligned(const struct md_dmarc_message *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->identifiers[i].dkim != NULL &&
		    (d->identifiers[i].pass ||
		     d->identifiers[i].alignment.outcome == MD_ALIGNED))
			return true;
	return false;
}

static const char *
dmarc_clause(struct md_arena *mem, const struct md_dmarc_message *d, bool explained)
{
	switch (d->result) {
	case MD_DMARC_RESULT_PASS:
		if (d->by_dkim && d->by_spf)
			return "DMARC passes by DKIM and by SPF";
		return md_printf(mem, "DMARC passes by %s of %s", d->by_dkim ? "DKIM" : "SPF",
		                 passing_domain(d, d->by_dkim));
	case MD_DMARC_RESULT_FAIL: /* why: the other clauses tell */
		return explained || any_aligned(d)
		               ? md_printf(mem, "DMARC of %s fails", d->author)
		               : md_printf(mem,
		                           "nothing speaks for %s, so DMARC fails: "
		                           "the message is forged, or sent by a host "
		                           "that %s does not know",
		                           d->author, d->author);
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
	if (spf->forwarding != NULL && spf->forwarding->origin != NULL)
		return dmarc != NULL && dmarc->result == MD_DMARC_RESULT_PASS
		               ? ""
		               : "SPF fails, as it does for what is forwarded";
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

/* What broke it: the changes in a few words, else the reason and who may be behind it. */
static const char *
why_broken(struct md_arena *mem, const struct md_dkim_verdict *v,
           const struct md_dkim_diagnosis *d)
{
	const char *fields = md_dkim_fields_added(mem, d);

	if (d->n > 0)
		return fields[0] != '\0' && d->changes[0].added ? fields : d->changes[0].what;
	if (v->cause == MD_DKIM_BODY_HASH && d->rewriter[0] != '\0')
		return md_printf(mem, "%s; %s", v->reason, d->rewriter);
	return v->reason;
}

static const char *
broken_clause(struct md_arena *mem, const struct md_dkim_verdict *v,
              const struct md_dkim_diagnosis *diagnosis)
{
	const char *domain =
	        v->signature->domain[0] != '\0' ? v->signature->domain : "no domain";

	if (v->rebuilt != NULL)
		return md_printf(mem,
		                 "the DKIM signature of %s cannot be verified: %s made the "
		                 "message anew",
		                 domain, v->rebuilt);
	return md_printf(mem, "the DKIM signature of %s %s: %s", domain,
	                 md_dkim_is_open(v) ? "cannot be verified" : "fails",
	                 why_broken(mem, v, diagnosis));
}

/* What has come between the receiver's pass and now. */
static const char *
since_receipt(struct md_arena *mem, const struct md_dkim_verdict *v)
{
	if (v->rebuilt != NULL)
		return md_printf(mem, "%s has made the message anew since", v->rebuilt);
	switch (v->cause) {
	case MD_DKIM_KEY_MISSING:
	case MD_DKIM_KEY_REVOKED:
		return "its key has gone from the DNS since";
	case MD_DKIM_KEY_FAULTY:
	case MD_DKIM_KEY_TYPE:
		return "its key record is another since";
	default:
		return v->recovery == MD_RECOVERY_WRONG_KEY
		               ? "its key record is another since"
		               : "the message was changed after that";
	}
}

static const char *
good_clause(struct md_arena *mem, const struct md_dkim_verdict *v)
{
	if (v->result == MD_DKIM_PASS)
		return md_printf(mem, "the DKIM signature of %s verifies",
		                 v->signature->domain);
	return md_printf(mem, "the DKIM signature of %s passed at the receiver (%s)",
	                 v->signature->domain, since_receipt(mem, v));
}

/* The first signature that counts, or does not; of all, or of those of one organisation. */
static const struct md_dkim_verdict *
pick(const struct md_dkim_verdicts *all, bool counts, const char *author)
{
	for (size_t i = 0; i < all->n; i++)
		if (md_dkim_counts(&all->all[i]) == counts &&
		    (author == NULL ||
		     md_psl_same_organisation(all->all[i].signature->domain, author)))
			return &all->all[i];
	return NULL;
}

/* Does DMARC pass by a signature that was broken after the receipt, and by no sound one? */
static const struct md_dkim_verdict *
held_alone(const struct md_dmarc_message *d)
{
	const struct md_dkim_verdict *held = NULL;

	for (size_t i = 0; i < d->n; i++) {
		const struct md_dmarc_identifier *id = &d->identifiers[i];

		if (id->dkim == NULL || !id->pass || id->alignment.outcome != MD_ALIGNED)
			continue;
		if (id->dkim->result == MD_DKIM_PASS)
			return NULL;
		held = id->dkim;
	}
	return held;
}

/*
 * What is to be said of its signatures: which of the author's is broken, and what broke it;
 * nothing when another does the work.
 */
static const char *
dkim_clause(struct md_arena *mem, const struct md_report *report,
            const struct md_signatures *signatures)
{
	const struct md_dmarc_message *dmarc = md_report_part(report, &md_part_dmarc);
	const struct md_envelope *envelope = md_report_part(report, &md_part_envelope);
	const struct md_dkim_verdicts *all = signatures->verdicts;
	const struct md_dkim_verdict *v;
	const char *why, *author = md_author_domain(mem, report->subject->message, &why);

	if (all->n == 0) /* a bounce has none as a rule */
		return envelope != NULL && envelope->bounce && dmarc != NULL && dmarc->by_spf
		               ? ""
		               : "it has no DKIM signature";
	if (dmarc != NULL && dmarc->by_dkim) {
		v = held_alone(dmarc);
		return v != NULL ? good_clause(mem, v) : "";
	}
	v = author != NULL ? pick(all, true, author) : NULL;
	if (v != NULL) /* else DMARC tells what it is good for */
		return dmarc == NULL ? good_clause(mem, v) : "";
	v = author != NULL ? pick(all, false, author) : NULL;
	if (v == NULL)
		v = pick(all, false, NULL);
	if (v != NULL)
		return broken_clause(mem, v, &signatures->diagnoses->all[v - all->all]);
	return dmarc == NULL ? good_clause(mem, &all->all[0]) : "";
}

/* Who sent it, where that is another than the author (RFC 5322 3.6.2). */
static const char *
sender_clause(struct md_arena *mem, const struct md_report *report)
{
	const struct md_mailbox *sender = md_message_sender(mem, report->subject->message);
	const struct md_mailbox *author;

	if (sender == NULL)
		return "";
	author = md_message_author(mem, report->subject->message);
	return md_printf(mem, "sent by %s (Sender) for %s", md_show(mem, md_str(sender->text)),
	                 md_show(mem, md_str(author->text)));
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

	if (spf != NULL && spf->forwarding != NULL &&
	    (spf->forwarding->origin == NULL || dmarc == NULL ||
	     dmarc->result != MD_DMARC_RESULT_FAIL))
		add(&out, md_printf(mem, "forwarded by %s", spf->forwarding->by));
	if (dmarc != NULL && dmarc->result == MD_DMARC_RESULT_FAIL)
		add(&out, sender_clause(mem, report));
	if (dmarc != NULL)
		add(&out, dmarc_clause(mem, dmarc, out.len > 0));
	if (dkim != NULL)
		add(&out, dkim_clause(mem, report, dkim));
	if (spf != NULL)
		add(&out, spf_clause(mem, spf, dmarc));
	if (profiles != NULL)
		add_providers(&out, profiles);
	return out.len > 0 ? md_buf_str(&out) : "nothing was looked at that it depends on";
}
