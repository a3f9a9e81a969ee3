/* The table of the gate's own rules. */
#include "gate/zone_rules.h"

#include <string.h>

#include "gate/look.h"

static const struct md_rule rules[] = {
	[MD_ZONE_PARSE_ERROR] = {
		.id = "zone.parse-error",
		.severity = MD_FAIL,
		.title = "The proposed zone cannot be read",
		.fix = "Correct the line. A name server would refuse the zone and go on "
		       "serving the old one, or none.",
		.reference = "RFC 1035 section 5",
	},
	[MD_ZONE_RECORD_REMOVED] = {
		.id = "zone.record-removed",
		.severity = MD_FAIL,
		.title = "A mail record disappears",
		.fix = "Keep the record, or waive this finding with a reason when nothing "
		       "needs it any more.",
		.reference = "RFC 5321 section 5.1; RFC 7208 section 4; RFC 9989 section 4.10; "
		             "RFC 8461 section 8.3",
	},
	[MD_ZONE_VERDICT_REGRESSED] = {
		.id = "zone.verdict-regressed",
		.severity = MD_FAIL,
		.title = "The domain is judged worse after the change",
		.fix = "Make sure that the domain is meant to change so, and waive this "
		       "finding if it is.",
		.reference = "",
	},
	[MD_ZONE_SENDER_LOSES_SPF] = {
		.id = "zone.sender-loses-spf",
		.severity = MD_FAIL,
		.title = "An expected sender loses its SPF pass",
		.fix = "Keep the term that lets it pass until the sender is retired.",
		.reference = "RFC 7208 section 4",
	},
	[MD_ZONE_SENDER_LOSES_DKIM] = {
		.id = "zone.sender-loses-dkim",
		.severity = MD_FAIL,
		.title = "An expected sender's DKIM key can no longer be used",
		.fix = "Keep the key until the sender signs with another, and mail on its "
		       "way has arrived.",
		.reference = "RFC 6376 sections 3.1, 6.1.2",
	},
	[MD_ZONE_SENDER_LOSES_DMARC] = {
		.id = "zone.sender-loses-dmarc",
		.severity = MD_FAIL,
		.title = "Mail of an expected sender no longer passes DMARC",
		.fix = "Keep one aligned pass for it, of SPF or of DKIM.",
		.reference = "RFC 9989 section 5.3",
	},
	[MD_ZONE_SAMPLE_FAILS] = {
		.id = "zone.sample-fails",
		.severity = MD_FAIL,
		.title = "A sample message fares worse after the change",
		.fix = "Keep what the message needs: its DKIM key, the SPF term of its sender, "
		       "the alignment that DMARC asks for.",
		.reference = "RFC 6376 section 6; RFC 9989 section 5.3",
	},
	[MD_ZONE_SELECTOR_IN_USE_REMOVED] = {
		.id = "zone.selector-in-use-removed",
		.severity = MD_FAIL,
		.title = "A DKIM selector that is in use disappears",
		.fix = "Publish the new selector beside the old one; remove the old one a week "
		       "after the last message was signed with it.",
		.reference = "RFC 6376 section 3.1",
	},
	[MD_ZONE_KEY_REPLACED] = {
		.id = "zone.key-replaced",
		.severity = MD_FAIL,
		.title = "A DKIM key is replaced under the same selector",
		.fix = "Publish the new key under a new selector: mail on its way, and whoever "
		       "still has the old answer, would fail otherwise.",
		.reference = "RFC 6376 section 3.1",
	},
	[MD_ZONE_POLICY_JUMP] = {
		.id = "zone.policy-jump",
		.severity = MD_WARN,
		.title = "The DMARC policy is raised at one go",
		.fix = "Go by p=quarantine, or with t=y, and read a month of aggregate "
		       "reports at each step.",
		.reference = "RFC 9989 sections 5.1.6, 7.4",
	},
	[MD_ZONE_TTL_HIGH] = {
		.id = "zone.ttl-high",
		.severity = MD_WARN,
		.title = "What changes was published with a long TTL",
		.fix = "Lower the TTL one TTL ahead of the change, and keep what the old "
		       "record leads to until the time given.",
		.reference = "RFC 1912 section 2.2",
	},
	[MD_ZONE_STS_ID_NOT_RAISED] = {
		.id = "zone.sts-id-not-raised",
		.severity = MD_WARN,
		.title = "MX hosts change and the MTA-STS policy id stays",
		.fix = "Add the new hosts to the policy file first, then give the record a new "
		       "id, and only then change the MX.",
		.reference = "RFC 8461 sections 3.1, 8.3",
	},
	[MD_ZONE_TLSA_NO_OVERLAP] = {
		.id = "zone.tlsa-no-overlap",
		.severity = MD_FAIL,
		.title = "TLSA records change without overlap",
		.fix = "Publish the new records beside the old ones, for at least two TTLs "
		       "before the certificate changes.",
		.reference = "RFC 7671 section 8.1",
	},
	[MD_ZONE_SOA_SERIAL] = {
		.id = "zone.soa-serial",
		.severity = MD_WARN,
		.title = "The SOA serial is not raised",
		.fix = "Raise the serial: secondary name servers would go on "
		       "serving the old zone.",
		.reference = "RFC 1034 section 4.3.5; RFC 1982",
	},
	[MD_ZONE_SPF_TERM_REMOVED] = {
		.id = "zone.spf-term-removed",
		.severity = MD_WARN,
		.title = "A term that let senders pass is gone from SPF",
		.fix = "Be sure that nobody sends by it any more: DMARC reports tell. Declare "
		       "who must go on passing, and the gate holds the change against them "
		       "(docs/GATE.md, senders).",
		.reference = "RFC 7208 section 4",
	},
	[MD_ZONE_SPF_NOBODY_LEFT] = {
		.id = "zone.spf-nobody-left",
		.severity = MD_FAIL,
		.title = "SPF lets nobody send any more",
		.fix = "Keep the terms that let your senders pass, all in one TXT record that "
		       "begins with v=spf1. If the domain is not to send mail any more, waive "
		       "this finding.",
		.reference = "RFC 7208 sections 3.2, 4.7",
	},
	[MD_ZONE_DELEGATION_REMOVED] = {
		.id = "zone.delegation-removed",
		.severity = MD_WARN,
		.title = "A delegation disappears, and all names below it",
		.fix = "Make sure that nobody sends or receives mail by a name below it, or "
		       "keep the NS records.",
		.reference = "RFC 1034 sections 4.2.1, 4.3.2",
	},
	[MD_ZONE_JUDGE_CHANGED] = {
		.id = "zone.judge-changed",
		.severity = MD_WARN,
		.title = "The change comes with other settings of the gate",
		.fix = "Read what it changes in the settings: it is judged by those of before, "
		       "and they will be in force once it is merged.",
		.reference = "",
	},
	[MD_ZONE_NOT_JUDGED] = {
		.id = "zone.not-judged",
		.severity = MD_UNSURE,
		.title = "A part of the change was not judged",
		.fix = "Judge it by another run of the gate, or by hand.",
		.reference = "",
	},
	[MD_ZONE_TXT_UNQUOTED] = {
		.id = "zone.txt-unquoted",
		.severity = MD_FAIL,
		.title = "TXT with blanks is not in quotes",
		.fix = "Put the text into quotes: without them each word is a string of its "
		       "own, and they are joined without blanks.",
		.reference = "RFC 1035 section 5.1; RFC 7208 section 3.3",
	},
	[MD_ZONE_TXT_JOINED] = {
		.id = "zone.txt-joined",
		.severity = MD_FAIL,
		.title = "Strings of a TXT are joined without a blank",
		.fix = "End the first string, or begin the second, with a blank: they are "
		       "joined as they are.",
		.reference = "RFC 7208 section 3.3",
	},
	[MD_ZONE_TXT_TOO_LONG] = {
		.id = "zone.txt-too-long",
		.severity = MD_FAIL,
		.title = "A TXT string is longer than 255 octets",
		.fix = "Cut it into several strings in quotes, within one record.",
		.reference = "RFC 1035 section 3.3",
	},
	[MD_ZONE_NAME_DOUBLED] = {
		.id = "zone.name-doubled",
		.severity = MD_FAIL,
		.title = "A name lacks its final dot: the zone's name is doubled",
		.fix = "Put a dot behind the name, or leave out the zone's name: it is added to "
		       "names that have no final dot.",
		.reference = "RFC 1035 section 5.1",
	},
	[MD_ZONE_CNAME_COEXIST] = {
		.id = "zone.cname-coexist",
		.severity = MD_FAIL,
		.title = "CNAME beside other records",
		.fix = "Remove the CNAME or the other records: name servers "
		       "refuse such a zone.",
		.reference = "RFC 1034 section 3.6.2; RFC 2181 section 10.1",
	},
	[MD_ZONE_OUTSIDE] = {
		.id = "zone.outside",
		.severity = MD_WARN,
		.title = "A record outside the zone",
		.fix = "Move it to the zone it belongs to; name servers ignore it here.",
		.reference = "RFC 1034 section 4.2",
	},
	[MD_ZONE_INCLUDE_OUTSIDE] = {
		.id = "zone.include-outside",
		.severity = MD_FAIL,
		.title = "$INCLUDE of a file outside the zone's folder",
		.fix = "Keep included files in the repository of the zone file, or below its "
		       "folder where it is in none.",
		.reference = "RFC 1035 section 5.1",
	},
	[MD_ZONE_REFUSED] = {
		.id = "zone.refused",
		.severity = MD_FAIL,
		.title = "Name servers refuse to load the zone",
		.fix = "Correct the record. Name servers would go on serving the old zone, or "
		       "none.",
		.reference = "RFC 1034 section 4.2.1; RFC 1035 section 5.2",
	},
	[MD_ZONE_SET_TWICE] = {
		.id = "zone.set-twice",
		.severity = MD_FAIL,
		.title = "Two resources write the same records, and one overwrites the other",
		.fix = "Put all records of one name and type into one resource.",
		.reference = "RFC 2181 section 5",
	},
};

const struct md_rule *
md_zone_rule(enum md_zone_rule rule)
{
	return &rules[rule];
}

const struct md_rule *
md_zone_rule_find(const char *id)
{
	for (size_t i = 0; i < MD_ZONE_NRULES; i++)
		if (strcmp(rules[i].id, id) == 0)
			return &rules[i];
	return NULL;
}

const struct md_check md_check_zone = {
	.name = "zone",
	.title = "Change",
	.question = "What does a change of the zone do to mail?",
	.way = MD_BOTH_WAYS,
	MD_RULES(rules),
	.run = md_gate_look,
};
