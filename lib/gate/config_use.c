/* What .maildiag.yaml says of a finding. */
#include "gate/config.h"

#include <string.h>

const struct md_gate_config *
md_gate_config_none(void)
{
	static const struct md_gate_config none = { .path = "", .fail_on = "" };

	return &none;
}

enum md_verdict
md_gate_severity(const struct md_gate_config *config, const char *rule, enum md_verdict own)
{
	for (size_t i = 0; config != NULL && i < config->noverrides; i++)
		if (strcmp(config->overrides[i].rule, rule) == 0)
			return config->overrides[i].severity;
	return own;
}

bool
md_waiver_expired(const struct md_waiver *w, int64_t now)
{
	return w->expires != 0 && now >= w->expires;
}

/* Subjects are names, addresses and selectors: letter case and a final dot mean nothing. */
static bool
same_subject(const char *a, const char *b)
{
	const struct md_str x = md_str_trim(md_str(a), "."), y = md_str_trim(md_str(b), ".");

	if (x.len != y.len)
		return false;
	for (size_t i = 0; i < x.len; i++)
		if (md_lower(x.p[i]) != md_lower(y.p[i]))
			return false;
	return true;
}

static bool
is_about(const struct md_waiver *w, const char *rule, const char *subject)
{
	return strcmp(w->rule, rule) == 0 &&
	       (w->subject[0] == '\0' || same_subject(w->subject, subject));
}

const struct md_waiver *
md_waiver_for(const struct md_gate_config *config, const char *rule, const char *subject,
              int64_t now, const struct md_waiver **expired)
{
	const struct md_waiver *late = NULL;

	if (expired != NULL)
		*expired = NULL;
	for (size_t i = 0; config != NULL && i < config->nwaivers; i++) {
		const struct md_waiver *w = &config->waivers[i];

		if (!is_about(w, rule, subject))
			continue;
		if (!md_waiver_expired(w, now))
			return w;
		if (late == NULL || w->expires > late->expires)
			late = w;
	}
	if (expired != NULL)
		*expired = late;
	return NULL;
}
