/* Finding what a check has shown. */
#include "report/report.h"

static const struct md_shown *
shown_as(const struct md_result *result, const struct md_report_part *part)
{
	const struct md_shown *s = result->shown;

	while (s != NULL && s->part != part)
		s = s->next;
	return s;
}

const struct md_result *
md_report_showing(const struct md_report *report, const struct md_report_part *part)
{
	for (size_t i = 0; i < report->nresults; i++)
		if (shown_as(&report->results[i], part) != NULL)
			return &report->results[i];
	return NULL;
}

const void *
md_report_part(const struct md_report *report, const struct md_report_part *part)
{
	const struct md_result *result = md_report_showing(report, part);

	return result != NULL ? shown_as(result, part)->what : NULL;
}
