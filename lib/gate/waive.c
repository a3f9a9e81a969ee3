/* Applies waivers and overridden severities to a row. */
#include "gate/waive.h"

#include <string.h>

enum md_verdict
md_gate_severity(const struct md_gate_config *config, const char *rule,
                 enum md_verdict severity)
{
	for (size_t i = 0; config != NULL && i < config->noverrides; i++)
		if (strcmp(config->overrides[i].rule, rule) == 0)
			return config->overrides[i].severity;
	return severity;
}

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

static const char *
waiver(const struct md_gate_sides *sides, const struct md_notice *row)
{
	const struct md_gate_config *config = sides->config;

	for (size_t i = 0; config != NULL && i < config->nwaivers; i++) {
		const struct md_waiver *w = &config->waivers[i];

		if (strcmp(w->rule, row->rule) == 0 &&
		    (w->subject[0] == '\0' || md_eq_nocase(w->subject, row->about) ||
		     md_eq_nocase(w->subject, row->subject)) &&
		    (w->expires == 0 || sides->now <= w->expires))
			return w->reason;
	}
	return is_ignored(sides->ignore, row) ? "--ignore" : "";
}

void
md_gate_waive(const struct md_gate_sides *sides, struct md_notice *row)
{
	if (row->kind != MD_NOTICE_FINDING)
		return;
	row->severity = md_gate_severity(sides->config, row->rule, row->severity);
	if (row->waived == NULL || row->waived[0] == '\0')
		row->waived = waiver(sides, row);
}
