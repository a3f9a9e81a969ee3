/* How much of each there is in a report, in words. */
#include <string.h>

#include "base/arena.h"
#include "report/report.h"

const struct md_gap *
md_gap_alike(const struct md_result *result, const struct md_gap *like)
{
	const struct md_gap *g = result->gaps;

	while (g != NULL &&
	       (strcmp(g->fact, like->fact) != 0 || strcmp(g->why, like->why) != 0))
		g = g->next;
	return g;
}

size_t
md_report_unknowns(const struct md_report *report)
{
	size_t n = 0;

	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_gap *g = report->results[i].gaps;

		for (; g != NULL; g = g->next) {
			size_t first = 0;

			while (md_gap_alike(&report->results[first], g) == NULL)
				first++;
			n += g->kind == MD_INCONCLUSIVE && first == i;
		}
	}
	return n;
}

static void
add_count(struct md_buf *list, size_t n, const char *one, const char *many)
{
	if (n > 0)
		md_buf_item(list, ", ", "%s", md_plural(list->mem, n, one, many));
}

/* Findings of a severity, told one by one or in a table. */
static size_t
findings(const struct md_report *report, enum md_verdict severity, bool tabled)
{
	size_t n = 0;

	for (size_t i = 0; i < report->nresults; i++)
		for (const struct md_finding *f = report->results[i].findings; f != NULL;
		     f = f->next)
			n += report->results[i].tabled == tabled && !f->ignored &&
			     f->follows == NULL && f->severity == severity;
	return n;
}

static size_t
count(const struct md_report *report, enum md_verdict severity)
{
	bool as_bad = false;

	for (int v = (int)severity; v <= (int)MD_FAIL; v++)
		as_bad = as_bad || findings(report, (enum md_verdict)v, false) > 0;
	return findings(report, severity, false) +
	       (as_bad ? 0 : findings(report, severity, true));
}

const char *
md_report_counts(struct md_arena *mem, const struct md_report *report)
{
	struct md_buf list = { .mem = mem };

	add_count(&list, count(report, MD_FAIL), "failure", "failures");
	add_count(&list, count(report, MD_WARN), "warning", "warnings");
	add_count(&list, md_report_unknowns(report), "unknown", "unknowns");
	add_count(&list, count(report, MD_INFO), "remark", "remarks");
	return list.len > 0 ? md_buf_str(&list) : "no remarks";
}
