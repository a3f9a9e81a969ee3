/* The gate's own rules: what a change does that no single state of the DNS shows. */
#ifndef MD_GATE_ZONE_RULES_H
#define MD_GATE_ZONE_RULES_H

#include "ask/check.h"

enum md_zone_rule {
	MD_ZONE_PARSE_ERROR,
	MD_ZONE_RECORD_REMOVED,
	MD_ZONE_VERDICT_REGRESSED,
	MD_ZONE_SENDER_LOSES_SPF,
	MD_ZONE_SENDER_LOSES_DKIM,
	MD_ZONE_SENDER_LOSES_DMARC,
	MD_ZONE_SAMPLE_FAILS,
	MD_ZONE_SELECTOR_IN_USE_REMOVED,
	MD_ZONE_KEY_REPLACED,
	MD_ZONE_POLICY_JUMP,
	MD_ZONE_TTL_HIGH,
	MD_ZONE_STS_ID_NOT_RAISED,
	MD_ZONE_TLSA_NO_OVERLAP,
	MD_ZONE_SOA_SERIAL,
	MD_ZONE_SPF_TERM_REMOVED,
	MD_ZONE_SPF_NOBODY_LEFT,
	MD_ZONE_DELEGATION_REMOVED,
	MD_ZONE_JUDGE_CHANGED,
	MD_ZONE_NOT_JUDGED,
	/* Of the input: md_input_fault names them. */
	MD_ZONE_TXT_UNQUOTED,
	MD_ZONE_TXT_JOINED,
	MD_ZONE_TXT_TOO_LONG,
	MD_ZONE_NAME_DOUBLED,
	MD_ZONE_CNAME_COEXIST,
	MD_ZONE_OUTSIDE,
	MD_ZONE_INCLUDE_OUTSIDE,
	MD_ZONE_REFUSED,
	MD_ZONE_SET_TWICE,
	MD_ZONE_NRULES,
};

/*
 * The check "zone" is in the list of all checks for its rules.  Run with the others of a domain
 * it shows what is compared (md_part_zone), and finds nothing: the gate's findings need both
 * sides.
 */
extern const struct md_check md_check_zone;

/* The rule, or the one of that id; NULL when there is none. */
const struct md_rule *md_zone_rule(enum md_zone_rule);
const struct md_rule *md_zone_rule_find(const char *id);

#endif
