/* HELO: is the name that the sending server gives for itself a good one? */
#include <string.h>

#include "ask/check.h"
#include "base/name.h"
#include "domain/helo_name.h"
#include "domain/iprev.h"
#include "record/spf/spf.h"

enum { NOT_FQDN, BAD_HOSTNAME, NO_ADDRESS, LITERAL, BARE_ADDRESS, PTR_MISMATCH, NO_SPF };

static const struct md_rule rules[] = {
	[NOT_FQDN] = {
		.id = "helo.not-fqdn",
		.severity = MD_FAIL,
		.title = "The HELO name is not a full domain name",
		.fix = "Set the mail server's own name (Postfix: myhostname, Exim: "
		       "primary_hostname) to a public name such as mail.<your domain>.",
		.reference = "RFC 5321 sections 2.3.5, 4.1.1.1",
	},
	[BAD_HOSTNAME] = {
		.id = "helo.bad-hostname",
		.severity = MD_FAIL,
		.title = "The HELO name is not a valid host name",
		.fix = "Name the server with letters, digits, hyphens and dots only.",
		.reference = "RFC 5321 section 4.1.2; RFC 1123 section 2.1",
	},
	[NO_ADDRESS] = {
		.id = "helo.no-address",
		.severity = MD_FAIL,
		.title = "The HELO name has no address",
		.fix = "Publish an A or AAAA record for it with the sending server's address.",
		.reference = "RFC 5321 sections 2.3.5, 4.1.4",
	},
	[LITERAL] = {
		.id = "helo.literal",
		.severity = MD_WARN,
		.title = "The server says an address literal in HELO",
		.fix = "Set the mail server's own name to a public host name: literals are for "
		       "hosts that have no name, and many receivers distrust them.",
		.reference = "RFC 5321 sections 4.1.3, 4.1.4",
	},
	[BARE_ADDRESS] = {
		.id = "helo.bare-address",
		.severity = MD_FAIL,
		.title = "The server says a bare IP address in HELO",
		.fix = "Set the mail server's own name to a public host name; an address "
		       "without brackets is a syntax error.",
		.reference = "RFC 5321 sections 4.1.2, 4.1.3",
	},
	[PTR_MISMATCH] = {
		.id = "helo.ptr-mismatch",
		.severity = MD_INFO,
		.title = "The HELO name differs from the address's name",
		.fix = "Let both be the same if that is easy. No standard asks for it, and no "
		       "receiver may refuse mail for it.",
		.reference = "RFC 5321 section 4.1.4",
	},
	[NO_SPF] = {
		.id = "helo.no-spf",
		.severity = MD_INFO,
		.title = "The HELO name has no SPF record",
		.fix = "Publish one at this name: bounces have no reverse-path, and are judged "
		       "by the HELO name alone.",
		.reference = "RFC 7208 sections 2.3, 2.4, 10.1.3",
	},
};

/* Findings about the text itself.  Is it a name to ask the DNS for? */
static bool
judge_text(struct md_ctx *c, const char *shown, const char *name)
{
	switch (md_helo_kind(name)) {
	case MD_HELO_NAME:
		return true;
	case MD_HELO_LITERAL:
		md_found(c, LITERAL, shown, "HELO %s", shown);
		break;
	case MD_HELO_ADDRESS:
		md_found(c, BARE_ADDRESS, shown, "HELO %s", shown);
		break;
	case MD_HELO_LABEL:
		md_found(c, NOT_FQDN, shown, "HELO %s: a single label", shown);
		break;
	case MD_HELO_PRIVATE:
		md_found(c, NOT_FQDN, shown, "HELO %s: a name of private networks", shown);
		break;
	case MD_HELO_NO_HOST:
		md_found(c, BAD_HOSTNAME, shown, "HELO %s", shown);
		break;
	}
	return false;
}

static void
judge_address(struct md_ctx *c, const char *name)
{
	const struct md_dns *a = md_dns(c, MD_A, name), *aaaa = md_dns(c, MD_AAAA, name);

	if (a->fact.state == MD_PRESENT || aaaa->fact.state == MD_PRESENT)
		return;
	if (!md_known_host(c, a, aaaa))
		return;
	md_found(c, NO_ADDRESS, name, "%s",
	         a->rcode == MD_NXDOMAIN ? "it does not exist (NXDOMAIN)"
	                                 : "neither A nor AAAA record");
}

/* Compares with a PTR name that leads back; without one the ptr check has the finding. */
static void
judge_ptr(struct md_ctx *c, const char *name, struct md_addr addr)
{
	const struct md_iprev iprev = md_iprev(c, addr);

	if (iprev.name == NULL)
		return;
	for (size_t i = 0; i < iprev.ptr->n; i++)
		if (strcmp(iprev.ptr->rr[i].name, name) == 0)
			return;
	md_found(c, PTR_MISMATCH, name, "%s has the name %s", md_addr_print(md_mem(c), addr),
	         iprev.name);
}

static bool
has_spf(const struct md_dns *txt)
{
	for (size_t i = 0; i < txt->n; i++)
		if (md_spf_is_record(txt->rr[i].txt.joined))
			return true;
	return false;
}

/* "a" will do when the name has all sending addresses; others must be named. */
static const char *
spf_record(struct md_ctx *c, const char *name)
{
	const struct md_subject *s = md_subject(c);
	struct md_buf record = { .mem = md_mem(c) };

	md_buf_printf(&record, "v=spf1 a");
	for (size_t i = 0; i < s->nips; i++)
		if (md_iprev_host(c, name, s->ips[i]) == NULL)
			md_buf_printf(&record, " ip%u:%s", s->ips[i].family,
			              md_addr_print(md_mem(c), s->ips[i]));
	md_buf_printf(&record, " -all");
	return md_buf_str(&record);
}

static bool
has_address(struct md_ctx *c, const char *name)
{
	return md_dns_aside(c, MD_A, name)->fact.state == MD_PRESENT ||
	       md_dns_aside(c, MD_AAAA, name)->fact.state == MD_PRESENT;
}

/* The domain's own record is the spf check's. */
static void
judge_spf(struct md_ctx *c, const char *name)
{
	const struct md_dns *txt = md_dns(c, MD_TXT, name);

	if (strcmp(name, md_domain(c)) == 0 || !md_known_aside(c, &txt->fact) || has_spf(txt))
		return;
	md_found(c, NO_SPF, name, "no v=spf1 among its TXT records (%zu)", txt->n);
	if (md_name_under(txt->canonical, md_subject(c)->organisation) && has_address(c, name))
		md_wish_add(c, txt->canonical, MD_TXT, "\"%s\"", spf_record(c, name));
}

static void
run(struct md_ctx *c)
{
	const struct md_subject *s = md_subject(c);
	const char *name = md_name_normal(md_mem(c), md_str(s->helo));
	const char *shown = md_show(md_mem(c), md_str(s->helo));

	if (!judge_text(c, shown, name))
		return;
	judge_address(c, name);
	for (size_t i = 0; i < s->nips; i++)
		judge_ptr(c, name, s->ips[i]);
	judge_spf(c, name);
}

const struct md_check md_check_helo = {
	.name = "helo",
	.title = "HELO name",
	.question = "Is the name that the sending server gives for itself a good one?",
	.needs = MD_NEED_HELO,
	.way = MD_OUTWARD,
	.facts_apart = true,
	MD_RULES(rules),
	.run = run,
};
