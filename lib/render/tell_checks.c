/* One line per check: a mark, the title, and what there is to say in a phrase. */
#include "render/tell.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"
#include "json/escape.h"

const char *
md_text_mark(const struct md_page *page, enum md_verdict verdict)
{
	static const char *const marks[] = {
		[MD_PASS] = "✓",   [MD_INFO] = "i", [MD_WARN] = "!",
		[MD_UNSURE] = "?", [MD_FAIL] = "✗",
	};
	static const char *const ascii[] = {
		[MD_PASS] = "+",   [MD_INFO] = "i", [MD_WARN] = "!",
		[MD_UNSURE] = "?", [MD_FAIL] = "x",
	};

	return (page->utf8 ? marks : ascii)[verdict];
}

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

static unsigned
widest_title(const struct md_report *report)
{
	unsigned widest = 0;

	for (size_t i = 0; i < report->nresults; i++) {
		const unsigned width = md_escape_width(md_str(report->results[i].check->title));

		if (report->results[i].skipped[0] == '\0' && width > widest)
			widest = width;
	}
	return widest;
}

/* Checks that were not run: one line for all that have the same reason. */
static void
put_skipped(const struct md_page *page, const struct md_report *report, size_t first)
{
	const char *why = report->results[first].skipped;
	struct md_buf names = { .mem = page->mem };

	for (size_t i = 0; i < first; i++)
		if (strcmp(report->results[i].skipped, why) == 0)
			return;
	for (size_t i = first; i < report->nresults; i++)
		if (strcmp(report->results[i].skipped, why) == 0)
			md_buf_printf(&names, "%s%s", names.len > 0 ? ", " : "",
			              report->results[i].check->name);
	md_page_blank(page, 2);
	md_page_put(page, MD_FAINT, "-");
	md_page_blank(page, 1);
	md_page_wrap(page, 4, 4,
	             md_printf(page->mem, "Not run: %s (%s)", md_buf_str(&names), why));
}

void
md_text_checks(const struct md_page *page, const struct md_report *report)
{
	const unsigned width = widest_title(report);

	putc('\n', page->out);
	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_result *result = &report->results[i];

		if (result->skipped[0] != '\0')
			continue;
		md_page_blank(page, 2);
		md_page_put(page, md_text_ink(result->verdict),
		            md_text_mark(page, result->verdict));
		md_page_blank(page, 1);
		md_page_field(page, MD_PLAIN, width, result->check->title);
		md_page_fit(page, width + 6, phrase_of(page->mem, result));
	}
	for (size_t i = 0; i < report->nresults; i++)
		if (report->results[i].skipped[0] != '\0')
			put_skipped(page, report, i);
}
