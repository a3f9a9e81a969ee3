/* The text report: for a person at two in the morning. */
#include "render/render.h"

#include "base/arena.h"
#include "message/tell.h"

const char *
md_text_word(enum md_verdict verdict)
{
	static const char *const words[] = {
		[MD_PASS] = "pass", [MD_INFO] = "info", [MD_WARN] = "warn",
		[MD_UNSURE] = "?",  [MD_FAIL] = "FAIL",
	};

	return words[verdict];
}

enum md_ink
md_text_ink(enum md_verdict verdict)
{
	static const enum md_ink inks[] = {
		[MD_PASS] = MD_GOOD,    [MD_INFO] = MD_REMARK, [MD_WARN] = MD_RISK,
		[MD_UNSURE] = MD_DOUBT, [MD_FAIL] = MD_BAD,
	};

	return inks[verdict];
}

const char *
md_text_count(struct md_arena *mem, size_t n, const char *one, const char *many)
{
	return md_printf(mem, "%zu %s", n, n == 1 ? one : many);
}

static void
put_role(const struct md_page *page, const struct md_report *report)
{
	static const char *const roles[] = {
		[MD_ROLE_UNKNOWN] = "unknown",
		[MD_ROLE_FULL] = "sends and receives",
		[MD_ROLE_SENDS_ONLY] = "only sends",
		[MD_ROLE_PARKED] = "parked, no mail at all",
	};
	const char *role = roles[report->role];

	if (report->role_why[0] != '\0')
		role = md_printf(page->mem, "%s (%s)", role, report->role_why);
	md_page_blank(page, 6);
	md_page_wrap(page, 6, 8, md_printf(page->mem, "Role: %s.", role));
}

/* The links of the diagnostic chain before the DNS, each with the command that shows it. */
static void
put_chain(const struct md_page *page)
{
	static const char *const links[][2] = {
		{ "1 the application's mail library", "its settings and its log" },
		{ "2 the interpreter, if it is PHP", "php -i | grep sendmail_path" },
		{ "3 a mail server (MTA) is there", "ls -l /usr/sbin/sendmail" },
		{ "  and can be reached", "nc -zv 127.0.0.1 25" },
		{ "4 it sends", "its log: journalctl -u postfix, or -u exim4" },
	};

	putc('\n', page->out);
	md_page_wrap(page, 0, 0,
	             "What cannot be seen from outside the sending machine, in the order to "
	             "look:");
	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++) {
		md_page_blank(page, 2);
		md_page_field(page, MD_PLAIN, 32, links[i][0]);
		md_page_put(page, MD_STRONG, links[i][1]);
		putc('\n', page->out);
	}
}

static bool
has_findings(const struct md_report *report)
{
	return report->verdict == MD_FAIL || md_report_findings(report, MD_FAIL) > 0 ||
	       md_report_findings(report, MD_WARN) > 0 ||
	       md_report_findings(report, MD_INFO) > 0;
}

/* The report of `maildiag spf`: the result first. */
static void
put_spf(const struct md_page *page, const struct md_report *report,
        const struct md_style *style)
{
	md_text_spf(page, report, style);
	if (style->quiet)
		return;
	md_text_problems(page, report, style);
	md_text_gaps(page, report, style);
	for (size_t i = 0; i < report->shown.spf->n; i++)
		if (report->shown.spf->n == 1 || style->verbose)
			md_text_spf_trace(page, report->shown.spf,
			                  &report->shown.spf->asked[i]);
	md_text_notes(page, report, style);
	if (style->verbose)
		md_text_facts(page, report);
}

/* The report of `maildiag message`. */
static void
put_message(const struct md_page *page, const struct md_report *report,
            const struct md_style *style)
{
	md_text_message(page, report, style);
	if (style->quiet)
		return;
	md_text_changes(page, report);
	md_text_problems(page, report, style);
	md_text_gaps(page, report, style);
	md_text_profiles(page, report, style);
	md_text_route(page, report, style);
	if (style->verbose) {
		md_text_checks(page, report);
		md_text_notes(page, report, style);
		md_text_facts(page, report);
	}
	if (has_findings(report)) {
		putc('\n', page->out);
		md_page_wrap(page, 0, 2, "More about a finding: maildiag explain RULE");
	}
}

static void
put_report(const struct md_page *page, const struct md_report *report,
           const struct md_style *style)
{
	md_text_verdict(page, report, style);
	if (style->quiet)
		return;
	put_role(page, report);
	md_text_checks(page, report);
	md_text_problems(page, report, style);
	md_text_gaps(page, report, style);
	if (has_findings(report)) {
		putc('\n', page->out);
		md_page_wrap(page, 0, 2, "More about a finding: maildiag explain RULE");
	}
	md_text_notes(page, report, style);
	if (style->verbose)
		md_text_facts(page, report);
	if (report->role != MD_ROLE_PARKED && md_text_concerns(report, MD_OUTWARD))
		put_chain(page);
}

void
md_render_text(const struct md_report *report, const struct md_style *style, FILE *out)
{
	const struct md_page page = {
		.mem = md_arena_new(),
		.out = out,
		.columns = style->columns > 0 ? style->columns : 80,
		.colour = style->colour,
		.utf8 = style->utf8,
	};

	if (report->subject->message != NULL && style->table != MD_TABLE_NONE)
		md_text_summary(&page, report, style->table == MD_TABLE_FIRST);
	else if (report->subject->message != NULL)
		put_message(&page, report, style);
	else if (report->shown.spf != NULL)
		put_spf(&page, report, style);
	else
		put_report(&page, report, style);
	md_arena_free(page.mem);
}
