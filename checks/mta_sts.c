/* MTA-STS: does the domain tell senders that mail to it must be encrypted? */
#include "record/mta_sts.h"
#include "ask/check.h"
#include "domain/misplaced.h"
#include "domain/receives.h"
#include "record/txt.h"

enum { MISSING, WRONG_PLACE, RECORD_SYNTAX, POLICY_FETCH, SUBDOMAIN_NOT_COVERED };

static const struct md_rule rules[] = {
	[MISSING] = {
		.id = "sts.missing",
		.severity = MD_INFO,
		.title = "No MTA-STS: senders may deliver without encryption",
		.fix = "Serve a policy with \"mode: testing\" at "
		       "https://mta-sts.DOMAIN/.well-known/mta-sts.txt first, then publish "
		       "\"v=STSv1; id=1;\" at _mta-sts.DOMAIN, and a TLS-RPT record to learn of "
		       "failures.",
		.reference = "RFC 8461 section 3",
	},
	[WRONG_PLACE] = {
		.id = "sts.wrong-place",
		.severity = MD_WARN,
		.title = "MTA-STS record at the wrong name",
		.fix = "Move the record to _mta-sts.<domain>: nobody looks where it is now. In "
		       "most DNS panels the name to enter is just \"_mta-sts\".",
		.reference = "RFC 8461 section 3.1",
	},
	[RECORD_SYNTAX] = {
		.id = "sts.record-syntax",
		.severity = MD_FAIL,
		.title = "MTA-STS record is invalid: senders act as if there was none",
		.fix = "Publish exactly one record of the form \"v=STSv1; id=...;\" with an id "
		       "of 1 to 32 letters and digits that is new for each policy. Look at the "
		       "policy file first (mode and mx): as soon as the record is valid, senders "
		       "fetch the policy and obey it.",
		.reference = "RFC 8461 section 3.1",
	},
	[POLICY_FETCH] = {
		.id = "sts.policy-fetch",
		.severity = MD_FAIL,
		.title = "MTA-STS policy cannot be fetched",
		.fix = "Give the host mta-sts.DOMAIN an address (or a CNAME to your provider), "
		       "and serve the policy there over HTTPS; or remove the record.",
		.reference = "RFC 8461 section 3.3",
	},
	[SUBDOMAIN_NOT_COVERED] = {
		.id = "sts.subdomain-not-covered",
		.severity = MD_INFO,
		.title = "MTA-STS of the parent domain does not hold for this one",
		.fix = "Serve a policy at https://mta-sts.DOMAIN/.well-known/mta-sts.txt for "
		       "this domain too, then publish \"v=STSv1; id=1;\" at _mta-sts.DOMAIN.",
		.reference = "RFC 8461 section 3.4",
	},
};

/* Does the organisational domain above have a record, which is not for its subdomains? */
static const char *
covered_parent(struct md_ctx *c)
{
	const char *parent = md_subject(c)->organisation;
	const struct md_dns *txt;
	struct md_str record;

	if (md_eq_nocase(parent, md_domain(c)))
		return NULL;
	txt = md_dns_at(c, MD_TXT, "_mta-sts.%s", parent);
	if (!md_known(c, &txt->fact) || md_txt_starting(txt, MD_MTA_STS_START, &record) != 1)
		return NULL;
	return parent;
}

/* Is a record where nobody looks for it?  Not shown again: first its policy must be served. */
static bool
report_wrong_place(struct md_ctx *c)
{
	static const char *const wrong[] = { "mta-sts", "_mta_sts", "", NULL };
	static const struct md_right_place place = { "_mta-sts", wrong };
	const struct md_misplaced *found = md_misplaced(c, &place, "v=STSv1");

	if (found == NULL)
		return false;
	md_at(c, found->rr);
	md_found(c, WRONG_PLACE, found->name, "%s: %s", found->name,
	         md_quote(md_mem(c), found->rr->txt.joined));
	return true;
}

static void
report_missing(struct md_ctx *c, const struct md_dns *txt)
{
	const char *parent;

	md_main(c, MD_MAIN_MTA_STS, MD_MAIN_ABSENT);
	if (report_wrong_place(c))
		return;
	parent = covered_parent(c);
	if (parent != NULL)
		md_found(c, SUBDOMAIN_NOT_COVERED, md_domain(c),
		         "%s has MTA-STS, but there is no record at _mta-sts.%s", parent,
		         md_domain(c));
	else /* no record is shown: before its policy is served it would do harm */
		md_found(c, MISSING, md_domain(c), "no record at _mta-sts.%s (%s)",
		         md_domain(c),
		         txt->fact.state == MD_PRESENT ? "other TXT records are there"
		         : txt->rcode == MD_NXDOMAIN   ? "NXDOMAIN"
		                                       : "NODATA");
}

/* A missing host is told for a faulty record, too: once mended, that would lead nowhere. */
static void
judge_host(struct md_ctx *c, bool has_record)
{
	const char *host = md_printf(md_mem(c), "mta-sts.%s", md_domain(c));
	const struct md_dns *a = md_dns(c, MD_A, host), *aaaa = md_dns(c, MD_AAAA, host);

	if (a->fact.state == MD_PRESENT || aaaa->fact.state == MD_PRESENT) {
		if (has_record)
			md_gap(c, MD_LIMIT, MD_NO_RULE,
			       md_printf(md_mem(c), "https://%s/.well-known/mta-sts.txt", host),
			       "the policy file is not fetched by this version");
		return;
	}
	if (md_known_aside(c, &a->fact) && md_known_aside(c, &aaaa->fact))
		md_found(c, POLICY_FETCH, host, "%s %s", host,
		         a->rcode == MD_NXDOMAIN ? "does not exist (NXDOMAIN)"
		                                 : "has neither A nor AAAA record");
}

/*
 * No record is proposed, here or below: as soon as there is a valid one senders obey a policy
 * that nobody has looked at (3.2, 5).
 *
 * RFC 8461 3.1: of several TXT records those not beginning with "v=STSv1;" are discarded, and
 * exactly one must remain.  A single one is judged by its grammar alone.
 */
static bool
choose(struct md_ctx *c, const struct md_dns *txt, struct md_str *record)
{
	const size_t n = md_txt_starting(txt, MD_MTA_STS_START, record);

	if (n == 1)
		return true;
	if (n > 1) {
		md_found(c, RECORD_SYNTAX, md_domain(c), "%zu records begin with \"%s\"", n,
		         MD_MTA_STS_START);
	} else if (!md_txt_resembles(txt, "v=sts")) {
		report_missing(c, txt);
		return false;
	} else if (txt->n == 1) {
		*record = txt->rr[0].txt.joined;
		return true;
	} else {
		md_found(c, RECORD_SYNTAX, md_domain(c),
		         "none of %zu TXT records begins with exactly \"%s\"", txt->n,
		         MD_MTA_STS_START);
	}
	md_main(c, MD_MAIN_MTA_STS, MD_MAIN_INVALID);
	judge_host(c, false);
	return false;
}

static void
run(struct md_ctx *c)
{
	const struct md_dns *txt = md_dns_at(c, MD_TXT, "_mta-sts.%s", md_domain(c));
	struct md_mta_sts sts;
	struct md_str record;

	md_at_txt(c, txt, "v=STSv1");
	if (md_eager(c)) {
		md_dns_at(c, MD_A, "mta-sts.%s", md_domain(c));
		md_dns_at(c, MD_AAAA, "mta-sts.%s", md_domain(c));
	}
	/* what is no one's way to send mail needs no policy for it */
	if (!md_known(c, &txt->fact) || !md_receives(c, md_domain(c))->can ||
	    !choose(c, txt, &record))
		return;
	md_note(c, "record", "%s", md_show(md_mem(c), record));
	sts = md_mta_sts_parse(md_mem(c), record);
	md_main(c, MD_MAIN_MTA_STS, "%s", sts.faults.n == 0 ? MD_MAIN_VALID : MD_MAIN_INVALID);
	if (sts.faults.n == 0) {
		judge_host(c, true);
		return;
	}
	md_found(c, RECORD_SYNTAX, md_domain(c), "%s", md_faults_line(md_mem(c), &sts.faults));
	md_point(c, record, sts.faults.list[0].at, sts.faults.list[0].len);
	judge_host(c, false);
}

const struct md_check md_check_mta_sts = {
	.name = "mta-sts",
	.title = "MTA-STS",
	.way = MD_ASIDE,
	.question = "Are senders told to encrypt mail to the domain?",
	MD_RULES(rules),
	.run = run,
};
