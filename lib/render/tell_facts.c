/* The facts, for -v: every question, and what its kind has to tell of the answer. */
#include "render/tell.h"

#include <inttypes.h>

#include "fact/kind.h"

static size_t
count_questions(const struct md_report *report)
{
	size_t n = 0;

	for (size_t i = 0; i < report->nfacts; i++)
		n += !report->facts[i]->kind->opinion;
	return n;
}

static void
tell_heading(struct md_doc *d, const struct md_report *report)
{
	const char *asked = md_plural(d->mem, count_questions(report), "question", "questions");
	struct md_doc_text *heading =
	        md_doc_heading(d, md_printf(d->mem, "What was asked: %s in %" PRIu32 " ms",
	                                    asked, report->milliseconds));

	for (size_t i = 0; report->resolvers != NULL && report->resolvers[i] != NULL; i++)
		md_doc_lead(d, heading, MD_PLAIN,
		            md_printf(d->mem, "%s%s", i > 0 ? ", " : ", of ",
		                      report->resolvers[i]));
}

void
md_tell_facts(struct md_doc *d, const struct md_report *report)
{
	md_doc_open(d, MD_DOC_SECTION);
	tell_heading(d, report);
	md_doc_open(d, MD_DOC_INSET);
	for (const struct md_fact_kind *const *kind = report->kinds; *kind != NULL; kind++)
		for (size_t i = 0; i < report->nfacts; i++)
			if (report->facts[i]->kind == *kind)
				(*kind)->tell(d, report->facts[i]);
	md_doc_close(d);
	md_doc_close(d);
}
