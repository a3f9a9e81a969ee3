/* DNSBL: do others list the sending addresses or the domain as sources of spam? */
#include <string.h>

#include "ask/check.h"
#include "base/name.h"
#include "domain/dnsbl.h"
#include "domain/nxdomain_rewriting.h"
#include "domain/psl.h"
#include "domain/senders.h"

enum { LISTED, DOMAIN_LISTED, POLICY_LISTED, ERROR_CODE, DEAD, OUT_OF_RANGE };

static const struct md_rule rules[] = {
	[LISTED] = {
		.id = "dnsbl.listed",
		.severity = MD_FAIL,
		.title = "An address is on a block list",
		.fix = "Stop the cause first (a stolen account, an open relay, bought "
		       "addresses), then ask for removal on the list's page.",
		.reference = "RFC 5782 sections 2.1, 2.3",
	},
	[DOMAIN_LISTED] = {
		.id = "dnsbl.domain-listed",
		.severity = MD_FAIL,
		.title = "The domain is on a block list",
		.fix = "Clean the web site and the mail that links to it, then ask for removal "
		       "on the list's page.",
		.reference = "RFC 5782 section 3",
	},
	[POLICY_LISTED] = {
		.id = "dnsbl.policy-listed",
		.severity = MD_WARN,
		.title = "A sending address is in a range that should send no mail",
		.fix = "If this is a mail server with a fixed address, take it off on the "
		       "list's page; from a home line send through your "
		       "provider's mail server.",
		.reference = "RFC 5782 section 2.3",
	},
	[ERROR_CODE] = {
		.id = "dnsbl.error-code",
		.severity = MD_UNSURE,
		.title = "A block list's answer says nothing",
		.fix = "This is no listing. Many lists refuse public resolvers: ask with one "
		       "of your own (--resolver ADDRESS).",
		.reference = "RFC 5782 section 2.3",
	},
	[DEAD] = {
		.id = "dnsbl.dead",
		.severity = MD_UNSURE,
		.title = "A block list does not answer as one",
		.fix = "This says nothing about the domain. The list is gone, or it does not "
		       "serve your resolver: ask with one of your own (--resolver ADDRESS), or "
		       "leave the list out of dnsbl.tsv (--data DIR).",
		.reference = "RFC 5782 section 5",
	},
	[OUT_OF_RANGE] = {
		.id = "dnsbl.out-of-range",
		.severity = MD_UNSURE,
		.title = "An answer that no block list gives",
		.fix = "Ask with another resolver (--resolver ADDRESS): this one rewrites "
		       "answers, or the list's domain has been given up. This is no listing.",
		.reference = "RFC 5782 section 2.3",
	},
};

/* ---- whom to ask about ---- */

struct about {
	unsigned kind;       /* MD_DNSBL_IP4, … */
	struct md_addr addr; /* unless it is a domain */
	const char *text;    /* the address or domain */
	bool sends;          /* an address that is known to send */
	const char *remark;  /* where it is from: "--ip" */
};

struct abouts {
	size_t n;
	struct about *all;
};

enum { MOST_ADDRESSES = 8 };

/* MX hosts stand in when no sender is known, and are told as what they are. */
static void
add_addresses(struct md_ctx *c, struct abouts *s)
{
	const struct md_senders *senders = md_senders(c);
	const size_t n = senders->nsending > 0 ? senders->nsending : senders->n;

	for (size_t i = 0; i < n && i < MOST_ADDRESSES; i++) {
		const struct md_sender *sender = &senders->all[i];
		struct about about;

		if (md_addr_special(sender->addr) != NULL)
			continue;
		about = (struct about){
			.kind = sender->addr.family == 4 ? MD_DNSBL_IP4 : MD_DNSBL_IP6,
			.addr = sender->addr,
			.text = md_addr_print(md_mem(c), sender->addr),
			.sends = sender->origin != MD_SENDER_MX,
		};
		about.remark = md_printf(md_mem(c), "%s%s", sender->origin_text,
		                         about.sends ? "" : ", not known to send");
		MD_PUSH(md_mem(c), s->all, s->n, about);
	}
	if (n > MOST_ADDRESSES)
		md_gap(c, MD_LIMIT, MD_NO_RULE, "addresses",
		       "only the first %d of %zu asked about", MOST_ADDRESSES, n);
}

/* Lists of domains hold registered names: what stands before them counts for nothing. */
static void
add_domain(struct md_ctx *c, struct abouts *s, const char *name, const char *remark)
{
	const char *domain = md_psl_organisational(md_name_normal(md_mem(c), md_str(name)));
	struct about about;

	if (!md_name_is_hostname(domain) || md_psl_is_suffix(domain))
		return;
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->all[i].text, domain) == 0)
			return;
	about = (struct about){ .kind = MD_DNSBL_DOMAIN, .text = domain, .remark = remark };
	MD_PUSH(md_mem(c), s->all, s->n, about);
}

/* The sending addresses, else the MX hosts', and the subject's domains; and notes them. */
static struct abouts
gather(struct md_ctx *c)
{
	const struct md_subject *subject = md_subject(c);
	struct md_buf text = { .mem = md_mem(c) };
	struct abouts s = { 0 };

	add_addresses(c, &s);
	add_domain(c, &s, subject->domain, "the domain");
	add_domain(c, &s, subject->mail_from.domain, "MAIL FROM");
	add_domain(c, &s, subject->helo, "HELO");
	for (size_t i = 0; i < s.n; i++)
		md_buf_item(&text, ", ", "%s (%s)", s.all[i].text, s.all[i].remark);
	if (s.n > 0)
		md_note(c, "block lists", "asked about %s", md_buf_str(&text));
	return s;
}

/* What the list's zone has of this type (A or TXT) for it. */
static const struct md_dns *
ask(struct md_ctx *c, const char *zone, const struct about *about, uint16_t type)
{
	if (about->kind == MD_DNSBL_DOMAIN)
		return md_dns_at(c, type, "%s.%s", about->text, zone);
	return md_dns(c, type, md_addr_reverse(md_mem(c), about->addr, zone));
}

/* ---- asking ---- */

enum { MOST_LISTS = 24 };

/* One list, asked about one address or domain. */
struct asking {
	const struct md_dnsbl *list;
	const char *zone;
	const struct about *about;
	const struct md_dns *answer;
};

static void
gap(struct md_ctx *c, const struct asking *a, unsigned rule, const char *why)
{
	md_gap(c, MD_LIMIT, rule, a->zone, "%s", why);
}

static void
report_unhealthy(struct md_ctx *c, const struct asking *a, const struct md_dnsbl_test *test)
{
	switch (test->health) {
	case MD_DNSBL_DEAD:
		gap(c, a, DEAD, test->why);
		break;
	case MD_DNSBL_REFUSES:
		gap(c, a, ERROR_CODE, test->why);
		break;
	case MD_DNSBL_STRANGE:
		gap(c, a, OUT_OF_RANGE, test->why);
		break;
	case MD_DNSBL_UNKNOWN:
		if (!test->missing->fact.by_choice)
			gap(c, a, MD_NO_RULE, test->why);
		break;
	case MD_DNSBL_WORKS:
		break;
	}
}

/* What the list itself says of the entry, in TXT (RFC 5782 2.1); "" when it says nothing. */
static const char *
reason(struct md_ctx *c, const struct asking *a)
{
	const struct md_dns *txt = ask(c, a->zone, a->about, MD_TXT);

	if (txt->fact.state != MD_PRESENT)
		return "";
	return md_printf(md_mem(c), ", %s", md_rr_text(md_mem(c), &txt->rr[0]));
}

static void
report_entry(struct md_ctx *c, const struct asking *a, unsigned rule, const char *code)
{
	md_found(c, rule, md_printf(md_mem(c), "%s in %s", a->about->text, a->zone),
	         "%s%s (%s); see %s", code, reason(c, a), a->about->remark,
	         md_show(md_mem(c), a->list->page));
}

static void
judge_code(struct md_ctx *c, const struct asking *a, struct md_addr answer)
{
	const bool is_domain = a->about->kind == MD_DNSBL_DOMAIN;
	struct md_str meaning;
	const enum md_dnsbl_code code = md_dnsbl_code(a->list, answer, &meaning);
	const char *text = md_printf(md_mem(c), "%s: %s", md_addr_print(md_mem(c), answer),
	                             meaning.len > 0 ? md_show(md_mem(c), meaning)
	                                             : "no documented meaning");

	if (code == MD_DNSBL_LISTED)
		report_entry(c, a, is_domain ? DOMAIN_LISTED : LISTED, text);
	else if (code == MD_DNSBL_POLICY && a->about->sends)
		report_entry(c, a, POLICY_LISTED, text);
	else if (code == MD_DNSBL_NOTE || code == MD_DNSBL_POLICY)
		md_note(c, "no listing", "%s in %s: %s", a->about->text, a->zone, text);
	else
		gap(c, a, code == MD_DNSBL_OUTSIDE ? OUT_OF_RANGE : ERROR_CODE,
		    md_printf(md_mem(c), "about %s: answer %s", a->about->text, text));
}

/* Did the list tell something? */
static bool
ask_about(struct md_ctx *c, struct asking *a)
{
	const struct md_dnsbl_test test = md_dnsbl_test(c, a->list, a->about->kind);

	if (md_eager(c) || test.health == MD_DNSBL_WORKS)
		a->answer = ask(c, a->zone, a->about, MD_A);
	if (test.health != MD_DNSBL_WORKS) {
		report_unhealthy(c, a, &test);
		return false;
	}
	if (a->answer->fact.state == MD_UNKNOWN)
		gap(c, a, MD_NO_RULE, a->answer->fact.why);
	for (size_t i = 0; i < a->answer->n; i++)
		judge_code(c, a, a->answer->rr[i].addr);
	return a->answer->fact.state == MD_PRESENT || a->answer->fact.state == MD_ABSENT;
}

/* A list asked about an address or a domain is a question. */
struct tally {
	size_t questions, answers;
};

static void
ask_list(struct md_ctx *c, const struct md_dnsbl *list, const struct abouts *abouts,
         struct tally *tally)
{
	for (size_t i = 0; i < abouts->n; i++) {
		struct asking a = { .list = list,
			            .zone = md_name_normal(md_mem(c), list->zone),
			            .about = &abouts->all[i] };

		if ((list->kinds & a.about->kind) == 0)
			continue;
		tally->questions++;
		tally->answers += ask_about(c, &a);
	}
}

static void
run(struct md_ctx *c)
{
	struct md_tsv file = { .rest = md_datafile(c, "dnsbl") };
	const struct abouts abouts = gather(c);
	const char *rewrites = md_resolver_rewrites(c);
	unsigned senseless = 0, lists = 0;
	struct md_dnsbl list;
	struct tally tally = { 0 };

	if (rewrites != NULL) {
		md_gap(c, MD_BLIND, OUT_OF_RANGE, "block lists", "%s", rewrites);
		return;
	}
	while (lists++ < MOST_LISTS && md_dnsbl_next(&file, &list, &senseless))
		ask_list(c, &list, &abouts, &tally);
	if (senseless > 0)
		md_gap(c, MD_LIMIT, MD_NO_RULE, "dnsbl.tsv", "%u lines make no sense",
		       senseless);
	if (tally.answers == 0)
		md_gap(c, MD_BLIND, MD_NO_RULE, "block lists", "none could be asked");
	else if (tally.answers < tally.questions)
		md_gap(c, MD_BLIND, MD_NO_RULE, "block lists", "%zu of %zu did not answer",
		       tally.questions - tally.answers, tally.questions);
}

const struct md_check md_check_dnsbl = {
	.name = "dnsbl",
	.title = "Block lists",
	.question = "Do others list the sending addresses or the domain as sources of spam?",
	.way = MD_OUTWARD,
	.third_party = true,
	.facts_apart = true,
	MD_RULES(rules),
	.run = run,
};
