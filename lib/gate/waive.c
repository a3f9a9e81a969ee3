/* Applies waivers and overridden severities to a row. */
#include "gate/waive.h"

#include <string.h>

#include "base/arena.h"

/* "RULE" or "RULE@SUBJECT", the subject being the finding's or the domain. */
static bool
is_ignored(const char *const *ignore, const struct md_notice *row)
{
	const size_t len = strlen(row->rule);

	for (; ignore != NULL && *ignore != NULL; ignore++) {
		const char *subject = *ignore + len;

		if (strncmp(*ignore, row->rule, len) != 0)
			continue;
		if (subject[0] == '\0' ||
		    (subject[0] == '@' && (md_eq_nocase(subject + 1, row->about) ||
		                           md_eq_nocase(subject + 1, row->subject))))
			return true;
	}
	return false;
}

/* By the finding's subject, else by the domain or message examined. */
static void
bear(const struct md_gate_sides *sides, struct md_notice *row)
{
	const struct md_waiver *expired = NULL, *older = NULL;
	const struct md_waiver *w =
	        md_waiver_for(sides->config, row->rule, row->about, sides->now, &expired);

	if (w == NULL)
		w = md_waiver_for(sides->config, row->rule, row->subject, sides->now, &older);
	if (expired == NULL)
		expired = older;
	if (w != NULL)
		row->waived = w->reason[0] != '\0' ? w->reason : "by the configuration";
	else if (is_ignored(sides->ignore, row))
		row->waived = "--ignore";
	else if (expired != NULL)
		row->evidence = md_printf(sides->mem, "%s (its waiver at %s:%u expired on %s)",
		                          row->evidence, expired->place.file,
		                          expired->place.line, expired->until);
}

void
md_gate_waive(const struct md_gate_sides *sides, struct md_notice *row)
{
	if (row->kind != MD_NOTICE_FINDING)
		return;
	row->severity = md_gate_severity(sides->config, row->rule, row->severity);
	if (row->waived[0] == '\0')
		bear(sides, row);
}
