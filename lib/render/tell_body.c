/* The findings in the middle of a report, and the parts that stand around them. */
#include "render/tell.h"

/* Those parts that stand at a place. */
static void
tell_parts(struct md_doc *d, const struct md_report *report,
           const struct md_report_part *const *parts, enum md_part_place place, bool verbose)
{
	for (; *parts != NULL; parts++) {
		const void *what = md_report_part(report, *parts);

		if (what != NULL && (*parts)->tell != NULL && (*parts)->place == place)
			(*parts)->tell(d, report, what, verbose);
	}
}

void
md_tell_middle(struct md_doc *d, const struct md_report *report,
               const struct md_report_part *const *parts, bool verbose)
{
	tell_parts(d, report, parts, MD_ABOVE_FINDINGS, verbose);
	md_tell_findings(d, report, verbose);
	md_tell_gaps(d, report, verbose);
	tell_parts(d, report, parts, MD_BELOW_FINDINGS, verbose);
	tell_parts(d, report, parts, MD_AT_THE_END, verbose);
}

static bool
has_findings(const struct md_report *report)
{
	return report->verdict == MD_FAIL || md_report_findings(report, MD_FAIL) > 0 ||
	       md_report_findings(report, MD_WARN) > 0 ||
	       md_report_findings(report, MD_INFO) > 0;
}

void
md_tell_more(struct md_doc *d, const struct md_report *report)
{
	if (!has_findings(report))
		return;
	md_doc_open(d, MD_DOC_SECTION);
	md_doc_say(d, MD_HANGING, "More about a finding: maildiag explain RULE");
	md_doc_close(d);
}
