/* The table of the gate's own rules. */
#include "gate/zone_rules.h"

#include <string.h>

#include "gate/look.h"

static const struct md_rule rules[] = {
	[MD_ZONE_PARSE_ERROR] = { "zone.parse-error", MD_FAIL,
	                          "The proposed zone cannot be read",
	                          "Correct the line. A name server would refuse the zone and go on "
	                          "serving the old one, or none.",
	                          "RFC 1035 section 5" },
	[MD_ZONE_RECORD_REMOVED] = { "zone.record-removed", MD_FAIL, "A mail record disappears",
	                             "Keep the record, or waive this finding with a reason when "
	                             "nothing needs it any more.",
	                             "RFC 5321 section 5.1; RFC 7208 section 4; RFC 9989 section "
	                             "4.10; RFC 8461 section 8.3" },
	[MD_ZONE_VERDICT_REGRESSED] = { "zone.verdict-regressed", MD_FAIL,
	                                "The domain is judged worse after the change",
	                                "Make sure that the domain is meant to change so, and "
	                                "waive this finding if it is.",
	                                "" },
	[MD_ZONE_SENDER_LOSES_SPF] = { "zone.sender-loses-spf", MD_FAIL,
	                               "An expected sender loses its SPF pass",
	                               "Keep the term that lets it pass until the sender is "
	                               "retired.",
	                               "RFC 7208 section 4" },
	[MD_ZONE_SENDER_LOSES_DKIM] = { "zone.sender-loses-dkim", MD_FAIL,
	                                "An expected sender's DKIM key can no longer be used",
	                                "Keep the key until the sender signs with another, and "
	                                "mail on its way has arrived.",
	                                "RFC 6376 sections 3.1, 6.1.2" },
	[MD_ZONE_SENDER_LOSES_DMARC] = { "zone.sender-loses-dmarc", MD_FAIL,
	                                 "Mail of an expected sender no longer passes DMARC",
	                                 "Keep one aligned pass for it, of SPF or of DKIM.",
	                                 "RFC 9989 section 5.3" },
	[MD_ZONE_SAMPLE_FAILS] = { "zone.sample-fails", MD_FAIL,
	                           "A sample message fares worse after the change",
	                           "Keep what the message needs: its DKIM key, the SPF term of its "
	                           "sender, the alignment that DMARC asks for.",
	                           "RFC 6376 section 6; RFC 9989 section 5.3" },
	[MD_ZONE_SELECTOR_IN_USE_REMOVED] = { "zone.selector-in-use-removed", MD_FAIL,
	                                      "A DKIM selector that is in use disappears",
	                                      "Publish the new selector beside the old one; remove "
	                                      "the old one a week after the last message was "
	                                      "signed with it.",
	                                      "RFC 6376 section 3.1" },
	[MD_ZONE_KEY_REPLACED] = { "zone.key-replaced", MD_FAIL,
	                           "A DKIM key is replaced under the same selector",
	                           "Publish the new key under a new selector: mail on its way, and "
	                           "whoever still has the old answer, would fail otherwise.",
	                           "RFC 6376 section 3.1" },
	[MD_ZONE_POLICY_JUMP] = { "zone.policy-jump", MD_WARN,
	                          "The DMARC policy is raised at one go",
	                          "Go by p=quarantine, or with t=y, and read a month of aggregate "
	                          "reports at each step.",
	                          "RFC 9989 sections 5.1.6, 7.4" },
	[MD_ZONE_TTL_HIGH] = { "zone.ttl-high", MD_WARN,
	                       "What changes was published with a long TTL",
	                       "Lower the TTL one TTL ahead of the change, and keep what the old "
	                       "record leads to until the time given.",
	                       "RFC 1912 section 2.2" },
	[MD_ZONE_STS_ID_NOT_RAISED] = { "zone.sts-id-not-raised", MD_WARN,
	                                "MX hosts change and the MTA-STS policy id stays",
	                                "Add the new hosts to the policy file first, then give the "
	                                "record a new id, and only then change the MX.",
	                                "RFC 8461 sections 3.1, 8.3" },
	[MD_ZONE_TLSA_NO_OVERLAP] = { "zone.tlsa-no-overlap", MD_FAIL,
	                              "TLSA records change without overlap",
	                              "Publish the new records beside the old ones, for at least "
	                              "two TTLs before the certificate changes.",
	                              "RFC 7671 section 8.1" },
	[MD_ZONE_SOA_SERIAL] = { "zone.soa-serial", MD_WARN, "The SOA serial is not raised",
	                         "Raise the serial: secondary name servers would go on serving the "
	                         "old zone.",
	                         "RFC 1034 section 4.3.5; RFC 1982" },
	[MD_ZONE_SPF_TERM_REMOVED] = { "zone.spf-term-removed", MD_WARN,
	                               "A term that let senders pass is gone from SPF",
	                               "Be sure that nobody sends by it any more: DMARC reports tell. Declare who must go "
	                               "on passing, and the gate holds the change against them (docs/GATE.md, senders).",
	                               "RFC 7208 section 4" },
	[MD_ZONE_TXT_UNQUOTED] = { "zone.txt-unquoted", MD_FAIL,
	                           "TXT with blanks is not in quotes",
	                           "Put the text into quotes: without them each word is a string of "
	                           "its own, and they are joined without blanks.",
	                           "RFC 1035 section 5.1; RFC 7208 section 3.3" },
	[MD_ZONE_TXT_JOINED] = { "zone.txt-joined", MD_FAIL,
	                         "Strings of a TXT are joined without a blank",
	                         "End the first string, or begin the second, with a blank: they "
	                         "are joined as they are.",
	                         "RFC 7208 section 3.3" },
	[MD_ZONE_TXT_TOO_LONG] = { "zone.txt-too-long", MD_FAIL,
	                           "A TXT string is longer than 255 octets",
	                           "Cut it into several strings in quotes, within one record.",
	                           "RFC 1035 section 3.3" },
	[MD_ZONE_NAME_DOUBLED] = { "zone.name-doubled", MD_FAIL,
	                           "A name lacks its final dot: the zone's name is doubled",
	                           "Put a dot behind the name.", "RFC 1035 section 5.1" },
	[MD_ZONE_CNAME_COEXIST] = { "zone.cname-coexist", MD_FAIL, "CNAME beside other records",
	                            "Remove the CNAME or the other records: name servers refuse "
	                            "such a zone.",
	                            "RFC 1034 section 3.6.2; RFC 2181 section 10.1" },
	[MD_ZONE_OUTSIDE] = { "zone.outside", MD_WARN, "A record outside the zone",
	                      "Move it to the zone it belongs to; name servers ignore it here.",
	                      "RFC 1034 section 4.2" },
	[MD_ZONE_INCLUDE_OUTSIDE] = { "zone.include-outside", MD_FAIL,
	                              "$INCLUDE of a file outside the zone's folder",
	                              "Keep included files below the folder of the zone file.",
	                              "RFC 1035 section 5.1" },
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
