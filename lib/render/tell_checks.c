/* One line per check: a mark, the title, and what there is to say in a phrase. */
#include "render/tell.h"

#include <limits.h>
#include <string.h>

#include "ask/check.h"
#include "base/arena.h"

static const struct md_finding *
worst_of(const struct md_result *result)
{
	const struct md_finding *worst = NULL;

	for (const struct md_finding *f = result->findings; f != NULL; f = f->next)
		if (!f->ignored && (worst == NULL || f->severity > worst->severity))
			worst = f;
	return worst;
}

static size_t
other_problems(const struct md_result *result, const struct md_finding *worst)
{
	size_t n = 0;

	for (const struct md_finding *f = result->findings; f != NULL; f = f->next)
		n += f != worst && !f->ignored && f->severity >= MD_WARN;
	return n;
}

static const char *
problem_text(struct md_arena *mem, const struct md_result *result,
             const struct md_finding *worst)
{
	const size_t more = other_problems(result, worst);

	if (more == 0)
		return worst->rule->title;
	return md_printf(mem, "%s, and %zu more", worst->rule->title, more);
}

/* What makes a check unknown: the DNS that failed, else the limit that blinds it. */
static const char *
unknown_text(struct md_arena *mem, const struct md_result *result)
{
	const struct md_gap *telling = result->gaps;

	for (const struct md_gap *g = result->gaps; g != NULL; g = g->next) {
		if (telling->kind == MD_INCONCLUSIVE)
			break;
		if (g->kind == MD_INCONCLUSIVE || telling->kind != MD_BLIND)
			telling = g;
	}
	if (telling->rule != NULL)
		return telling->rule->title;
	return md_printf(mem, "%s: %s", telling->fact, telling->why);
}

/* The most telling thing about a check: the fault, what is unknown, or what was seen. */
static const char *
phrase_of(struct md_arena *mem, const struct md_result *result)
{
	const struct md_finding *worst = worst_of(result);

	if (worst != NULL && worst->severity >= MD_WARN)
		return problem_text(mem, result, worst);
	if (result->verdict == MD_UNSURE && result->gaps != NULL)
		return unknown_text(mem, result);
	if (worst != NULL && worst->severity == MD_INFO)
		return worst->rule->title;
	if (result->notes != NULL)
		return result->notes->text;
	return worst != NULL ? worst->rule->title : "nothing wrong found";
}

/* Checks that were not run: one line for all that have the same reason. */
static void
tell_skipped(struct md_doc *d, const struct md_report *report, size_t first)
{
	const char *why = report->results[first].skipped;
	struct md_buf names = { .mem = d->mem };
	struct md_doc_text *line;

	for (size_t i = 0; i < first; i++)
		if (strcmp(report->results[i].skipped, why) == 0)
			return;
	for (size_t i = first; i < report->nresults; i++)
		if (strcmp(report->results[i].skipped, why) == 0)
			md_buf_item(&names, ", ", "%s", report->results[i].check->name);
	line = md_doc_mark(d, md_doc_line(d, MD_FLUSH), MD_WORDS, MD_FAINT, "-");
	md_doc_add(d, line, MD_WORDS,
	           md_printf(d->mem, "Not run: %s (%s)", md_buf_str(&names), why));
}

static void
tell_check(struct md_doc *d, struct md_doc_table *table, const struct md_result *result)
{
	struct md_doc_row *row = md_doc_row(d, table);

	md_doc_lead_as(d, md_doc_cell(d, row, MD_WHOLE), MD_TICK,
	               md_verdict_ink(result->verdict), "");
	md_doc_put(d, row, MD_PLAIN, result->check->title);
	md_doc_add(d, md_doc_cell(d, row, MD_CUT), MD_FOREIGN, phrase_of(d->mem, result));
}

void
md_tell_checks(struct md_doc *d, const struct md_report *report)
{
	static const struct md_doc_column columns[] = {
		{ .width = 1, .tight = true },
		{ .most = UINT_MAX },
		{ 0 },
	};
	struct md_doc_table *table;

	md_doc_open(d, MD_DOC_SECTION);
	md_doc_open(d, MD_DOC_INSET);
	table = md_doc_table(d, columns, 3);
	for (size_t i = 0; i < report->nresults; i++)
		if (report->results[i].skipped[0] == '\0')
			tell_check(d, table, &report->results[i]);
	for (size_t i = 0; i < report->nresults; i++)
		if (report->results[i].skipped[0] != '\0')
			tell_skipped(d, report, i);
	md_doc_close(d);
	md_doc_close(d);
}
