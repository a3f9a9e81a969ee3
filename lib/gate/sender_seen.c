/* SPF, DKIM and DMARC of an expected sender, from facts. */
#include "gate/sender_seen.h"

#include "dmarc/alignment.h"
#include "dmarc/dmarc.h"
#include "record/dkim_key.h"

static void
see_spf(struct md_ctx *c, const struct md_addr *ip, struct md_sender_seen *seen)
{
	const struct md_expected_sender *s = seen->sender;
	const struct md_spf_query query = {
		.ip = *ip,
		.mail_from = s->mail_from.given ? s->mail_from
		                                : md_reverse_path_read(md_mem(c), s->domain),
		.helo = s->helo,
	};
	const struct md_spf_published *own;

	seen->addressed = true;
	seen->ip = *ip;
	seen->spf = md_spf_check_host(c, &query);
	own = md_spf_published(c, seen->spf->domain);
	if (own->record != NULL)
		seen->spf_record =
		        md_strndup(md_mem(c), own->record->text.p, own->record->text.len);
}

static void
judge_key(struct md_ctx *c, const struct md_dns *txt, struct md_sender_seen *seen)
{
	const struct md_dkim_key *key = md_dkim_key_parse(md_mem(c), txt->rr[0].txt.joined);

	if (key->revoked)
		seen->dkim_why = "the key is revoked (empty p=)";
	else if (key->faults.n > 0)
		seen->dkim_why = md_faults_line(md_mem(c), &key->faults);
	else if (key->type == MD_KEY_RSA && key->bits < MD_RSA_LEAST)
		seen->dkim_why = md_printf(md_mem(c), "the key has only %u bits", key->bits);
	else
		seen->dkim = MD_PASSES;
}

static void
see_dkim(struct md_ctx *c, struct md_sender_seen *seen)
{
	const struct md_expected_sender *s = seen->sender;
	const char *domain = s->dkim_domain[0] != '\0' ? s->dkim_domain : s->domain;
	const struct md_dns *txt;

	if (s->selector[0] == '\0')
		return;
	seen->signs = true;
	seen->key_name = md_printf(md_mem(c), "%s._domainkey.%s", s->selector, domain);
	txt = md_dns(c, MD_TXT, seen->key_name);
	if (txt->fact.state == MD_UNKNOWN)
		seen->dkim = MD_PASSES_UNKNOWN;
	else if (txt->fact.state == MD_PRESENT && txt->n > 0)
		judge_key(c, txt, seen);
	else
		seen->dkim_why = "there is no key record";
}

static enum md_passes
spf_passes(const struct md_sender_seen *seen)
{
	if (!seen->addressed || seen->spf->result == MD_SPF_RESULT_TEMPERROR)
		return MD_PASSES_UNKNOWN;
	return seen->spf->result == MD_SPF_RESULT_PASS ? MD_PASSES : MD_PASSES_NOT;
}

/* A leg of DMARC: it passes, and its domain speaks for the author's. */
static enum md_passes
leg(struct md_ctx *c, enum md_passes passes, const char *domain, bool strict)
{
	struct md_alignment alignment;

	if (passes == MD_PASSES_NOT)
		return passes;
	alignment = md_alignment(c, domain, md_domain(c), strict);
	if (alignment.outcome == MD_NOT_ALIGNED)
		return MD_PASSES_NOT;
	return alignment.outcome == MD_ALIGNED ? passes : MD_PASSES_UNKNOWN;
}

static enum md_passes
either(enum md_passes a, enum md_passes b)
{
	if (a == MD_PASSES || b == MD_PASSES)
		return MD_PASSES;
	return a == MD_PASSES_UNKNOWN || b == MD_PASSES_UNKNOWN ? MD_PASSES_UNKNOWN
	                                                        : MD_PASSES_NOT;
}

static void
see_dmarc(struct md_ctx *c, struct md_sender_seen *seen)
{
	const struct md_dmarc_discovery *found = md_dmarc_discover_aside(c, md_domain(c));
	const struct md_dmarc *record = found->place != NULL ? found->place->record : NULL;
	const struct md_expected_sender *s = seen->sender;
	const char *signer = s->dkim_domain[0] != '\0' ? s->dkim_domain : s->domain;
	enum md_passes by_spf = MD_PASSES_NOT, by_dkim = MD_PASSES_NOT;

	if (seen->addressed)
		by_spf = leg(c, spf_passes(seen), seen->spf->domain,
		             record != NULL && record->aspf_strict);
	if (seen->signs)
		by_dkim = leg(c, seen->dkim, signer, record != NULL && record->adkim_strict);
	else if (s->may_sign)
		by_dkim = MD_PASSES_UNKNOWN;
	seen->dmarc = either(by_spf, by_dkim);
}

struct md_sender_seen
md_sender_look(struct md_ctx *c, const struct md_expected_sender *sender,
               const struct md_addr *ip)
{
	struct md_sender_seen seen = {
		.sender = sender, .spf_record = "", .key_name = "", .dkim_why = ""
	};

	if (ip != NULL)
		see_spf(c, ip, &seen);
	see_dkim(c, &seen);
	if (seen.addressed || seen.signs)
		see_dmarc(c, &seen);
	return seen;
}
