/* A summary for people: what most domains have comes first, and the rest is counted. */
#include <string.h>

#include "base/arena.h"
#include "doc/draw.h"
#include "maildiag.h"
#include "report/report.h"
#include "summary/summary.h"

/* How many are shown without -v; and with it of a rule's providers and top-level domains. */
enum { SOME_RULES = 12, SOME_ROWS = 10, SOME_REASONS = 5, SOME_OF_A_RULE = 4 };

enum { COUNT = 9, SHARE = 9, WORD = 4, WIDEST_RULE = 32 }; /* columns */

struct sheet {
	struct md_doc *d;
	const struct md_summary *s;
	bool verbose;
	struct md_doc_column counts[4]; /* the columns of a list: counts, a word, the rest */
	struct md_doc_column rates[6];  /* and those of one with rates of verdicts */
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

/* "12.3 %"; a share above nothing is never 0, one below all never 100. */
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

/* The two figures that every line begins with. */
static struct md_doc_row *
begin_row(const struct sheet *t, struct md_doc_table *table, uint64_t n)
{
	struct md_doc_row *row = md_doc_row(t->d, table);

	md_doc_put(t->d, row, MD_PLAIN, grouped(t->d->mem, n));
	md_doc_put(t->d, row, MD_FAINT, share(t->d->mem, n, t->s->domains));
	return row;
}

static void
end_row(const struct sheet *t, struct md_doc_row *row, const char *text)
{
	md_doc_add(t->d, md_doc_cell(t->d, row, MD_CUT), MD_FOREIGN, text);
}

/* Begins a list: what the columns are, and what the lines are about. */
static struct md_doc_table *
begin_list(const struct sheet *t, bool rates, const char *about)
{
	static const enum md_ink verdicts[] = { MD_BAD, MD_RISK, MD_DOUBT };
	struct md_doc_table *table;
	struct md_doc_row *row;

	md_doc_open(t->d, MD_DOC_SECTION);
	table = rates ? md_doc_table(t->d, t->rates, 6) : md_doc_table(t->d, t->counts, 4);
	row = md_doc_row(t->d, table);
	row->heading = true;
	md_doc_put(t->d, row, MD_FAINT, "Domains");
	md_doc_put(t->d, row, MD_FAINT, "Share");
	for (size_t i = 0; rates && i < 3; i++)
		md_doc_put(t->d, row, MD_FAINT, md_word(verdicts[i]));
	md_doc_put(t->d, row, MD_STRONG, about);
	return table;
}

static void
tell_more(const struct sheet *t, struct md_doc_table *table, size_t n)
{
	struct md_doc_row *row;

	if (n == 0)
		return;
	row = md_doc_row(t->d, table);
	md_doc_put(t->d, row, MD_PLAIN, "");
	md_doc_put(t->d, row, MD_PLAIN, "");
	end_row(t, row,
	        md_printf(t->d->mem, "and %s more (all with -v)", grouped(t->d->mem, n)));
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

/* ---- the whole ---- */

static void
tell_verdict(const struct sheet *t, struct md_doc_table *table, enum md_verdict verdict,
             const char *meaning)
{
	struct md_doc_row *row = begin_row(t, table, t->s->verdicts[verdict]);

	md_doc_lead_as(t->d, md_doc_cell(t->d, row, MD_WHOLE), MD_WORD, md_verdict_ink(verdict),
	               "");
	end_row(t, row, meaning);
}

static void
tell_verdicts(const struct sheet *t)
{
	struct md_doc_table *table;

	md_doc_heading(t->d, md_printf(t->d->mem, "%s %s", grouped(t->d->mem, t->s->domains),
	                               t->s->domains == 1 ? "domain" : "domains"));
	if (t->s->domains == 0)
		return;
	table = begin_list(t, false, "Verdict");
	tell_verdict(t, table, MD_FAIL, "failures");
	tell_verdict(t, table, MD_UNSURE, "unknown: no failure, but not all is known");
	tell_verdict(t, table, MD_WARN, "warnings");
	tell_verdict(t, table, MD_INFO, "only remarks");
	tell_verdict(t, table, MD_PASS, "nothing to remark");
	md_doc_close(t->d);
}

/* ---- findings ---- */

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
			md_buf_item(&out, ", ", "%s %s", rows[n]->name,
			            grouped(mem, rows[n]->domains));
	if (n > SOME_OF_A_RULE)
		md_buf_printf(&out, ", and %s more", grouped(mem, n - SOME_OF_A_RULE));
	return md_buf_str(&out);
}

static void
tell_breakdown(const struct sheet *t, struct md_doc_row *row, const struct md_row *rule)
{
	struct md_arena *mem = t->d->mem;

	md_doc_open_row(t->d, row);
	md_doc_open(t->d, MD_DOC_INSET);
	md_doc_say(t->d, MD_HANGING,
	           md_printf(mem, "providers: %s",
	                     listed(mem, &t->s->providers, rule->providers)));
	md_doc_say(t->d, MD_HANGING,
	           md_printf(mem, "TLDs: %s", listed(mem, &t->s->tlds, rule->tlds)));
	md_doc_close(t->d);
	md_doc_close(t->d);
}

static void
tell_rule(const struct sheet *t, struct md_doc_table *table, const struct md_row *rule,
          enum md_verdict severity)
{
	struct md_doc_row *row = begin_row(t, table, rule->domains);

	md_doc_put(t->d, row, md_verdict_ink(severity), rule->name);
	end_row(t, row, rule->title);
	if (t->verbose)
		tell_breakdown(t, row, rule);
}

static void
tell_rules(const struct sheet *t, enum md_verdict severity, const char *heading)
{
	const struct md_row **rows = md_ranking_sorted(t->d->mem, &t->s->rules[severity]);
	const size_t n = length(rows), most = shown(t, n, SOME_RULES);
	struct md_doc_table *table;

	if (n == 0)
		return;
	table = begin_list(t, false, heading);
	for (size_t i = 0; i < most; i++)
		tell_rule(t, table, rows[i], severity);
	tell_more(t, table, n - most);
	md_doc_close(t->d);
}

static void
tell_findings(const struct sheet *t)
{
	tell_rules(t, MD_FAIL, "Failures");
	tell_rules(t, MD_WARN, "Warnings");
	tell_rules(t, MD_INFO, "Remarks");
	if (!t->verbose)
		return;
	tell_rules(t, MD_PASS, "What is right");
	tell_rules(t, MD_UNSURE, "What explains that something is not known");
}

/* ---- providers and top-level domains ---- */

static void
tell_rate(const struct sheet *t, struct md_doc_row *line, const struct md_row *row,
          enum md_verdict verdict)
{
	const uint64_t n = row->verdicts[verdict];

	md_doc_put(t->d, line, n > 0 ? md_verdict_ink(verdict) : MD_FAINT,
	           share(t->d->mem, n, row->domains));
}

static void
tell_row(const struct sheet *t, struct md_doc_table *table, const struct md_row *row,
         const char *name)
{
	struct md_doc_row *line;

	if (row->domains == 0)
		return;
	line = begin_row(t, table, row->domains);
	tell_rate(t, line, row, MD_FAIL);
	tell_rate(t, line, row, MD_WARN);
	tell_rate(t, line, row, MD_UNSURE);
	end_row(t, line, name);
}

/* Leaves the list open: its last lines may follow. */
static struct md_doc_table *
begin_rows(const struct sheet *t, const char *heading, const struct md_ranking *ranking,
           const char *before)
{
	const struct md_row **rows = md_ranking_sorted(t->d->mem, ranking);
	const size_t n = length(rows), most = shown(t, n, SOME_ROWS);
	struct md_doc_table *table = begin_list(t, true, heading);

	for (size_t i = 0; i < most; i++)
		tell_row(t, table, rows[i],
		         md_printf(t->d->mem, "%s%s", before, rows[i]->name));
	tell_more(t, table, n - most);
	return table;
}

static void
tell_providers(const struct sheet *t)
{
	struct md_doc_table *table =
	        begin_rows(t, "Mail provider (or several)", &t->s->providers, "");

	tell_row(t, table, t->s->no_provider, "none that is known");
	tell_row(t, table, t->s->unknown_provider, "could not be known");
	md_doc_close(t->d);
}

static void
tell_tlds(const struct sheet *t)
{
	begin_rows(t, "Top-level domain", &t->s->tlds, ".");
	md_doc_close(t->d);
}

/* ---- gaps ---- */

static void
tell_reasons(const struct sheet *t, const char *heading, const struct md_ranking *ranking)
{
	const struct md_row **rows = md_ranking_sorted(t->d->mem, ranking);
	const size_t n = length(rows), most = shown(t, n, SOME_REASONS);
	struct md_doc_table *table = begin_list(t, false, heading);

	for (size_t i = 0; i < most; i++)
		end_row(t, begin_row(t, table, rows[i]->domains), rows[i]->name);
	tell_more(t, table, n - most);
	md_doc_close(t->d);
}

static void
tell_gaps(const struct sheet *t)
{
	const uint64_t incomplete = t->s->domains - t->s->complete;

	if (t->s->gapped > 0)
		tell_reasons(t, "Why something could not be known", &t->s->reasons);
	if (t->s->limited > 0 && t->verbose)
		tell_reasons(t, "What cannot be known from here, or was not wished",
		             &t->s->limits);
	if (incomplete == 0)
		return;
	md_doc_open(t->d, MD_DOC_SECTION);
	md_doc_say(t->d, MD_HANGING,
	           md_printf(t->d->mem, "%s %s not complete: a server failed. To name %s:",
	                     grouped(t->d->mem, incomplete),
	                     incomplete == 1 ? "report is" : "reports are",
	                     incomplete == 1 ? "its domain" : "their domains"));
	md_doc_lead_as(t->d, md_doc_line(t->d, MD_WHOLE), MD_CODE, MD_STRONG,
	               "  maildiag summarize --domains incomplete FILE...");
	md_doc_close(t->d);
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
tell(const struct sheet *t)
{
	tell_verdicts(t);
	if (t->s->domains == 0)
		return;
	tell_findings(t);
	tell_providers(t);
	tell_tlds(t);
	tell_gaps(t);
	if (!is_cut(t->s))
		return;
	md_doc_open(t->d, MD_DOC_SECTION);
	md_doc_say(t->d, MD_HANGING,
	           "There are more different names than are told apart: those that came "
	           "last are left out above.");
	md_doc_close(t->d);
}

void
md_summary_text(const struct md_summary *s, const struct md_style *style, FILE *out)
{
	struct md_arena *mem = md_arena_new();
	const unsigned wide = (unsigned)strlen(grouped(mem, s->domains)) + 1;
	const struct md_doc_column count = { .width = wide > COUNT ? wide : COUNT,
		                             .figures = true };
	const struct md_doc_column figure = { .width = SHARE, .figures = true };
	const struct sheet t = {
		.d = md_doc_new(mem),
		.s = s,
		.verbose = style->verbose,
		.counts = { count, figure, { .width = WORD, .most = WIDEST_RULE } },
		.rates = { count, figure, figure, figure, figure },
	};

	tell(&t);
	md_draw_text(t.d, style, out);
	md_arena_free(mem);
}
