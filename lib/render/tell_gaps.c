/* What could not be known: the reason, whom it concerns, and how to find out. */
#include "render/tell.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"

enum { INDENT = 6, FEW = 3, MANY = 12 };

/* The gap about the same fact, for the same reason, in another check; or NULL. */
static const struct md_gap *
gap_in(const struct md_result *result, const struct md_gap *like)
{
	const struct md_gap *g = result->gaps;

	while (g != NULL &&
	       (strcmp(g->fact, like->fact) != 0 || strcmp(g->why, like->why) != 0))
		g = g->next;
	return g;
}

/*
 * The names of all checks that lack the same fact; "" when it is told elsewhere: by an earlier
 * check, or with a rule that explains it.
 */
static const char *
askers(struct md_arena *mem, const struct md_report *report, size_t at,
       const struct md_gap *gap)
{
	struct md_buf names = { .mem = mem };

	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_gap *other = gap_in(&report->results[i], gap);

		if (other == NULL)
			continue;
		if (i < at || other->rule != NULL)
			return "";
		md_buf_printf(&names, "%s%s", names.len > 0 ? ", " : "",
		              report->results[i].check->name);
	}
	return md_buf_str(&names);
}

static void
put_mark(const struct md_page *page)
{
	md_page_field(page, md_text_ink(MD_UNSURE), 4, "?");
}

/* A gap that no rule explains: a fact that is not known, and who wanted it. */
static void
put_fact(const struct md_page *page, const struct md_gap *gap, const char *names)
{
	put_mark(page);
	md_page_wrap(page, INDENT, INDENT,
	             md_printf(page->mem, "%s: %s [%s]", gap->fact, gap->why, names));
}

static void
put_fix(const struct md_page *page, const char *fix)
{
	unsigned at = INDENT;

	if (fix[0] == '\0')
		return;
	md_page_blank(page, INDENT);
	at += md_page_put(page, MD_STRONG, "To find out:") + 1;
	md_page_blank(page, 1);
	md_page_wrap(page, at, INDENT + 2, fix);
}

/* All gaps of a check that one rule explains. */
static void
put_rule(const struct md_page *page, const struct md_gap *first, bool verbose)
{
	const struct md_rule *rule = first->rule;
	size_t n = 0;

	put_mark(page);
	md_page_put(page, MD_STRONG, rule->title);
	md_page_put(page, MD_FAINT, md_printf(page->mem, "  [%s]", rule->id));
	putc('\n', page->out);
	for (const struct md_gap *g = first; g != NULL; g = g->next) {
		if (g->rule != rule || (n++ >= FEW && !verbose))
			continue;
		md_page_blank(page, INDENT);
		md_page_wrap(page, INDENT, INDENT + 2,
		             md_printf(page->mem, "%s: %s", g->fact, g->why));
	}
	if (n > FEW && !verbose) {
		md_page_blank(page, INDENT);
		fprintf(page->out, "and %zu more of the kind (-v shows all)\n", n - FEW);
	}
	put_fix(page, rule->fix);
}

static bool
told_before(const struct md_result *result, const struct md_gap *gap)
{
	for (const struct md_gap *g = result->gaps; g != gap; g = g->next)
		if (g->rule == gap->rule)
			return true;
	return false;
}

/* Who lacks a fact, to be told with this gap; "" when it is told with another one. */
static const char *
news(struct md_arena *mem, const struct md_report *report, size_t at, const struct md_gap *gap)
{
	if (gap->rule == NULL)
		return askers(mem, report, at, gap);
	return told_before(&report->results[at], gap) ? "" : gap->rule->id;
}

/* The first of them; returns how many there are. */
static size_t
put_gaps(const struct md_page *page, const struct md_report *report, bool inconclusive,
         bool verbose)
{
	size_t n = 0;

	for (size_t i = 0; i < report->nresults; i++) {
		for (const struct md_gap *g = report->results[i].gaps; g != NULL; g = g->next) {
			const char *names;

			if ((g->kind == MD_INCONCLUSIVE) != inconclusive)
				continue;
			names = news(page->mem, report, i, g);
			if (names[0] == '\0' || (n++ >= MANY && !verbose))
				continue;
			if (g->rule == NULL)
				put_fact(page, g, names);
			else
				put_rule(page, g, verbose);
		}
	}
	if (n > MANY && !verbose) {
		md_page_blank(page, INDENT);
		fprintf(page->out, "and %zu more unknowns (-v shows all)\n", n - MANY);
	}
	return n;
}

static bool
any_gap(const struct md_report *report)
{
	for (size_t i = 0; i < report->nresults; i++)
		if (report->results[i].gaps != NULL)
			return true;
	return false;
}

size_t
md_text_unknowns(const struct md_report *report)
{
	size_t n = 0;

	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_gap *g = report->results[i].gaps;

		for (; g != NULL; g = g->next) {
			size_t first = 0;

			while (gap_in(&report->results[first], g) == NULL)
				first++;
			n += g->kind == MD_INCONCLUSIVE && first == i;
		}
	}
	return n;
}

void
md_text_gaps(const struct md_page *page, const struct md_report *report,
             const struct md_style *style)
{
	if (!any_gap(report))
		return;
	putc('\n', page->out);
	if (put_gaps(page, report, true, style->verbose) > 0) {
		md_page_blank(page, INDENT);
		md_page_wrap(page, INDENT, INDENT,
		             "Not knowing is not a fault of the domain: ask again in a while, "
		             "or ask another server with --resolver ADDRESS.");
	}
	put_gaps(page, report, false, style->verbose);
}
