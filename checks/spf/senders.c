/* The addresses that mail is sent from (--ip), judged by check_host(). */
#include <string.h>

#include "base/name.h"
#include "rules.h"

/* That there is no record, or not one alone, or a faulty one, is a finding by itself. */
static bool
lacks_record(struct md_ctx *c, const struct md_spf_verdict *v)
{
	const struct md_spf_published *published;

	if (!md_spf_is_mail_domain(v->domain))
		return false;
	published = md_spf_published(c, v->domain);
	return published->record == NULL || published->record->nfaults > 0;
}

static void
judge_address(struct md_ctx *c, const struct md_spf_exam *exam, struct md_addr ip)
{
	const struct md_spf_verdict *v = md_spf_sender(c, ip);
	const char *address = md_addr_print(md_mem(c), ip);
	const char *result = md_spf_result_name(v->result);
	const bool own = strcmp(v->domain, md_domain(c)) == 0;

	if (md_waiting(c))
		return;
	if (v->result == MD_SPF_RESULT_TEMPERROR) {
		md_known_or(c, &v->unknown->fact, SPF_TREE_TEMPERROR);
		return;
	}
	if (v->result == MD_SPF_RESULT_PASS || (own && lacks_record(c, v)))
		return;
	if (!md_spf_is_mail_domain(
	            v->domain)) { /* RFC 7208 4.3: "none", which forbids nothing */
		md_found(c, SPF_EVAL_IP, address, "%s for %s: %s", result,
		         v->domain[0] != '\0' ? v->domain : "no domain", v->why);
		return;
	}
	md_found(c, SPF_IP_NOT_COVERED, address, "%s for %s: %s", result,
	         v->domain[0] != '\0' ? v->domain : "no domain", v->why);
	if (own && v->result != MD_SPF_RESULT_PERMERROR) /* which needs another cure */
		md_spf_wish_address(c, exam, md_addr_from_mapped(ip));
}

/* RFC 7208 2.4: SPF is about the domain of MAIL FROM; it does not inherit (4.5). */
static void
judge_mail_from(struct md_ctx *c, const struct md_reverse_path *path)
{
	const char *domain = md_name_normal(md_mem(c), md_str(path->domain));
	const struct md_spf_published *published;

	if (strcmp(domain, md_domain(c)) == 0 || !md_name_fits(domain) ||
	    md_name_labels(domain) < 2)
		return;
	published = md_spf_published(c, domain);
	if (md_known_or(c, &published->txt->fact, SPF_TREE_TEMPERROR) && published->n == 0)
		md_found(c, SPF_MISSING_SUBDOMAIN, domain,
		         "used in MAIL FROM, and has no SPF record");
}

void
md_spf_judge_senders(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_subject *subject = md_subject(c);

	if (subject->mail_from.given && !subject->mail_from.null)
		judge_mail_from(c, &subject->mail_from);
	for (size_t i = 0; i < subject->nips; i++)
		judge_address(c, exam, subject->ips[i]);
}

void
md_spf_tell_results(struct md_ctx *c)
{
	for (size_t i = 0; i < md_subject(c)->nips; i++) {
		const struct md_spf_verdict *v = md_spf_sender(c, md_subject(c)->ips[i]);
		const char *address = md_addr_print(md_mem(c), md_subject(c)->ips[i]);

		if (v->result == MD_SPF_RESULT_TEMPERROR)
			continue;
		md_found(c, SPF_EVAL_IP, address, "%s for %s: %s (%u of %u lookups)",
		         md_spf_result_name(v->result), v->domain, v->why, v->terms,
		         md_subject(c)->spf_limits.terms);
		md_note(c, "result", "%s  %s: %s", address, md_spf_result_name(v->result),
		        v->why);
		if (v->explanation[0] != '\0')
			md_note(c, "result", "%s  explanation: %s", address,
			        md_show(md_mem(c), md_str(v->explanation)));
	}
}
