/* The public header's view of checks, reports and findings. */
#include <string.h>

#include "ask/check.h"
#include "maildiag.h"

const char *
md_version(void)
{
	return MAILDIAG_VERSION;
}

const char *
md_check_name(const struct md_check *check)
{
	return check->name;
}

const char *
md_check_title(const struct md_check *check)
{
	return check->title;
}

const char *
md_report_verdict(const struct md_report *report, bool *complete)
{
	*complete = report->complete;
	return md_verdict_name(report->verdict);
}

static const struct md_finding *
first_counting(const struct md_finding *f)
{
	while (f != NULL && f->ignored)
		f = f->next;
	return f;
}

/* Which result holds the finding; nresults when none does. */
static size_t
result_of(const struct md_report *report, const struct md_finding *finding)
{
	for (size_t i = 0; i < report->nresults; i++)
		for (const struct md_finding *f = report->results[i].findings; f != NULL;
		     f = f->next)
			if (f == finding)
				return i;
	return report->nresults;
}

const struct md_finding *
md_report_next(const struct md_report *report, const struct md_finding *after)
{
	const struct md_finding *next = NULL;
	size_t i = 0;

	if (after != NULL) {
		next = first_counting(after->next);
		i = result_of(report, after) + 1;
	}
	for (; next == NULL && i < report->nresults; i++)
		next = first_counting(report->results[i].findings);
	return next;
}

const char *
md_finding_rule(const struct md_finding *f)
{
	return f->rule->id;
}

const char *
md_finding_severity(const struct md_finding *f)
{
	return md_verdict_name(f->severity);
}

const char *
md_finding_title(const struct md_finding *f)
{
	return f->rule->title;
}

const char *
md_finding_subject(const struct md_finding *f)
{
	return f->subject;
}

const char *
md_finding_evidence(const struct md_finding *f)
{
	return f->evidence;
}

const char *
md_finding_fix(const struct md_finding *f)
{
	return f->rule->fix;
}

const char *
md_finding_record(const struct md_finding *f)
{
	return f->record;
}

const char *
md_finding_reference(const struct md_finding *f)
{
	return f->rule->reference;
}
