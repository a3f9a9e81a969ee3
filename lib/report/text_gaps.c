/* What could not be known: the reason, whom it concerns, and how to find out. */
#include "report/text.h"

#include <string.h>

#include "base/arena.h"
#include "check.h"

enum { INDENT = 6 };

static bool
same(const struct md_gap *a, const struct md_gap *b)
{
	return a->kind == b->kind && a->rule == b->rule && strcmp(a->fact, b->fact) == 0 &&
	       strcmp(a->why, b->why) == 0;
}

static const struct md_gap *
gap_in(const struct md_result *result, const struct md_gap *like)
{
	const struct md_gap *g = result->gaps;

	while (g != NULL && !same(g, like))
		g = g->next;
	return g;
}

/* The names of all checks that lack the same fact; "" when an earlier one has told of it. */
static const char *
askers(struct md_arena *mem, const struct md_report *report, size_t at,
       const struct md_gap *gap)
{
	struct md_buf names = { .mem = mem };

	for (size_t i = 0; i < report->nresults; i++) {
		if (gap_in(&report->results[i], gap) == NULL)
			continue;
		if (i < at)
			return "";
		md_buf_printf(&names, "%s%s", names.len > 0 ? ", " : "",
		              report->results[i].check->name);
	}
	return md_buf_str(&names);
}

static void
put_fix(const struct md_page *page, const struct md_rule *rule)
{
	unsigned at = INDENT;

	if (rule == NULL || rule->fix[0] == '\0')
		return;
	md_page_blank(page, INDENT);
	at += md_page_put(page, MD_BOLD, "To find out:") + 1;
	md_page_blank(page, 1);
	md_page_wrap(page, at, INDENT + 2, rule->fix);
}

static void
put_gap(const struct md_page *page, const struct md_gap *gap, const char *names)
{
	const char *title =
	        gap->rule != NULL ? md_printf(page->mem, "%s: ", gap->rule->title) : "";

	md_page_field(page, md_text_ink(MD_UNSURE), 4, "?");
	md_page_wrap(page, INDENT, INDENT,
	             md_printf(page->mem, "%s%s: %s [%s]", title, gap->fact, gap->why,
	                       gap->rule != NULL ? gap->rule->id : names));
	put_fix(page, gap->rule);
}

static size_t
put_gaps(const struct md_page *page, const struct md_report *report, bool inconclusive)
{
	size_t n = 0;

	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_gap *gap;

		for (gap = report->results[i].gaps; gap != NULL; gap = gap->next) {
			const char *names = askers(page->mem, report, i, gap);

			if ((gap->kind == MD_INCONCLUSIVE) != inconclusive || names[0] == '\0')
				continue;
			if (n++ == 0)
				putc('\n', page->out);
			put_gap(page, gap, names);
		}
	}
	return n;
}

void
md_text_gaps(const struct md_page *page, const struct md_report *report)
{
	if (put_gaps(page, report, true) > 0) {
		md_page_blank(page, INDENT);
		md_page_wrap(page, INDENT, INDENT,
		             "Not knowing is not a fault of the domain: ask again in a while, "
		             "or ask another server with --resolver ADDRESS.");
	}
	put_gaps(page, report, false);
}
