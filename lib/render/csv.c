/* A line a domain: the verdict and the main facts, for spreadsheets, databases and charts. */
#include "render/render.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"
#include "domain/provider.h"

/*
 * The octets that stand in a cell for themselves.  No comma, semicolon or quotation mark is
 * among them, so that no cell needs quotes (RFC 4180 section 2) and a reader that takes another
 * separator finds none; and nothing that begins a formula.
 */
static bool
is_plain(char octet)
{
	return md_is_alnum(octet) ||
	       (octet != '\0' && strchr(" !#$%&()*-./:<>?[]^_`{}~", octet));
}

/*
 * Spreadsheets take a cell that begins with = + - or @ for a formula, and these texts are
 * strangers': so they are written as \DDD (RFC 1035 5.1), in which a name stays the same name;
 * a hyphen only where a word begins.  Control characters are in that form already.
 */
static void
put_cell(FILE *out, const char *text)
{
	bool begins = true;

	while (*text != '\0') {
		char octet;
		const size_t taken = md_unescape(text, &octet);

		if (taken == 1 && is_plain(octet) && !(begins && octet == '-'))
			putc(octet, out);
		else
			fprintf(out, "\\%03u", (unsigned char)octet);
		begins = taken == 1 && octet == ' ';
		text += taken;
	}
}

/* ---- what is known of the report as a whole ---- */

static void
put_domain(const struct md_report *report, FILE *out)
{
	put_cell(out, report->subject->domain);
}

static void
put_verdict(const struct md_report *report, FILE *out)
{
	fputs(md_verdict_name(report->verdict), out);
}

static void
put_complete(const struct md_report *report, FILE *out)
{
	fputs(report->complete ? "yes" : "no", out);
}

static void
put_fails(const struct md_report *report, FILE *out)
{
	fprintf(out, "%zu", md_report_findings(report, MD_FAIL));
}

static void
put_warnings(const struct md_report *report, FILE *out)
{
	fprintf(out, "%zu", md_report_findings(report, MD_WARN));
}

static void
put_remarks(const struct md_report *report, FILE *out)
{
	fprintf(out, "%zu", md_report_findings(report, MD_INFO));
}

/*
 * Nothing, or not all that it asked for: a fault that was found anyway is no reason to hide it.
 */
static bool
lacks_answers(const struct md_result *r)
{
	const struct md_gap *gap = r->gaps;

	while (gap != NULL && gap->kind != MD_INCONCLUSIVE)
		gap = gap->next;
	return r->verdict == MD_UNSURE || gap != NULL;
}

/* The checks that lack answers. */
static void
put_unknown(const struct md_report *report, FILE *out)
{
	const char *between = "";

	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_result *r = &report->results[i];

		if (r->skipped[0] != '\0' || !lacks_answers(r))
			continue;
		fprintf(out, "%s%s", between, r->check->name);
		between = " ";
	}
}

static void
put_role(const struct md_report *report, FILE *out)
{
	if (report->role != MD_ROLE_UNKNOWN)
		fputs(md_role_name(report->role), out);
}

static void
put_providers(const struct md_report *report, bool receiving, FILE *out)
{
	const struct md_providers *p = report->providers;
	struct md_arena *mem = md_arena_new();
	const char *between = "";

	for (size_t i = 0; i < p->n; i++) {
		if (!(receiving ? p->use[i].receives : p->use[i].sends))
			continue;
		fputs(between, out);
		put_cell(out, md_show(mem, p->use[i].provider.name));
		between = "|";
	}
	if (between[0] == '\0' && (receiving ? p->mx_known : p->spf_known))
		fputs("none", out);
	md_arena_free(mem);
}

static void
put_mx_provider(const struct md_report *report, FILE *out)
{
	put_providers(report, true, out);
}

static void
put_spf_providers(const struct md_report *report, FILE *out)
{
	put_providers(report, false, out);
}

static bool
is_first_of_rule(const struct md_finding *first, const struct md_finding *f)
{
	for (; first != f; first = first->next)
		if (first->rule == f->rule && !first->ignored)
			return false;
	return true;
}

/* Each once, in the order of the report. */
static void
put_rules(const struct md_report *report, FILE *out)
{
	const char *between = "";

	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_finding *first = report->results[i].findings;

		for (const struct md_finding *f = first; f != NULL; f = f->next) {
			if (f->ignored || !is_first_of_rule(first, f))
				continue;
			fprintf(out, "%s%s", between, f->rule->id);
			between = " ";
		}
	}
}

static const struct {
	const char *name;
	void (*put)(const struct md_report *, FILE *); /* or, where there is none: */
	enum md_main fact;
} columns[] = {
	{ "domain", put_domain, MD_NMAIN },
	{ "verdict", put_verdict, MD_NMAIN },
	{ "complete", put_complete, MD_NMAIN },
	{ "fail", put_fails, MD_NMAIN },
	{ "warn", put_warnings, MD_NMAIN },
	{ "info", put_remarks, MD_NMAIN },
	{ "unknown", put_unknown, MD_NMAIN },
	{ "role", put_role, MD_NMAIN },
	{ "mx_count", NULL, MD_MAIN_MX_COUNT },
	{ "mx", NULL, MD_MAIN_MX },
	{ "mx_provider", put_mx_provider, MD_NMAIN },
	{ "spf", NULL, MD_MAIN_SPF },
	{ "spf_all", NULL, MD_MAIN_SPF_ALL },
	{ "spf_lookups", NULL, MD_MAIN_SPF_LOOKUPS },
	{ "spf_providers", put_spf_providers, MD_NMAIN },
	{ "dmarc", NULL, MD_MAIN_DMARC },
	{ "dmarc_p", NULL, MD_MAIN_DMARC_P },
	{ "dmarc_sp", NULL, MD_MAIN_DMARC_SP },
	{ "dmarc_t", NULL, MD_MAIN_DMARC_T },
	{ "dmarc_pct", NULL, MD_MAIN_DMARC_PCT },
	{ "dmarc_rua", NULL, MD_MAIN_DMARC_RUA },
	{ "dkim_selectors", NULL, MD_MAIN_DKIM_SELECTORS },
	{ "mta_sts", NULL, MD_MAIN_MTA_STS },
	{ "tls_rpt", NULL, MD_MAIN_TLS_RPT },
	{ "bimi", NULL, MD_MAIN_BIMI },
	{ "dnssec", NULL, MD_MAIN_DNSSEC },
	{ "rules", put_rules, MD_NMAIN },
};

enum { NCOLUMNS = MD_COUNT(columns) };

static void
put_heading(FILE *out)
{
	for (size_t i = 0; i < NCOLUMNS; i++)
		fprintf(out, "%s%s", i > 0 ? "," : "", columns[i].name);
	putc('\n', out);
}

/* What was told first counts, and stands last in the list; "" when nothing was. */
static void
collect(const struct md_report *report, const char *facts[MD_NMAIN])
{
	for (size_t i = 0; i < MD_NMAIN; i++)
		facts[i] = "";
	for (size_t i = 0; i < report->nresults; i++)
		for (const struct md_main_fact *m = report->results[i].main; m != NULL;
		     m = m->next)
			facts[m->fact] = m->text;
}

void
md_render_csv(const struct md_report *report, const struct md_style *style, FILE *out)
{
	const char *facts[MD_NMAIN];

	if (report->subject->kind != &md_subject_domain) /* what the columns are about */
		return;
	if (style->table == MD_TABLE_FIRST)
		put_heading(out);
	collect(report, facts);
	for (size_t i = 0; i < NCOLUMNS; i++) {
		if (i > 0)
			putc(',', out);
		if (columns[i].put != NULL)
			columns[i].put(report, out);
		else
			put_cell(out, facts[columns[i].fact]);
	}
	putc('\n', out);
}
