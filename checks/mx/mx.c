/* MX: does mail for the domain have somewhere to go? */
#include <string.h>

#include "base/name.h"
#include "domain/receives.h"
#include "domain/role.h"
#include "rules.h"

static const struct md_rule rules[] = {
	[MX_NONE] = {
		.id = "mx.none",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_INFO),
		.title = "Mail has nowhere to go: no MX and no address record",
		.fix = "If the domain receives or sends mail, publish MX records with the names "
		       "of its mail hosts: who sends must take bounces and replies. If it does "
		       "neither, say so with the null MX \"0 .\".",
		.reference = "RFC 5321 section 5.1; RFC 7505 sections 3, 4.1",
	},
	[MX_IMPLICIT] = {
		.id = "mx.implicit",
		.severity = MD_INFO,
		.title = "No MX record: mail goes to the domain's address",
		.fix = "Publish an MX record that names your mail host. If the domain's "
		       "address is only a web server and it sends no mail, publish the null MX "
		       "\"0 .\" instead.",
		.reference = "RFC 5321 section 5.1; RFC 7505 section 1",
	},
	[MX_NULL_OK] = {
		.id = "mx.null-ok",
		.severity = MD_PASS,
		.sends_only = MD_BECOMES(MD_INFO), /* RFC 7505 4.2 */
		.title = "Null MX: the domain says that it receives no mail",
		.fix = "Nothing to do. If it sends none either, publish \"v=spf1 -all\" and "
		       "DMARC with p=reject as well.",
		.reference = "RFC 7505 section 3",
	},
	[MX_NULL_MIXED] = {
		.id = "mx.null-mixed",
		.severity = MD_FAIL,
		.title = "Null MX beside other MX records",
		.fix = "Remove the MX \".\" so that only real hosts are left; or, if the "
		       "domain receives no mail, remove all others and keep only \"0 .\".",
		.reference = "RFC 7505 section 3",
	},
	[MX_NULL_PREFERENCE] = {
		.id = "mx.null-preference",
		.severity = MD_WARN,
		.title = "Null MX with a preference other than 0",
		.fix = "Publish it in the form that the standard defines: \"0 .\".",
		.reference = "RFC 7505 section 3",
	},
	[MX_NULL_BUT_SENDS] = {
		.id = "mx.null-but-sends",
		.severity = MD_WARN,
		.way = MD_OUTWARD,
		.title = "The domain sends mail but has a null MX",
		.fix = "Replace the null MX by a host that takes bounces and replies, or send "
		       "from another domain: receivers may refuse with 550 5.7.27 \"Sender "
		       "address has null MX\".",
		.reference = "RFC 7505 sections 4.1, 4.2",
	},
	[MX_RETURN_PATH_UNDELIVERABLE] = {
		.id = "mx.return-path-undeliverable",
		.severity = MD_FAIL,
		.title = "The Return-Path domain cannot receive mail",
		.fix = "Send with a MAIL FROM domain that has MX records and a mailbox that "
		       "reads bounces: some receivers refuse others, and every bounce is lost.",
		.reference = "RFC 5321 sections 2.3.5, 5.1; RFC 7505 section 4.2",
	},
	[MX_TARGET_CNAME] = {
		.id = "mx.target-cname",
		.severity = MD_FAIL,
		.title = "MX host is an alias (CNAME)",
		.fix = "Name the host that the alias leads to, or give the MX host A and AAAA "
		       "records of its own. Many senders follow the alias, some refuse.",
		.reference = "RFC 2181 section 10.3; RFC 5321 section 5.1",
	},
	[MX_TARGET_IP] = {
		.id = "mx.target-ip",
		.severity = MD_FAIL,
		.title = "MX names an IP address instead of a host",
		.fix = "Give the address a host name with an A or AAAA record, and put that "
		       "name into the MX record.",
		.reference = "RFC 1035 section 3.3.9; RFC 5321 section 5.1",
	},
	[MX_TARGET_NXDOMAIN] = {
		.id = "mx.target-nxdomain",
		.severity = MD_FAIL,
		.title = "MX host has no address",
		.fix = "Publish the host's A or AAAA record, or remove the MX record.",
		.reference = "RFC 5321 section 5.1",
	},
	[MX_TARGET_SINGLE_LABEL] = {
		.id = "mx.target-single-label",
		.severity = MD_FAIL,
		.title = "MX host is a single word: its domain is missing",
		.fix = "Write the host's whole name, such as mail.<your domain>. In a zone "
		       "file a final dot says that the name is whole: leave it out behind a "
		       "host of this zone.",
		.reference = "RFC 5321 sections 2.3.5, 5.1; RFC 1035 section 5.1",
	},
	[MX_TARGET_TAKEOVER] = {
		.id = "mx.target-takeover",
		.severity = MD_FAIL,
		.title = "MX host lies in a domain that nobody has registered",
		.fix = "Remove this MX record at once: whoever registers that domain "
		       "receives your mail.",
		.reference = "RFC 5321 section 5.1",
	},
	[MX_TARGET_ZONE_DOUBLED] = {
		.id = "mx.target-zone-doubled",
		.severity = MD_FAIL,
		.title = "MX host has your zone's name appended",
		.fix = "Put a dot at the end of the host name in the zone file: without it the "
		       "zone's own name is added.",
		.reference = "RFC 1035 section 5.1",
	},
	[MX_TARGET_BAD_HOSTNAME] = {
		.id = "mx.target-bad-hostname",
		.severity = MD_FAIL,
		.title = "MX host's name is not a valid host name",
		.fix = "Rename the host with letters, digits and hyphens only; no label may "
		       "begin or end with a hyphen.",
		.reference = "RFC 1123 section 2.1; RFC 5321 section 2.3.5",
	},
	[MX_TARGET_PRIVATE] = {
		.id = "mx.target-private",
		.severity = MD_FAIL,
		.title = "MX host has an address that the Internet cannot reach",
		.fix = "Publish the host's public address; keep internal addresses in an "
		       "internal view of the zone.",
		.reference = "RFC 6890; RFC 5321 section 5.1",
	},
	[MX_TOO_MANY] = {
		.id = "mx.too-many",
		.severity = MD_INFO,
		.title = "More than 10 MX records",
		.fix = "Ten or fewer will do; and do not use the SPF mechanism \"mx\" for this "
		       "name, it ends in permerror.",
		.reference = "RFC 7208 section 4.6.4",
	},
};

/* ---- the null MX, and the return path ---- */

/* RFC 7505 3: the exchange "." says that there is no mail host. */
static bool
is_null(const struct md_rr *mx)
{
	return strcmp(mx->mx.exchange, ".") == 0;
}

/* A null MX that stands alone. */
static void
judge_null(struct md_ctx *c, const struct md_rr *mx)
{
	const struct md_subject *subject = md_subject(c);
	const char *domain = md_domain(c);

	if (subject->nips > 0) {
		md_found(c, MX_NULL_BUT_SENDS, domain, "null MX; %s is named as its sender",
		         md_addr_print(md_mem(c), subject->ips[0]));
	} else if (subject->mail_from.given) {
		md_found(c, MX_NULL_BUT_SENDS, domain, "null MX; MAIL FROM is %s",
		         md_show(md_mem(c), md_str(subject->mail_from.text)));
	} else if (mx->mx.preference == 0) {
		md_found(c, MX_NULL_OK, domain, "MX 0 .");
	} else {
		md_found(c, MX_NULL_PREFERENCE, domain, "MX %u .", mx->mx.preference);
		md_wish_replace(c, mx, "0 .");
	}
}

/* The domain of --mail-from when it is another than the one examined; else NULL. */
static const char *
return_path_domain(struct md_ctx *c)
{
	const struct md_reverse_path *path = &md_subject(c)->mail_from;
	const char *domain;

	if (!path->given || path->null)
		return NULL;
	domain = md_name_normal(md_mem(c), md_str(path->domain));
	return strcmp(domain, md_domain(c)) != 0 ? domain : NULL;
}

static void
judge_return_path(struct md_ctx *c)
{
	const char *domain = return_path_domain(c);
	const struct md_receives *r;

	if (domain == NULL)
		return;
	r = md_receives(c, domain);
	if (r->known && !r->can)
		md_found(c, MX_RETURN_PATH_UNDELIVERABLE, domain, "%s", r->why);
}

/* ---- the main facts ---- */

/* In a cell of a table; how many there are stands beside it. */
enum { MOST_HOSTS = 10 };

static void
tell_hosts(struct md_ctx *c, const struct md_dns *mx)
{
	struct md_buf hosts = { .mem = md_mem(c) };
	size_t n = 0;

	/* In the order of rdata, which is that of preference (RFC 4034 6.3). */
	for (size_t i = 0; i < mx->n; i++) {
		if (mx->rr[i].type != MD_MX || is_null(&mx->rr[i]))
			continue;
		if (n++ < MOST_HOSTS)
			md_buf_item(&hosts, " ", "%s", mx->rr[i].mx.exchange);
	}
	if (n > 0)
		md_main(c, MD_MAIN_MX, "%s", md_buf_str(&hosts));
	else
		md_main(c, MD_MAIN_MX, "%s", mx->n > 0 ? "null" : MD_MAIN_ABSENT);
	md_main(c, MD_MAIN_MX_COUNT, "%zu", n);
}

/* ---- the records ---- */

/* RFC 7208 4.6.4: SPF's "mx" looks at no more than this many. */
enum { SPF_MOST_MX = 10, MOST_TARGETS = 32 };

static void
judge_absence(struct md_ctx *c, const struct md_dns *mx)
{
	const struct md_receives *r = md_receives(c, md_domain(c));
	const char *domain = md_domain(c);

	if (!r->known)
		return;
	if (r->can) {
		/* whether that host takes mail nobody knows from here: no record is wished for
		 */
		md_found(c, MX_IMPLICIT, domain, "no MX record, but an address record");
		return;
	}
	md_found(c, MX_NONE, domain, "%s", r->why);
	if (md_role(c)->role == MD_ROLE_PARKED && mx->naliases == 0)
		md_wish_add(c, domain, MD_MX, "0 .");
}

static void
report_mixed(struct md_ctx *c, const struct md_dns *mx, size_t nulls)
{
	md_found(c, MX_NULL_MIXED, md_domain(c), "MX \".\" beside %zu other MX record%s",
	         mx->n - nulls, mx->n - nulls == 1 ? "" : "s");
	for (size_t i = 0; i < mx->n; i++)
		if (is_null(&mx->rr[i]))
			md_wish_remove(c, &mx->rr[i]);
}

static void
judge_records(struct md_ctx *c, const struct md_dns *mx)
{
	size_t nulls = 0, targets = 0;

	for (size_t i = 0; i < mx->n; i++)
		nulls += is_null(&mx->rr[i]);
	if (nulls == mx->n) {
		judge_null(c, &mx->rr[0]);
		return;
	}
	if (nulls > 0)
		report_mixed(c, mx, nulls);
	if (mx->n > SPF_MOST_MX)
		md_found(c, MX_TOO_MANY, md_domain(c), "%zu MX records", mx->n);
	for (size_t i = 0; i < mx->n && targets < MOST_TARGETS; i++) {
		if (is_null(&mx->rr[i]))
			continue;
		md_mx_target(c, &mx->rr[i]);
		targets++;
	}
	if (targets < mx->n - nulls)
		md_gap(c, MD_LIMIT, MD_NO_RULE, "MX hosts",
		       "only the first %d of %zu looked at", MOST_TARGETS, mx->n - nulls);
}

static void
run(struct md_ctx *c)
{
	const struct md_dns *mx = md_dns(c, MD_MX, md_domain(c));

	judge_return_path(c);
	if (!md_known(c, &mx->fact))
		return;
	md_at_name(c, MD_MX, md_domain(c));
	tell_hosts(c, mx);
	if (mx->fact.state == MD_ABSENT)
		judge_absence(c, mx);
	else
		judge_records(c, mx);
}

const struct md_check md_check_mx = {
	.name = "mx",
	.title = "Mail exchangers",
	.question = "Does mail for the domain have somewhere to go?",
	.way = MD_INWARD,
	MD_RULES(rules),
	.run = run,
};
