/* Names that mail depends on, covered by wildcards or shared by an alias and other records. */
#include "rules.h"

#include <string.h>

#include "domain/nxdomain_rewriting.h"
#include "domain/role.h"
#include "record/spf/spf.h"

static const struct {
	const char *label, *version;
} policies[] = {
	{ "_dmarc", "v=DMARC1" },
	{ "_mta-sts", "v=STSv1" },
	{ "_smtp._tls", "v=TLSRPTv1" },
};

static bool
same_texts(const struct md_dns *a, const struct md_dns *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct md_str x = a->rr[i].txt.joined, y = b->rr[i].txt.joined;

		if (x.len != y.len || memcmp(x.p, y.p, x.len) != 0)
			return false;
	}
	return true;
}

static bool
any_starts(const struct md_dns *txt, const char *version)
{
	for (size_t i = 0; i < txt->n; i++)
		if (md_str_starts_nocase(txt->rr[i].txt.joined, version))
			return true;
	return false;
}

static bool
any_key(const struct md_dns *txt)
{
	for (size_t i = 0; i < txt->n; i++) {
		const struct md_str text = txt->rr[i].txt.joined;

		if (memmem(text.p, text.len, "p=", 2) != NULL)
			return true;
	}
	return false;
}

/* Good practice against forged subdomains: "v=spf1 -all" for every name that has no record. */
static bool
only_refuses(struct md_ctx *c, const struct md_dns *txt)
{
	return txt->n == 1 && md_spf_is_record(txt->rr[0].txt.joined) &&
	       md_spf_stance(md_mem(c), txt->rr[0].txt.joined) == MD_STANCE_REFUSES;
}

/* The names of policies that the wildcard answers for, with a text that is none. */
static const char *
hijacked(struct md_ctx *c, const struct md_dns *any)
{
	struct md_buf names = { .mem = md_mem(c) };

	for (size_t i = 0; i < MD_COUNT(policies); i++) {
		const struct md_dns *real =
		        md_dns_at(c, MD_TXT, "%s.%s", policies[i].label, md_domain(c));

		if (real->fact.state == MD_PRESENT && same_texts(real, any) &&
		    !any_starts(real, policies[i].version))
			md_buf_item(&names, ", ", "%s", real->question.name);
	}
	return md_buf_str(&names);
}

/* "TXT "..."", or "CNAME host, with TXT "..."", of a wildcard. */
static const char *
wildcard_text(struct md_ctx *c, const struct md_dns *any)
{
	const char *text = md_rr_text(md_mem(c), &any->rr[0]);

	if (any->naliases == 0)
		return md_printf(md_mem(c), "TXT %s", text);
	return md_printf(md_mem(c), "CNAME %s, with TXT %s,", any->aliases[0].name, text);
}

/*
 * A wildcard is found by asking for a name that nobody published.  It is in the way where its
 * text answers for a name that a policy is looked for at; RFC 4592 2.2.1: names that exist,
 * and those under them, are not covered.
 */
void
md_dns_wildcard(struct md_ctx *c)
{
	const char *label = md_unlikely_label(c), *names = "", *selectors = "";
	const struct md_dns *any = md_dns_at(c, MD_TXT, "%s.%s", label, md_domain(c));
	const struct md_dns *key =
	        md_dns_at(c, MD_TXT, "%s._domainkey.%s", label, md_domain(c));
	const bool answers =
	        key->fact.state == MD_PRESENT && !any_key(key) && !only_refuses(c, key);
	const bool is_one = answers && any->fact.state == MD_PRESENT && same_texts(any, key);

	if (any->fact.state == MD_PRESENT && !only_refuses(c, any)) {
		names = hijacked(c, any);
		selectors = is_one ? "any DKIM selector" : "";
	}
	if (names[0] != '\0' || selectors[0] != '\0')
		md_found(c, DNS_WILDCARD_TXT, md_printf(md_mem(c), "*.%s", md_domain(c)),
		         "%s answers at %s%s%s", wildcard_text(c, any), names,
		         names[0] != '\0' && selectors[0] != '\0' ? ", " : "", selectors);
	if (answers && !is_one)
		md_found(c, DNS_WILDCARD_TXT,
		         md_printf(md_mem(c), "*._domainkey.%s", md_domain(c)),
		         "%s answers at any DKIM selector", wildcard_text(c, key));
}

/* Records that a resolver gave without an alias, at a name that has an alias all the same. */
static void
judge_alias(struct md_ctx *c, uint16_t type, const char *name)
{
	const struct md_dns *records = md_dns(c, type, name);
	const struct md_dns *alias = md_dns(c, MD_CNAME, name);

	if (md_dns_circle(records)) {
		md_found(c, DNS_CNAME_CIRCLE, name, "%s: CNAME %s", name,
		         records->aliases[0].name);
		md_hurts(c, type == MD_MX ? MD_BOTH_WAYS : MD_OUTWARD);
		return;
	}
	if (records->fact.state != MD_PRESENT || records->naliases > 0 ||
	    alias->fact.state != MD_PRESENT || alias->n == 0)
		return;
	md_found(c, DNS_CNAME_COEXIST, name, "CNAME %s beside %s %s", alias->rr[0].name,
	         md_type_name(md_mem(c), type), md_rr_text(md_mem(c), &records->rr[0]));
}

void
md_dns_aliases(struct md_ctx *c)
{
	const struct md_subject *s = md_subject(c);

	judge_alias(c, MD_TXT, md_domain(c));
	judge_alias(c, MD_MX, md_domain(c));
	judge_alias(c, MD_TXT, md_printf(md_mem(c), "_dmarc.%s", md_domain(c)));
	for (size_t i = 0; i < s->nselectors; i++)
		judge_alias(c, MD_TXT,
		            md_printf(md_mem(c), "%s._domainkey.%s", s->selectors[i],
		                      md_domain(c)));
}
