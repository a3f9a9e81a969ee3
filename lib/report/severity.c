/* Severities that depend on what the domain is for: the one place that changes a rule's own. */
#include <string.h>

#include "report/report.h"

/*
 * A parked domain wants no mail and sends none: faults of its delivery are nobody's trouble,
 * and what would let others send in its name is worse than elsewhere.
 */
static const struct {
	const char *rule;
	enum md_role role;
	enum md_verdict severity;
} changes[] = {
	{ "bimi.dmarc-not-enforced", MD_ROLE_PARKED, MD_INFO },
	{ "bimi.syntax", MD_ROLE_PARKED, MD_INFO },
	{ "dkim.key-bad-base64", MD_ROLE_PARKED, MD_WARN },
	{ "dkim.key-bad-version", MD_ROLE_PARKED, MD_WARN },
	{ "dkim.key-cname-abandoned", MD_ROLE_PARKED, MD_FAIL },
	{ "dkim.key-ed25519-only", MD_ROLE_PARKED, MD_INFO },
	{ "dkim.key-ed25519-spki", MD_ROLE_PARKED, MD_WARN },
	{ "dkim.key-missing", MD_ROLE_PARKED, MD_INFO },
	{ "dkim.key-multiple", MD_ROLE_PARKED, MD_WARN },
	{ "dkim.key-revoked", MD_ROLE_PARKED, MD_PASS },
	{ "dkim.key-rsa-1024", MD_ROLE_PARKED, MD_INFO },
	{ "dkim.key-testing", MD_ROLE_PARKED, MD_INFO },
	{ "dmarc.p-implied-none", MD_ROLE_PARKED, MD_FAIL },
	{ "dmarc.policy-none", MD_ROLE_PARKED, MD_FAIL },
	{ "dmarc.rua-missing", MD_ROLE_PARKED, MD_INFO },
	{ "dns.ns-single", MD_ROLE_PARKED, MD_INFO },
	{ "dns.txt-needs-tcp", MD_ROLE_PARKED, MD_INFO },
	{ "dns.wildcard-txt", MD_ROLE_PARKED, MD_INFO },
	{ "mx.none", MD_ROLE_PARKED, MD_INFO },
	{ "spf.record-long", MD_ROLE_PARKED, MD_INFO },
	{ "spf.type99", MD_ROLE_PARKED, MD_INFO },
	{ "mx.null-ok", MD_ROLE_SENDS_ONLY, MD_INFO }, /* RFC 7505 4.2 */
};

enum md_verdict
md_severity(const struct md_rule *rule, enum md_role role)
{
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		if (changes[i].role == role && strcmp(changes[i].rule, rule->id) == 0)
			return changes[i].severity;
	return rule->severity;
}
