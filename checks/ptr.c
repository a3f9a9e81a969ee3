/* PTR: do the addresses that mail comes from have names that lead back to them? */
#include <string.h>

#include "ask/check.h"
#include "base/name.h"
#include "domain/generic_name.h"
#include "domain/iprev.h"
#include "domain/role.h"
#include "domain/senders.h"

enum {
	MISSING,
	NOT_FORWARD_CONFIRMED,
	V6_MISSING,
	GENERIC,
	MULTIPLE,
	SERVFAIL,
	MX_MISSING,
	MX_NOT_CONFIRMED,
};

static const struct md_rule rules[] = {
	[MISSING] = {
		.id = "ptr.missing",
		.severity = MD_FAIL,
		.title = "A sending address has no name (PTR)",
		.fix = "Ask whoever owns the address (often a field in the hosting panel) for "
		       "a PTR record with your mail host's name. Gmail and others refuse mail "
		       "from addresses without one.",
		.reference = "RFC 8601 section 2.7.3; RFC 1912 section 2.1",
	},
	[NOT_FORWARD_CONFIRMED] = {
		.id = "ptr.not-forward-confirmed",
		.severity = MD_FAIL,
		.title = "A sending address's name does not lead back to it",
		.fix = "Give the PTR's name an A or AAAA record with this address, or change "
		       "the PTR to a name that has one. A name that has another address already "
		       "(an MX host above all) is better left alone: choose a name of its own.",
		.reference = "RFC 8601 sections 2.7.3, 3",
	},
	[V6_MISSING] = {
		.id = "ptr.v6-missing",
		.severity = MD_FAIL,
		.title = "An IPv6 sending address has no name, the IPv4 one has",
		.fix = "Set the PTR of the IPv6 address too, or send over IPv4 only (Postfix: "
		       "smtp_address_preference = ipv4 or inet_protocols = ipv4; Exim: "
		       "disable_ipv6 = true).",
		.reference = "RFC 8601 section 2.7.3; Gmail's IPv6 sending guidelines",
	},
	[GENERIC] = {
		.id = "ptr.generic",
		.severity = MD_WARN,
		.title = "A sending address's name looks made up by the provider",
		.fix = "Ask for a PTR that names your mail host, such as mail.<your domain>: "
		       "many receivers take generic names for home connections.",
		.reference = "M3AAWG Sender Best Common Practices",
	},
	[MULTIPLE] = {
		.id = "ptr.multiple",
		.severity = MD_INFO,
		.title = "A sending address has several names",
		.fix = "Keep one PTR record: some receivers look at the first only, and its "
		       "order is not fixed.",
		.reference = "RFC 7208 section 5.5",
	},
	[SERVFAIL] = {
		.id = "ptr.servfail",
		.severity = MD_UNSURE,
		.title = "The reverse zone does not answer",
		.fix = "If this lasts, ask whoever owns the address to repair the delegation "
		       "of its reverse zone; receivers defer mail meanwhile.",
		.reference = "RFC 8601 section 2.7.3; RFC 2317 section 4",
	},
	[MX_MISSING] = {
		.id = "ptr.mx-missing",
		.severity = MD_INFO,
		.title = "An MX host's address has no name (PTR)",
		.fix = "No fault while the host only receives. If it also sends mail, ask "
		       "whoever owns the address for a PTR record.",
		.reference = "RFC 1912 section 2.1",
	},
	[MX_NOT_CONFIRMED] = {
		.id = "ptr.mx-not-confirmed",
		.severity = MD_INFO,
		.title = "An MX host's address has a name that does not lead back to it",
		.fix = "No fault while the host only receives. If it also sends mail, let PTR "
		       "and A or AAAA record name each other.",
		.reference = "RFC 8601 section 2.7.3",
	},
};

enum { MOST_ADDRESSES = 16 };

struct reverse {
	const struct md_sender *sender;
	struct md_iprev iprev;
};

/* A name that leads to the address already, which its PTR should have; NULL for none. */
static const char *
fitting_name(struct md_ctx *c, const struct md_sender *sender)
{
	const char *helo = md_subject(c)->helo, *host = NULL;

	if (md_name_is_hostname(helo))
		host = md_iprev_host(c, helo, sender->addr);
	return host != NULL || sender->host[0] == '\0' ? host : sender->host;
}

static bool
is_mail_host(struct md_ctx *c, const char *name)
{
	const struct md_dns *mx = md_dns_aside(c, MD_MX, md_domain(c));

	for (size_t i = 0; i < mx->n; i++)
		if (mx->rr[i].type == MD_MX && strcmp(mx->rr[i].mx.exchange, name) == 0)
			return true;
	return false;
}

/*
 * May the name get one address more?  Not one that has some, nor an MX host: mail to it would
 * come to this machine too, which may not take it.
 */
static bool
is_free(struct md_ctx *c, const char *name)
{
	const struct md_dns *a = md_dns_aside(c, MD_A, name);
	const struct md_dns *aaaa = md_dns_aside(c, MD_AAAA, name);

	return a->fact.state == MD_ABSENT && aaaa->fact.state == MD_ABSENT &&
	       a->naliases == 0 && md_name_under(name, md_subject(c)->organisation) &&
	       !is_mail_host(c, name);
}

static void
wish(struct md_ctx *c, const struct reverse *r)
{
	const struct md_addr addr = r->sender->addr;
	const struct md_dns *ptr = r->iprev.ptr;
	const char *name = fitting_name(c, r->sender);

	if (name != NULL)
		md_ask_of(c, "whoever owns the address", "%s. IN PTR %s.", ptr->canonical,
		          name);
	else if (ptr->n > 0 && is_free(c, ptr->rr[0].name))
		md_wish_add(c, ptr->rr[0].name, addr.family == 4 ? MD_A : MD_AAAA, "%s",
		            md_addr_print(md_mem(c), addr));
}

static unsigned
rule_for(const struct reverse *r, bool v4_confirmed)
{
	const bool receives_only = r->sender->origin == MD_SENDER_MX;

	if (r->iprev.result == MD_IPREV_FAIL)
		return receives_only ? MX_NOT_CONFIRMED : NOT_FORWARD_CONFIRMED;
	if (receives_only)
		return MX_MISSING;
	return r->sender->addr.family == 6 && v4_confirmed ? V6_MISSING : MISSING;
}

static void
report_unconfirmed(struct md_ctx *c, const struct reverse *r, bool v4_confirmed)
{
	const char *address = md_addr_print(md_mem(c), r->sender->addr);
	const unsigned rule = rule_for(r, v4_confirmed);
	const struct md_dns *ptr = r->iprev.ptr;

	if (r->iprev.result == MD_IPREV_FAIL)
		md_found(c, rule, address, "%s (%s) has PTR %s, which does not lead back",
		         address, r->sender->origin_text, ptr->rr[0].name);
	else
		md_found(c, rule, address, "%s (%s) has no PTR record at %s", address,
		         r->sender->origin_text, ptr->question.name);
	wish(c, r);
}

static void
judge_name(struct md_ctx *c, const struct reverse *r)
{
	const char *address = md_addr_print(md_mem(c), r->sender->addr);
	const struct md_dns *ptr = r->iprev.ptr;
	const char *why;

	md_note(c, "PTR", "%s (%s): %s", address, r->sender->origin_text, r->iprev.name);
	if (r->sender->origin == MD_SENDER_MX)
		return;
	why = md_generic_name(md_mem(c), r->iprev.name, r->sender->addr);
	if (why != NULL)
		md_found(c, GENERIC, address, "%s: %s %s", address, r->iprev.name, why);
	if (ptr->n > 1)
		md_found(c, MULTIPLE, address, "%s has %zu names: %s, %s%s", address, ptr->n,
		         ptr->rr[0].name, ptr->rr[1].name, ptr->n > 2 ? ", …" : "");
}

static void
judge(struct md_ctx *c, const struct reverse *r, bool v4_confirmed)
{
	const struct md_dns *missing = r->iprev.missing;

	if (missing == NULL && r->iprev.name != NULL)
		judge_name(c, r);
	else if (missing == NULL)
		report_unconfirmed(c, r, v4_confirmed);
	else if (missing == r->iprev.ptr && !missing->fact.by_choice)
		md_known_or(c, &missing->fact, SERVFAIL);
	else
		md_known(c, &missing->fact);
}

static void
note_limits(struct md_ctx *c, const struct md_senders *senders)
{
	if (senders->nsending == 0 && md_role(c)->role != MD_ROLE_PARKED)
		md_gap(c, MD_BLIND, MD_NO_RULE, "sending addresses",
		       "not known: name them with --ip ADDRESS");
	if (senders->n > MOST_ADDRESSES)
		md_gap(c, MD_LIMIT, MD_NO_RULE, "addresses",
		       "only the first %d of %zu looked at", MOST_ADDRESSES, senders->n);
}

static void
run(struct md_ctx *c)
{
	const struct md_senders *senders = md_senders(c);
	struct reverse all[MOST_ADDRESSES];
	bool v4_confirmed = false;
	size_t n = 0;

	note_limits(c, senders);
	for (size_t i = 0; i < senders->n && i < MOST_ADDRESSES; i++) {
		const struct md_sender *s = &senders->all[i];
		const char *special = md_addr_special(s->addr);

		if (special != NULL) {
			md_gap(c, MD_LIMIT, MD_NO_RULE, md_addr_print(md_mem(c), s->addr),
			       "%s: receivers see another one", special);
			continue;
		}
		all[n] = (struct reverse){ s, md_iprev(c, s->addr) };
		v4_confirmed |= all[n].iprev.name != NULL && s->addr.family == 4 &&
		                s->origin != MD_SENDER_MX;
		n++;
	}
	for (size_t i = 0; i < n; i++)
		judge(c, &all[i], v4_confirmed);
}

const struct md_check md_check_ptr = {
	.name = "ptr",
	.title = "Reverse DNS",
	.question = "Do sending addresses have names that lead back to them?",
	.way = MD_OUTWARD,
	.facts_apart = true,
	MD_RULES(rules),
	.run = run,
};
