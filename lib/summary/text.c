/* A summary for people: what most domains have comes first, and the rest is counted. */
#include <string.h>

#include "base/arena.h"
#include "doc/page.h"
#include "maildiag.h"
#include "render/tell.h"
#include "summary/summary.h"

/* How many are shown without -v; and with it of a rule's providers and top-level domains. */
enum { SOME_RULES = 12, SOME_ROWS = 10, SOME_REASONS = 5, SOME_OF_A_RULE = 4 };

enum { SHARE = 9, WIDEST_RULE = 32 }; /* columns */

struct sheet {
	const struct md_page *page;
	const struct md_summary *s;
	bool verbose;
	unsigned width; /* of a count */
};

/* "1,234,567" */
static const char *
grouped(struct md_arena *mem, uint64_t n)
{
	const char *digits = md_printf(mem, "%ju", (uintmax_t)n);
	struct md_buf out = { .mem = mem };

	for (size_t left = strlen(digits); left > 0; left--, digits++) {
		md_buf_addc(&out, *digits);
		if (left > 1 && left % 3 == 1)
			md_buf_addc(&out, ',');
	}
	return md_buf_str(&out);
}

/* "12.3 %"; what is there is never 0, and what is not all never 100. */
static const char *
share(struct md_arena *mem, uint64_t n, uint64_t of)
{
	const double percent = of > 0 ? 100.0 * (double)n / (double)of : 0;

	if (n == 0)
		return "-";
	if (percent < 0.05)
		return "<0.1 %";
	if (n < of && percent >= 99.95)
		return ">99.9 %";
	return md_printf(mem, "%.1f %%", percent);
}

static void
put_right(const struct sheet *t, enum md_ink ink, unsigned columns, const char *text)
{
	const unsigned len = (unsigned)strlen(text);

	md_page_blank(t->page, len < columns ? columns - len : 0);
	md_page_put(t->page, ink, text);
}

/* The two columns that every line begins with; returns how wide they are. */
static unsigned
put_count(const struct sheet *t, uint64_t n)
{
	put_right(t, MD_PLAIN, t->width, grouped(t->page->mem, n));
	put_right(t, MD_FAINT, SHARE, share(t->page->mem, n, t->s->domains));
	md_page_blank(t->page, 2);
	return t->width + SHARE + 2;
}

/* What the columns are, and what the lines are about. */
static void
put_heading(const struct sheet *t, bool rates, const char *about)
{
	putc('\n', t->page->out);
	put_right(t, MD_FAINT, t->width, "Domains");
	put_right(t, MD_FAINT, SHARE, "Share");
	if (rates) {
		put_right(t, MD_FAINT, SHARE, md_text_word(MD_FAIL));
		put_right(t, MD_FAINT, SHARE, md_text_word(MD_WARN));
		put_right(t, MD_FAINT, SHARE, md_text_word(MD_UNSURE));
	}
	md_page_blank(t->page, 2);
	md_page_put(t->page, MD_STRONG, about);
	putc('\n', t->page->out);
}

static void
put_more(const struct sheet *t, size_t n)
{
	if (n == 0)
		return;
	md_page_blank(t->page, t->width + SHARE + 2);
	md_page_fit(
	        t->page, t->width + SHARE + 2,
	        md_printf(t->page->mem, "and %s more (all with -v)", grouped(t->page->mem, n)));
}

/* How many of n are shown; "and 1 more" would take as much room as the one. */
static size_t
shown(const struct sheet *t, size_t n, size_t some)
{
	return t->verbose || n <= some + 1 ? n : some;
}

static size_t
length(const struct md_row **rows)
{
	size_t n = 0;

	while (rows[n] != NULL)
		n++;
	return n;
}

/* ---- the whole */

static void
put_verdict(const struct sheet *t, enum md_verdict verdict, const char *meaning)
{
	const unsigned at = put_count(t, t->s->verdicts[verdict]);

	md_page_field(t->page, md_text_ink(verdict), 4, md_text_word(verdict));
	md_page_fit(t->page, at + 6, meaning);
}

static void
put_verdicts(const struct sheet *t)
{
	md_page_put(t->page, MD_STRONG,
	            md_printf(t->page->mem, "%s %s", grouped(t->page->mem, t->s->domains),
	                      t->s->domains == 1 ? "domain" : "domains"));
	putc('\n', t->page->out);
	if (t->s->domains == 0)
		return;
	put_heading(t, false, "Verdict");
	put_verdict(t, MD_FAIL, "failures");
	put_verdict(t, MD_UNSURE, "unknown: no failure, but not all is known");
	put_verdict(t, MD_WARN, "warnings");
	put_verdict(t, MD_INFO, "only remarks");
	put_verdict(t, MD_PASS, "nothing to remark");
}

/* ---- findings */

/* "Microsoft 365 1,203, Google Workspace 17, and 3 more", by a rule's counts. */
static const char *
listed(struct md_arena *mem, const struct md_ranking *ranking, const uint64_t *counts)
{
	struct md_ranking of = *ranking;
	const struct md_row **rows;
	struct md_buf out = { .mem = mem };
	size_t n = 0;

	of.first = 1;
	of.rows = md_alloc(mem, ranking->n * sizeof(*of.rows));
	for (size_t i = 0; i < ranking->n; i++)
		of.rows[i] =
		        (struct md_row){ .name = ranking->rows[i].name, .domains = counts[i] };
	rows = md_ranking_sorted(mem, &of);
	for (; rows[n] != NULL && rows[n]->domains > 0; n++)
		if (n < SOME_OF_A_RULE)
			md_buf_printf(&out, "%s%s %s", n > 0 ? ", " : "", rows[n]->name,
			              grouped(mem, rows[n]->domains));
	if (n > SOME_OF_A_RULE)
		md_buf_printf(&out, ", and %s more", grouped(mem, n - SOME_OF_A_RULE));
	return md_buf_str(&out);
}

static void
put_breakdown(const struct sheet *t, const struct md_row *rule, unsigned at)
{
	struct md_arena *mem = md_arena_new();

	md_page_blank(t->page, at);
	md_page_wrap(t->page, at, at + 2,
	             md_printf(mem, "providers: %s",
	                       listed(mem, &t->s->providers, rule->providers)));
	md_page_blank(t->page, at);
	md_page_wrap(t->page, at, at + 2,
	             md_printf(mem, "TLDs: %s", listed(mem, &t->s->tlds, rule->tlds)));
	md_arena_free(mem);
}

static void
put_rule(const struct sheet *t, const struct md_row *rule, enum md_ink ink, unsigned widest)
{
	const unsigned at = put_count(t, rule->domains);

	md_page_field(t->page, ink, widest, rule->name);
	md_page_fit(t->page, at + widest + 2, rule->title);
	if (t->verbose)
		put_breakdown(t, rule, at + 2);
}

static void
put_rules(const struct sheet *t, enum md_verdict severity, const char *heading)
{
	const struct md_row **rows = md_ranking_sorted(t->page->mem, &t->s->rules[severity]);
	const size_t n = length(rows), most = shown(t, n, SOME_RULES);
	unsigned widest = 0;

	if (n == 0)
		return;
	put_heading(t, false, heading);
	for (size_t i = 0; i < most; i++)
		if (strlen(rows[i]->name) > widest && strlen(rows[i]->name) <= WIDEST_RULE)
			widest = (unsigned)strlen(rows[i]->name);
	for (size_t i = 0; i < most; i++)
		put_rule(t, rows[i], md_text_ink(severity), widest);
	put_more(t, n - most);
}

static void
put_findings(const struct sheet *t)
{
	put_rules(t, MD_FAIL, "Failures");
	put_rules(t, MD_WARN, "Warnings");
	put_rules(t, MD_INFO, "Remarks");
	if (!t->verbose)
		return;
	put_rules(t, MD_PASS, "What is right");
	put_rules(t, MD_UNSURE, "What explains that something is not known");
}

/* ---- providers and top-level domains */

static void
put_rate(const struct sheet *t, const struct md_row *row, enum md_verdict verdict)
{
	const uint64_t n = row->verdicts[verdict];

	put_right(t, n > 0 ? md_text_ink(verdict) : MD_FAINT, SHARE,
	          share(t->page->mem, n, row->domains));
}

static void
put_row(const struct sheet *t, const struct md_row *row, const char *name)
{
	if (row->domains == 0)
		return;
	put_right(t, MD_PLAIN, t->width, grouped(t->page->mem, row->domains));
	put_right(t, MD_FAINT, SHARE, share(t->page->mem, row->domains, t->s->domains));
	put_rate(t, row, MD_FAIL);
	put_rate(t, row, MD_WARN);
	put_rate(t, row, MD_UNSURE);
	md_page_blank(t->page, 2);
	md_page_fit(t->page, t->width + 4 * SHARE + 2, name);
}

static void
put_rows(const struct sheet *t, const char *heading, const struct md_ranking *ranking,
         const char *before)
{
	const struct md_row **rows = md_ranking_sorted(t->page->mem, ranking);
	const size_t n = length(rows), most = shown(t, n, SOME_ROWS);

	put_heading(t, true, heading);
	for (size_t i = 0; i < most; i++)
		put_row(t, rows[i], md_printf(t->page->mem, "%s%s", before, rows[i]->name));
	put_more(t, n - most);
}

/* ---- gaps */

static void
put_reasons(const struct sheet *t, const char *heading, const struct md_ranking *ranking)
{
	const struct md_row **rows = md_ranking_sorted(t->page->mem, ranking);
	const size_t n = length(rows), most = shown(t, n, SOME_REASONS);

	put_heading(t, false, heading);
	for (size_t i = 0; i < most; i++) {
		const unsigned at = put_count(t, rows[i]->domains);

		md_page_fit(t->page, at, rows[i]->name);
	}
	put_more(t, n - most);
}

static void
put_gaps(const struct sheet *t)
{
	const uint64_t incomplete = t->s->domains - t->s->complete;

	if (t->s->gapped > 0)
		put_reasons(t, "Why something could not be known", &t->s->reasons);
	if (t->s->limited > 0 && t->verbose)
		put_reasons(t, "What cannot be known from here, or was not wished",
		            &t->s->limits);
	if (incomplete == 0)
		return;
	putc('\n', t->page->out);
	md_page_wrap(t->page, 0, 2,
	             md_printf(t->page->mem, "%s %s not complete: a server failed. To name %s:",
	                       grouped(t->page->mem, incomplete),
	                       incomplete == 1 ? "report is" : "reports are",
	                       incomplete == 1 ? "its domain" : "their domains"));
	md_page_put(t->page, MD_STRONG, "  maildiag summarize --domains incomplete FILE...");
	putc('\n', t->page->out);
}

/* Did a ranking run out of rows? */
static bool
is_cut(const struct md_summary *s)
{
	bool cut = s->tlds.rows[0].domains > 0 || s->providers.rows[0].domains > 0 ||
	           s->reasons.rows[0].domains > 0 || s->limits.rows[0].domains > 0;

	for (size_t i = 0; i < MD_VERDICTS; i++)
		cut = cut || s->rules[i].rows[0].domains > 0;
	return cut;
}

static void
put_sheet(const struct sheet *t)
{
	put_verdicts(t);
	if (t->s->domains == 0)
		return;
	put_findings(t);
	put_rows(t, "Mail provider (or several)", &t->s->providers, "");
	put_row(t, t->s->no_provider, "none that is known");
	put_row(t, t->s->unknown_provider, "could not be known");
	put_rows(t, "Top-level domain", &t->s->tlds, ".");
	put_gaps(t);
	if (!is_cut(t->s))
		return;
	putc('\n', t->page->out);
	md_page_wrap(t->page, 0, 2,
	             "There are more different names than are told apart: those that came "
	             "last are left out above.");
}

void
md_summary_text(const struct md_summary *s, const struct md_style *style, FILE *out)
{
	const struct md_page page = {
		.mem = md_arena_new(),
		.out = out,
		.columns = style->columns > 0 ? style->columns : 80,
		.colour = style->colour,
		.utf8 = style->utf8,
	};
	struct sheet t = { .page = &page, .s = s, .verbose = style->verbose, .width = 9 };

	if (strlen(grouped(page.mem, s->domains)) + 1 > t.width)
		t.width = (unsigned)strlen(grouped(page.mem, s->domains)) + 1;
	put_sheet(&t);
	md_arena_free(page.mem);
}
