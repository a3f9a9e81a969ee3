/* Exit statuses: which end a report asks for, and which of many reports decides. */
#include "status.h"

#include <string.h>

#include "report/report.h"

enum cli_exit
cli_status_strongest(const bool seen[CLI_EXIT_INCONCLUSIVE + 1])
{
	static const enum cli_exit order[] = { CLI_EXIT_TROUBLE, CLI_EXIT_FINDINGS,
		                               CLI_EXIT_INCONCLUSIVE };

	for (size_t i = 0; i < MD_COUNT(order); i++)
		if (seen[order[i]])
			return order[i];
	return CLI_EXIT_CLEAN;
}

static bool
at_or_above(const struct md_report *report, const char *fail_on)
{
	static const struct {
		const char *word;
		enum md_verdict least;
	} levels[] = { { "fail", MD_FAIL }, { "warn", MD_WARN }, { "info", MD_INFO } };

	for (size_t i = 0; i < MD_COUNT(levels); i++) {
		if (md_report_findings(report, levels[i].least) > 0)
			return strcmp(fail_on, "never") != 0;
		if (strcmp(fail_on, levels[i].word) == 0)
			return false;
	}
	return false;
}

const char *
cli_fail_on(const char *given, bool bulk)
{
	if (given != NULL)
		return given;
	return bulk ? "never" : "fail";
}

enum cli_exit
cli_status_of(const char *fail_on, const struct md_report *report)
{
	if (at_or_above(report, fail_on))
		return CLI_EXIT_FINDINGS;
	return report->complete ? CLI_EXIT_CLEAN : CLI_EXIT_INCONCLUSIVE;
}
