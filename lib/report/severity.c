/* The severity of a rule, which depends on what the domain is for. */
#include "report/report.h"

enum md_verdict
md_severity(const struct md_rule *rule, enum md_role role)
{
	if (role == MD_ROLE_PARKED && rule->parked.given)
		return rule->parked.severity;
	if (role == MD_ROLE_SENDS_ONLY && rule->sends_only.given)
		return rule->sends_only.severity;
	return rule->severity;
}
