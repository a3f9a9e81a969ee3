/* TLS-RPT: will anybody learn that mail to the domain could not be encrypted? */
#include "record/tls_rpt.h"
#include "ask/check.h"
#include "base/name.h"
#include "domain/misplaced.h"
#include "domain/receives.h"
#include "domain/registered.h"
#include "record/mta_sts.h"
#include "record/txt.h"

enum { MISSING, MISSING_WITH_STS, WRONG_PLACE, SYNTAX, RUA };

static const struct md_rule rules[] = {
	[MISSING] = {
		.id = "tlsrpt.missing",
		.severity = MD_INFO,
		.title = "No TLS reporting",
		.fix = "Create a mailbox for the reports (tlsrpt, or another), then "
		       "publish the record: senders will tell you every day how many of their "
		       "connections were encrypted and why others failed.",
		.reference = "RFC 8460 section 3",
	},
	[MISSING_WITH_STS] = {
		.id = "tlsrpt.missing-with-sts",
		.severity = MD_WARN,
		.title = "MTA-STS without TLS reporting",
		.fix = "Create a mailbox for the reports, then publish the record: without "
		       "reports you will not learn that your MTA-STS policy keeps mail away.",
		.reference = "RFC 8460 sections 1, 3; RFC 8461 section 3",
	},
	[WRONG_PLACE] = {
		.id = "tlsrpt.wrong-place",
		.severity = MD_WARN,
		.title = "TLS-RPT record at the wrong name",
		.fix = "Move the record to _smtp._tls.<domain>: nobody looks where it is now. "
		       "In most DNS panels the name to enter is just \"_smtp._tls\".",
		.reference = "RFC 8460 section 3",
	},
	[SYNTAX] = {
		.id = "tlsrpt.syntax",
		.severity = MD_FAIL,
		.title = "TLS-RPT record is invalid: no reports will come",
		.fix = "Publish exactly one record of the form \"v=TLSRPTv1; "
		       "rua=mailto:ADDRESS\". Several destinations are separated by commas; "
		       "write %2C, %21 and %3B for \",\", \"!\" and \";\" inside them.",
		.reference = "RFC 8460 section 3",
	},
	[RUA] = {
		.id = "tlsrpt.rua",
		.severity = MD_FAIL,
		.title = "Destination of TLS reports cannot be reached",
		.fix = "Replace it by an address that receives mail, or by an https URL on a "
		       "host that exists.",
		.reference = "RFC 8460 sections 3, 5.3, 5.4",
	},
};

/* Adds the destinations of a record that are sound, and says whether it had any. */
static bool
add_destinations(struct md_buf *rua, struct md_str record)
{
	const struct md_tls_rpt rpt = md_tls_rpt_parse(rua->mem, record);

	for (size_t i = 0; i < rpt.n; i++)
		md_buf_item(rua, ",", "%s", md_show(rua->mem, rpt.uri[i].text));
	return rpt.n > 0;
}

static struct md_str
record_of(struct md_arena *mem, const char *rua)
{
	return md_str(md_printf(mem, MD_TLS_RPT_START " rua=%s", rua));
}

/* Was it meant as a TLS-RPT record? */
static bool
is_meant(struct md_str text)
{
	return md_str_starts_nocase(md_str_trim(text, " \t\""), "v=tlsrpt");
}

/* One record with all destinations that were written, as far as they can be read. */
static void
wish_one(struct md_ctx *c, const struct md_dns *txt)
{
	struct md_buf rua = { .mem = md_mem(c) };

	for (size_t i = 0; i < txt->n; i++) {
		const struct md_str text = txt->rr[i].txt.joined;
		const struct md_tls_rpt rpt = md_tls_rpt_parse(md_mem(c), text);

		if (!add_destinations(&rua, text)) /* perhaps all that lacks is "mailto:" */
			add_destinations(
			        &rua, record_of(md_mem(c), md_uris_mend(md_mem(c), rpt.rua)));
	}
	if (rua.len == 0 || txt->naliases > 0) /* an alias: it stands in another zone */
		return;
	for (size_t i = 0; i < txt->n; i++)
		if (is_meant(txt->rr[i].txt.joined))
			md_wish_remove(c, &txt->rr[i]);
	md_wish_add(c, txt->question.name, MD_TXT, "%s",
	            md_txt_rdata(md_mem(c), record_of(md_mem(c), md_buf_str(&rua))));
}

/* Is a record where nobody looks for it? */
static bool
report_wrong_place(struct md_ctx *c, const struct md_dns *txt)
{
	static const char *const wrong[] = { "_tls", "_tlsrpt", "smtp._tls", "", NULL };
	static const struct md_right_place place = { "_smtp._tls", wrong };
	const struct md_misplaced *found = md_misplaced(c, &place, "v=TLSRPTv1");

	if (found == NULL)
		return false;
	md_at(c, found->rr);
	md_found(c, WRONG_PLACE, found->name, "%s: %s", found->name,
	         md_quote(md_mem(c), found->rr->txt.joined));
	if (txt->naliases > 0)
		return true;
	md_wish_add(c, md_printf(md_mem(c), "_smtp._tls.%s", md_domain(c)), MD_TXT, "%s",
	            md_txt_rdata(md_mem(c), found->rr->txt.joined));
	md_wish_remove(c, found->rr);
	return true;
}

static void
report_missing(struct md_ctx *c, const struct md_dns *txt)
{
	const struct md_dns *sts = md_dns_at(c, MD_TXT, "_mta-sts.%s", md_domain(c));
	struct md_str record;

	md_main(c, MD_MAIN_TLS_RPT, MD_MAIN_ABSENT);
	if (report_wrong_place(c, txt))
		return;
	/* Only its presence counts here; the mta-sts check records what is not known of it. */
	md_found(c,
	         md_txt_starting(sts, MD_MTA_STS_START, &record) > 0 ? MISSING_WITH_STS
	                                                             : MISSING,
	         md_domain(c), "no record at _smtp._tls.%s (%s)", md_domain(c),
	         txt->fact.state == MD_PRESENT ? "other TXT records are there"
	         : txt->rcode == MD_NXDOMAIN   ? "NXDOMAIN"
	                                       : "NODATA");
	if (txt->naliases == 0)
		md_wish_add(c, txt->question.name, MD_TXT,
		            "\"v=TLSRPTv1; rua=mailto:tlsrpt@%s\"", md_domain(c));
}

/* RFC 8460 3: of several records those not beginning with "v=TLSRPTv1;" are discarded, and
 * exactly one must remain. */
static bool
choose(struct md_ctx *c, const struct md_dns *txt, struct md_str *record)
{
	const size_t n = md_txt_starting(txt, MD_TLS_RPT_START, record);

	if (n == 1)
		return true;
	if (n > 1) {
		md_found(c, SYNTAX, md_domain(c), "%zu records begin with \"%s\"", n,
		         MD_TLS_RPT_START);
		md_main(c, MD_MAIN_TLS_RPT, MD_MAIN_INVALID);
		wish_one(c, txt);
		return false;
	}
	if (!md_txt_resembles(txt, "v=tlsrpt")) {
		report_missing(c, txt);
		return false;
	}
	if (txt->n > 1) {
		md_found(c, SYNTAX, md_domain(c),
		         "none of %zu TXT records begins with exactly \"%s\"", txt->n,
		         MD_TLS_RPT_START);
		md_main(c, MD_MAIN_TLS_RPT, MD_MAIN_INVALID);
		wish_one(c, txt);
		return false;
	}
	*record = txt->rr[0].txt.joined;
	return true;
}

/* Why no report can be brought to an https host, or NULL. */
static const char *
why_unreachable(struct md_ctx *c, const char *host)
{
	const struct md_dns *a, *aaaa;

	if (!md_name_is_hostname(host)) /* an address */
		return NULL;
	a = md_dns(c, MD_A, host);
	aaaa = md_dns(c, MD_AAAA, host);
	if (a->fact.state == MD_PRESENT || aaaa->fact.state == MD_PRESENT)
		return NULL;
	if (!md_known(c, &a->fact) || !md_known(c, &aaaa->fact))
		return NULL;
	return a->rcode == MD_NXDOMAIN ? "does not exist (NXDOMAIN)" : "has no address";
}

static const char *
why_undeliverable(struct md_ctx *c, const char *domain)
{
	const struct md_receives *r = md_receives(c, domain);

	if (!r->known || r->can)
		return NULL;
	return md_printf(md_mem(c), "receives no mail: %s", r->why);
}

static void
judge_destination(struct md_ctx *c, const struct md_tls_rpt_uri *uri)
{
	const char *shown = md_show(md_mem(c), uri->text);
	const char *why =
	        uri->by_mail ? why_undeliverable(c, uri->host) : why_unreachable(c, uri->host);

	const char *free;

	md_note(c, "reports to", "%s", shown);
	if (why == NULL)
		return;
	free = md_dns(c, uri->by_mail ? MD_MX : MD_A, uri->host)->rcode == MD_NXDOMAIN
	               ? md_unregistered_aside(c, uri->host)
	               : NULL;
	md_found(c, RUA, shown, "%s %s%s", uri->host, why,
	         free == NULL ? ""
	                      : md_printf(md_mem(c),
	                                  "; %s is not registered: whoever registers it "
	                                  "gets the reports",
	                                  free));
}

static void
run(struct md_ctx *c)
{
	const struct md_dns *txt = md_dns_at(c, MD_TXT, "_smtp._tls.%s", md_domain(c));
	struct md_tls_rpt rpt;
	struct md_str record;

	md_at_txt(c, txt, "v=TLSRPTv1");
	/* where no mail comes there is nothing to report */
	if (!md_known(c, &txt->fact) || !md_receives(c, md_domain(c))->can ||
	    !choose(c, txt, &record))
		return;
	md_note(c, "record", "%s", md_show(md_mem(c), record));
	rpt = md_tls_rpt_parse(md_mem(c), record);
	md_main(c, MD_MAIN_TLS_RPT, "%s", rpt.faults.n == 0 ? MD_MAIN_VALID : MD_MAIN_INVALID);
	if (rpt.faults.n > 0) {
		md_found(c, SYNTAX, md_domain(c), "%s", md_faults_line(md_mem(c), &rpt.faults));
		md_point(c, record, rpt.faults.list[0].at, rpt.faults.list[0].len);
		wish_one(c, txt);
	}
	for (size_t i = 0; i < rpt.n; i++)
		judge_destination(c, &rpt.uri[i]);
}

const struct md_check md_check_tls_rpt = {
	.name = "tls-rpt",
	.title = "TLS reporting",
	.question = "Will anybody learn when mail to the domain cannot be encrypted?",
	.way = MD_ASIDE,
	MD_RULES(rules),
	.run = run,
};
