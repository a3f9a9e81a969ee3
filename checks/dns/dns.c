/* DNS: does the domain exist, and do its servers answer, alike and readably? */
#include "rules.h"

#include "domain/checking_disabled.h"
#include "domain/nxdomain_rewriting.h"

static const struct md_rule rules[] = {
	[DNS_DOMAIN_NXDOMAIN] = {
		.id = "dns.domain-nxdomain",
		.severity = MD_FAIL,
		.title = "The domain does not exist",
		.fix = "Look for a typing error in the name; else register or renew the "
		       "domain. Receivers refuse mail from domains that do not exist.",
		.reference = "RFC 1035 section 4.1.1; RFC 8020 section 2",
	},
	[DNS_SERVFAIL] = {
		.id = "dns.servfail",
		.severity = MD_UNSURE,
		.title = "Lookups for the domain fail or time out",
		.fix = "Ask again with another resolver (--resolver ADDRESS). If that fails "
		       "too, ask whoever runs the domain's name servers to repair them: until "
		       "then receivers defer its mail.",
		.reference = "RFC 1035 section 4.1.1; RFC 7208 sections 4.4, 5",
	},
	[DNS_NS_DISAGREE] = {
		.id = "dns.ns-disagree",
		.severity = MD_FAIL,
		.title = "Name servers give different answers",
		.fix = "If the serial numbers differ, a change may still be under way: wait an "
		       "hour and look again. Otherwise repair the zone transfer to the stale "
		       "server, or publish the record there as well.",
		.reference = "RFC 1034 section 4.3.5",
	},
	[DNS_NS_SINGLE] = {
		.id = "dns.ns-single",
		.severity = MD_WARN,
		.parked = MD_BECOMES(MD_INFO),
		.title = "The zone has a single name server",
		.fix = "Add a second authoritative server on another network: when the only "
		       "one is down, the domain's mail is deferred.",
		.reference = "RFC 1912 section 2.8; RFC 2182 section 5",
	},
	[DNS_TXT_NEEDS_TCP] = {
		.id = "dns.txt-needs-tcp",
		.severity = MD_WARN,
		.parked = MD_BECOMES(MD_INFO),
		.title = "The TXT answer is too large for UDP",
		.fix = "Delete verification strings that no service needs any more, or move "
		       "them to subdomains. Receivers that cannot use TCP read no SPF record.",
		.reference = "RFC 7208 section 3.4; RFC 7766 section 5",
	},
	[DNS_TXT_NON_ASCII] = {
		.id = "dns.txt-non-ascii",
		.severity = MD_FAIL,
		.title = "A policy record has characters that are not plain ASCII",
		.fix = "Type the record again with plain blanks and quotes; text copied from a "
		       "web page or PDF often brings typographic ones along.",
		.reference = "RFC 7208 sections 3.1, 12; RFC 6376 section 3.2; RFC "
		             "9989 section 4.8",
	},
	[DNS_TXT_LITERAL_QUOTES] = {
		.id = "dns.txt-literal-quotes",
		.severity = MD_FAIL,
		.title = "A policy record has quotation marks in its text",
		.fix = "Enter the text without quotation marks in a web panel; in a zone file "
		       "put exactly one pair around it.",
		.reference = "RFC 1035 section 5.1; RFC 7208 section 4.5",
	},
	[DNS_TXT_LEFTOVER] = {
		.id = "dns.txt-leftover",
		.severity = MD_WARN,
		.title = "A broken copy stands beside the record that counts",
		.fix = "Delete it: receivers discard it, and people may take it for the record.",
		.reference = "RFC 9989 section 4.10; RFC 8461 section 3.1; RFC 8460 section 3",
	},
	[DNS_WILDCARD_TXT] = {
		.id = "dns.wildcard-txt",
		.severity = MD_INFO,
		.way = MD_ASIDE,
		.title = "A wildcard answers for mail's own names",
		.fix = "Nothing is lost: receivers discard a text that is no policy. But a "
		       "missing record looks like a wrong one; remove the wildcard if nothing "
		       "needs it.",
		.reference = "RFC 4592 section 2; RFC 9989 section 4.10; RFC 8461 section 3.1",
	},
	[DNS_CNAME_COEXIST] = {
		.id = "dns.cname-coexist",
		.severity = MD_FAIL,
		.title = "A CNAME stands beside other records",
		.fix = "Remove the CNAME or the other records: a resolver may give either. At "
		       "the domain's own name use your DNS host's ALIAS or flattening instead.",
		.reference = "RFC 1034 section 3.6.2; RFC 2181 section 10.1",
	},
	[DNS_CNAME_CIRCLE] = {
		.id = "dns.cname-circle",
		.severity = MD_FAIL,
		.title = "Aliases (CNAME) go round in a circle",
		.fix = "Remove the CNAME, or let it lead to a name that has the record: no "
		       "resolver comes to an end with it.",
		.reference = "RFC 1034 section 3.6.2; RFC 2308 section 2.1",
	},
	[DNS_RESOLVER_REWRITES] = {
		.id = "dns.resolver-rewrites",
		.severity = MD_UNSURE,
		.title = "Your resolver invents addresses for names that do not exist",
		.fix = "Run the report with another resolver (--resolver ADDRESS): whatever "
		       "rests on a name's absence cannot be trusted here.",
		.reference = "RFC 8020 section 2; RFC 2308 section 2.1",
	},
};

static void
judge_existence(struct md_ctx *c, const struct md_dns *mx)
{
	if (mx->fact.state != MD_ABSENT || mx->rcode != MD_NXDOMAIN)
		return;
	if (mx->naliases > 0)
		md_found(c, DNS_DOMAIN_NXDOMAIN, md_domain(c),
		         "it is an alias of %s, which does not exist (NXDOMAIN)",
		         mx->canonical);
	else
		md_found(c, DNS_DOMAIN_NXDOMAIN, md_domain(c), "MX %s: NXDOMAIN", md_domain(c));
}

/* What broken DNSSEC makes unknown has its finding in the dnssec check. */
static void
judge_answer(struct md_ctx *c, const struct md_dns *d)
{
	if (md_held_back(c, d) != NULL || d->fact.by_choice)
		md_known(c, &d->fact);
	else
		md_known_or(c, &d->fact, DNS_SERVFAIL);
}

static void
judge_resolver(struct md_ctx *c)
{
	const char *evidence = md_eager(c) ? md_resolver_rewrites(c) : NULL;

	if (evidence != NULL)
		md_gap(c, MD_INCONCLUSIVE, DNS_RESOLVER_REWRITES, "names that do not exist",
		       "%s", evidence);
}

static void
run(struct md_ctx *c)
{
	const struct md_dns *mx = md_dns(c, MD_MX, md_domain(c));
	const struct md_dns *txt = md_dns(c, MD_TXT, md_domain(c));
	const struct md_dns *dmarc = md_dns_at(c, MD_TXT, "_dmarc.%s", md_domain(c));

	judge_existence(c, mx);
	judge_answer(c, mx);
	judge_answer(c, txt);
	judge_answer(c, dmarc);
	judge_resolver(c);
	if (mx->fact.state == MD_ABSENT && mx->rcode == MD_NXDOMAIN)
		return;
	md_dns_servers(c);
	md_dns_text(c);
	if (md_eager(c)) {
		md_dns_wildcard(c);
		md_dns_aliases(c);
	}
}

const struct md_check md_check_dns = {
	.name = "dns",
	.title = "Domain name system",
	.way = MD_BOTH_WAYS,
	.question = "Does the domain exist, and do its name servers answer alike?",
	MD_RULES(rules),
	.run = run,
};
