/* Who wrote the message, and who authenticated it: what DMARC is judged by (RFC 9989 5.3). */
#include "dmarc/message.h"

#include "base/name.h"
#include "dmarc/message_judge.h"
#include "envelope/author.h"
#include "envelope/envelope.h"

static const void *
verify(struct md_ctx *c, const char *arg)
{
	(void)arg;
	return md_dkim_verify(c);
}

/* The domain that SPF would vouch for; "" when the envelope does not tell. */
static const char *
domain_of(struct md_ctx *c, const struct md_envelope *envelope)
{
	const struct md_reverse_path *path = &envelope->mail_from;
	/* 4.4.2, RFC 7208 2.4: of the null path the HELO domain is checked instead. */
	const char *domain = path->null ? envelope->helo : path->domain;

	return domain[0] != '\0' ? md_name_normal(md_mem(c), md_str(domain)) : "";
}

static void
read_spf(struct md_ctx *c, struct md_dmarc_evidence *e)
{
	const struct md_envelope *envelope = md_envelope(c);
	const struct md_envelope_spf *spf = md_envelope_spf_aside(c);
	const struct md_spf_verdict *verdict = spf->verdict;

	e->spf_domain = domain_of(c, envelope);
	e->spf_result = "unknown";
	/* Without a reverse-path only HELO could be checked, which is not for DMARC (4.4.2). */
	if (verdict == NULL || !envelope->mail_from.given) {
		e->spf_unknown = true;
		e->spf_why = verdict == NULL ? spf->why : "the reverse-path is not known";
		return;
	}
	e->spf_domain = verdict->domain;
	e->spf_result = md_spf_result_name(verdict->result);
	e->spf_pass = verdict->result == MD_SPF_RESULT_PASS;
	e->spf_unknown = e->spf_temporary = verdict->result == MD_SPF_RESULT_TEMPERROR;
	e->spf_why = verdict->why;
}

/* What libopendmarc is compared with; NULL when we come to no conclusion. */
static const char *
our_word(const struct md_dmarc_message *m)
{
	switch (m->result) {
	case MD_DMARC_RESULT_PASS:
		return "pass";
	case MD_DMARC_RESULT_FAIL:
		return md_dmarc_request_name(m->found->policy);
	case MD_DMARC_RESULT_NONE:
		return "absent";
	default:
		return NULL;
	}
}

/* It is told what such a receiver has found itself; without a record there is no question. */
static const struct md_dmarc_opinion *
opinion_on(struct md_ctx *c, const struct md_dmarc_evidence *e,
           const struct md_dmarc_message *m)
{
	struct md_dmarc_opinion_query query = { .author = m->author, .ours = our_word(m) };
	const char **dkim = NULL;

	if (query.ours == NULL || e->spf_unknown || !m->found_7489->known ||
	    m->found_7489->place == NULL)
		return NULL;
	for (size_t i = 0; i < e->dkim->n; i++)
		if (md_dkim_counts(&e->dkim->all[i]))
			MD_PUSH(md_mem(c), dkim, query.ndkim,
			        e->dkim->all[i].signature->domain);
	query.record = m->found_7489->place->record->text;
	query.found_at = m->found_7489->place->name;
	query.spf_domain = e->spf_domain;
	query.spf_result = e->spf_result;
	query.dkim = dkim;
	return md_dmarc_opinion(c, &query);
}

/*
 * What was not answered is said by the checks of SPF and DKIM; here it counts only when the
 * result hangs on it.
 */
static const void *
derive(struct md_ctx *c, const char *arg)
{
	struct md_dmarc_evidence e = { .no_author = "" };
	struct md_dmarc_message *m;

	(void)arg;
	e.author = md_author(c, &e.no_author);
	read_spf(c, &e);
	e.dkim = md_derive_aside(c, verify, "");
	m = md_dmarc_judge(c, &e);
	m->opinion = opinion_on(c, &e, m);
	if (m->result == MD_DMARC_RESULT_TEMPERROR) {
		md_dkim_verify(c);
		if (e.spf_temporary)
			md_envelope_spf(c);
	}
	return m;
}

const struct md_dmarc_message *
md_dmarc_message(struct md_ctx *c)
{
	return md_derive(c, derive, "");
}
