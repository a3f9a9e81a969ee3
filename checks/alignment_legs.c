/* Would an identifier authenticate, and align with the From domain? */
#include <string.h>

#include "alignment.h"
#include "base/name.h"
#include "dmarc/alignment.h"
#include "dmarc/dmarc.h"
#include "record/dkim_key.h"
#include "spf/spf.h"

/* ---- alignment in words ---- */

static const char *
aligned_text(struct md_ctx *c, const struct md_alignment *a, bool strict)
{
	const char *list = "";

	if (a->identical)
		return "the same name";
	if (strict)
		return "strict alignment wants the same name";
	if (a->outcome == MD_ALIGNMENT_UNKNOWN)
		return "organisational domain not known";
	if ((a->outcome == MD_ALIGNED) != a->by_list)
		list = a->by_list ? "; older receivers see one, by the Public Suffix List"
		                  : "; older receivers see two, by the Public Suffix List";
	if (a->outcome == MD_ALIGNED)
		return md_printf(md_mem(c), "both of the organisational domain %s%s",
		                 a->author_organisational, list);
	return md_printf(md_mem(c), "organisational domains %s and %s%s",
	                 a->identifier_organisational, a->author_organisational, list);
}

/* ---- SPF ---- */

/*
 * The SPF-authenticated identifier to be: the domain of MAIL FROM; with the null reverse-path
 * that of HELO (RFC 7208 2.4, RFC 9989 3.2.4).  NULL when that is needed and not given.
 */
static const char *
spf_domain(struct md_ctx *c, const char **identity)
{
	const struct md_subject *s = md_subject(c);

	*identity = "MAIL FROM";
	if (!s->mail_from.given) {
		*identity = "MAIL FROM (assumed)";
		return md_domain(c);
	}
	if (!s->mail_from.null)
		return md_name_normal(md_mem(c), md_str(s->mail_from.domain));
	*identity = "HELO";
	return s->helo[0] != '\0' ? md_name_normal(md_mem(c), md_str(s->helo)) : NULL;
}

static struct md_leg
spf_result(struct md_ctx *c, const struct md_addr *ip, const char *domain, const char *who)
{
	const struct md_subject *s = md_subject(c);
	const struct md_spf_query query = {
		.ip = *ip,
		.mail_from = s->mail_from.given ? s->mail_from
		                                : md_reverse_path_read(md_mem(c), domain),
		.helo = s->helo,
	};
	const struct md_spf_verdict *verdict = md_spf_check_host(c, &query);
	const char *result = md_spf_result_name(verdict->result);

	if (verdict->result == MD_SPF_RESULT_PASS)
		return (struct md_leg){ MD_LEG_PASS, "" };
	if (verdict->result != MD_SPF_RESULT_TEMPERROR)
		return (struct md_leg){ MD_LEG_NO,
			                md_printf(md_mem(c), "%s %s: SPF %s (%s)", who, domain,
			                          result, verdict->why) };
	if (verdict->unknown != NULL)
		md_known(c, &verdict->unknown->fact);
	else
		md_gap(c, MD_INCONCLUSIVE, MD_NO_RULE, "SPF", "%s", verdict->why);
	return (struct md_leg){ MD_LEG_UNKNOWN,
		                md_printf(md_mem(c), "%s %s: SPF %s", who, domain, result) };
}

struct md_leg
md_leg_spf(struct md_ctx *c, const struct md_addr *ip, bool strict)
{
	const char *who, *domain = spf_domain(c, &who), *how;
	struct md_alignment a;
	struct md_leg leg;

	if (domain == NULL)
		return (struct md_leg){
			MD_LEG_UNTOLD, "the HELO name, with the null reverse-path: --helo NAME"
		};
	a = md_alignment(c, domain, md_domain(c), strict);
	how = aligned_text(c, &a, strict);
	if (a.outcome == MD_NOT_ALIGNED)
		return (struct md_leg){ MD_LEG_NO,
			                md_printf(md_mem(c), "%s %s does not align (%s)", who,
			                          domain, how) };
	if (ip == NULL)
		return (struct md_leg){ MD_LEG_UNTOLD, "the sending address: --ip ADDRESS" };
	leg = spf_result(c, ip, domain, who);
	if (leg.state != MD_LEG_PASS)
		return leg;
	leg.text = md_printf(md_mem(c), "%s %s passes and %s (%s)", who, domain,
	                     a.outcome == MD_ALIGNED ? "aligns" : "may align", how);
	if (a.outcome == MD_ALIGNMENT_UNKNOWN)
		leg.state = MD_LEG_UNKNOWN;
	return leg;
}

/* ---- DKIM ---- */

/* Why no verifier can use the key, or NULL (RFC 6376 6.1.2, RFC 8301 3.2). */
static const char *
unusable(struct md_ctx *c, const struct md_dns *txt)
{
	const struct md_dkim_key *key;

	if (txt->fact.state == MD_ABSENT)
		return "no key";
	if (txt->n != 1)
		return "several records";
	key = md_dkim_key_parse(md_mem(c), txt->rr[0].txt.joined);
	if (key->faults.n > 0)
		return md_faults_line(md_mem(c), &key->faults);
	if (key->revoked)
		return "the key is revoked";
	if (key->reports_only)
		return "the key is for TLS reports only";
	if (key->type == MD_KEY_RSA && key->bits < MD_RSA_LEAST)
		return "the RSA key is shorter than 1024 bits";
	return key->type == MD_KEY_RSA || key->type == MD_KEY_ED25519
	               ? NULL
	               : "the key's algorithm is not known";
}

/* RFC 6376 3.6.1; most verifiers take a signature that passes all the same. */
static const char *
in_test_mode(struct md_ctx *c, const struct md_dns *txt)
{
	return md_dkim_key_parse(md_mem(c), txt->rr[0].txt.joined)->testing
	               ? ", though strict receivers count no signature in test mode (t=y)"
	               : "";
}

/* A signature with d=domain, which aligns with the From domain. */
static struct md_leg
signature(struct md_ctx *c, const char *selector, const char *domain)
{
	const struct md_dns *txt = md_dns_at(c, MD_TXT, "%s._domainkey.%s", selector, domain);
	const char *why;

	if (!md_known(c, &txt->fact))
		return (struct md_leg){ MD_LEG_UNKNOWN,
			                md_printf(md_mem(c), "key at %s not known",
			                          txt->question.name) };
	why = unusable(c, txt);
	if (why != NULL)
		return (struct md_leg){ MD_LEG_NO, md_printf(md_mem(c), "%s: %s",
			                                     txt->question.name, why) };
	return (struct md_leg){
		MD_LEG_PASS,
		md_printf(md_mem(c), "a valid signature with d=%s s=%s passes and aligns%s",
		          domain, selector, in_test_mode(c, txt)),
	};
}

struct md_leg
md_leg_dkim(struct md_ctx *c, bool strict)
{
	const struct md_subject *s = md_subject(c);
	const char *above = md_dmarc_walk(c, md_domain(c))->organisational;
	struct md_buf why = { .mem = md_mem(c) };
	enum md_leg_state state = MD_LEG_NO;

	if (s->nselectors == 0)
		return (struct md_leg){ MD_LEG_UNTOLD,
			                "the signature's selector (s=): --selector NAME" };
	for (size_t i = 0; i < s->nselectors; i++) {
		struct md_leg leg = signature(c, s->selectors[i], md_domain(c));

		/* Relaxed alignment lets the organisational domain sign as well. */
		if (leg.state == MD_LEG_NO && !strict && above != NULL &&
		    strcmp(above, md_domain(c)) != 0) {
			const struct md_leg other = signature(c, s->selectors[i], above);

			if (other.state != MD_LEG_NO)
				leg = other;
		}
		if (leg.state == MD_LEG_PASS)
			return leg;
		if (leg.state == MD_LEG_UNKNOWN)
			state = MD_LEG_UNKNOWN;
		md_buf_item(&why, "; ", "%s", leg.text);
	}
	return (struct md_leg){ state, md_buf_str(&why) };
}
