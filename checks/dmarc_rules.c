/* What can be wrong with a domain's DMARC: the rule table of the dmarc check. */
#include "dmarc.h"

const struct md_rule md_dmarc_rules[NDMARC_RULES] = {
	[MISSING] = { "dmarc.missing", MD_FAIL, "No DMARC policy applies to the domain",
	              "Publish a DMARC record as TXT at _dmarc.<domain>. Begin with p=none and "
	              "create the mailbox that rua= names before you publish it; a domain that "
	              "sends no mail takes p=reject at once. Gmail, Yahoo and Microsoft ask bulk "
	              "senders for a record.",
	              "RFC 9989 sections 4.10, 4.10.1" },
	[MULTIPLE] = { "dmarc.multiple", MD_FAIL, "More than one DMARC record at one name",
	               "Keep one record and delete the others: receivers ignore them all.",
	               "RFC 9989 section 4.10 steps 2 and 6; RFC 7489 section 6.6.3" },
	[WRONG_PLACE] = { "dmarc.wrong-place", MD_FAIL, "DMARC record at the wrong name",
	                  "Move the record to _dmarc.<domain>: nobody looks where it is now. In "
	                  "most DNS panels the name to enter is just \"_dmarc\".",
	                  "RFC 9989 sections 4.1, 4.5" },
	[VERSION] = { "dmarc.version", MD_FAIL, "Record does not begin with v=DMARC1",
	              "Let the record begin with exactly v=DMARC1; (in these capitals, with the "
	              "semicolon): otherwise receivers ignore all of it.",
	              "RFC 9989 sections 4.7 (v), 4.8" },
	[SYNTAX] = { "dmarc.syntax", MD_FAIL, "Syntax error in the DMARC record",
	             "Put the marked part right: receivers drop it silently and take the default. "
	             "Write tag=value pairs with semicolons between them.",
	             "RFC 9989 section 4.8" },
	[P_MISSING] = { "dmarc.p-missing", MD_FAIL,
	                "Record has neither a valid p= nor a valid rua=",
	                "Add p=none, p=quarantine or p=reject right after v=DMARC1: without it "
	                "receivers act as if there was no DMARC record.",
	                "RFC 9989 section 4.10.1; RFC 7489 section 6.6.3 step 6" },
	[P_IMPLIED_NONE] = { "dmarc.p-implied-none", MD_WARN,
	                     "p= is missing or invalid and counts as none",
	                     "Write p=none, p=quarantine or p=reject right after v=DMARC1.",
	                     "RFC 9989 sections 4.7 (p), 4.10.1; RFC 7489 section 6.6.3 step 6" },
	[SP_NP_INVALID] = { "dmarc.sp-np-invalid", MD_FAIL,
	                    "Invalid sp= or np= cancels the whole policy",
	                    "Correct the value to none, quarantine or reject, or remove the tag.",
	                    "RFC 9989 section 4.10.1; RFC 7489 section 6.6.3 step 6" },
	[P_ORDER] = { "dmarc.p-order", MD_INFO, "p= does not stand right after v=DMARC1",
	              "Move p= to the second place: the older standard demands it there.",
	              "RFC 7489 section 6.4; RFC 9989 section 4.8" },
	[TAG_DUPLICATE] = { "dmarc.tag-duplicate", MD_FAIL, "A tag stands in the record twice",
	                    "Keep one of them: some receivers take the first, some the last, and "
	                    "some refuse the record.",
	                    "RFC 9989 section 4.7; RFC 6376 section 3.2" },
	[TAG_UNKNOWN] = { "dmarc.tag-unknown", MD_INFO, "Unknown tag in the DMARC record",
	                  "Correct or remove the tag: receivers ignore it.",
	                  "RFC 9989 sections 4.7, 4.8, 9.3" },
	[TAG_CASE] = { "dmarc.tag-case", MD_WARN, "A tag's name is written with capitals",
	               "Write tag names in small letters: the standard can be read both ways, and "
	               "some receivers do not know the tag otherwise.",
	               "RFC 9989 section 4.8; RFC 6376 section 3.2" },
	[TAG_REMOVED] = { "dmarc.tag-removed", MD_INFO,
	                  "Tags that the current standard has removed",
	                  "Remove pct=, rf= and ri=. They are ignored now; t=y has taken the place "
	                  "of pct=0.",
	                  "RFC 9989 sections 9.3, A.6, C.5.2" },
	[PCT_PARTIAL] = { "dmarc.pct-partial", MD_WARN,
	                  "pct= makes older receivers enforce only part of the policy",
	                  "Remove pct=. Current receivers ignore it and enforce the policy in "
	                  "full; if you are not ready for that, use a weaker p= or t=y.",
	                  "RFC 9989 sections A.6, C.5.2; RFC 7489 sections 6.3, 6.6.4" },
	[INHERITED] = { "dmarc.inherited", MD_INFO, "Policy inherited from a parent domain",
	                "Nothing to do, unless this domain wants a policy or reports of its own: "
	                "then publish a record at _dmarc.<domain>.",
	                "RFC 9989 section 4.10.1" },
	[TEST_MODE] = { "dmarc.test-mode", MD_WARN, "t=y lowers the policy by one level",
	                "Remove t=y when the reports are clean. Receivers that know only the older "
	                "standard ignore it and enforce p= in full already.",
	                "RFC 9989 sections 4.7 (t), A.6" },
	[POLICY_NONE] = { "dmarc.policy-none", MD_WARN,
	                  "Policy none: no protection from forgery",
	                  "Read the aggregate reports for at least a month. When all your own mail "
	                  "passes, go to p=quarantine, and after another month to p=reject. A "
	                  "domain that sends no mail can publish p=reject at once.",
	                  "RFC 9989 sections 5.1.5, 5.1.7, 7.4" },
	[ENFORCED] = { "dmarc.enforced", MD_PASS,
	               "Forged mail is to be quarantined or rejected", "Nothing to do.",
	               "RFC 9989 section 3.2.9" },
	[SP_WEAKER] = { "dmarc.sp-weaker", MD_WARN,
	                "Subdomains are less protected than the domain",
	                "Remove the weaker sp= or np=, or raise it to the value of p=, once mail "
	                "from your subdomains passes DMARC.",
	                "RFC 9989 sections 4.7 (sp, np), 3.2.9" },
	[NP_UNSET] = { "dmarc.np-unset", MD_INFO,
	               "Names that do not exist can be forged freely",
	               "Add np=reject: nobody sends honest mail from subdomains that do not exist, "
	               "so it is safe long before p=reject.",
	               "RFC 9989 sections 4.7 (np), 3.2.13" },
	[NP_WILDCARD] = { "dmarc.np-wildcard", MD_INFO,
	                  "np= never applies: every subdomain seems to exist",
	                  "Set sp= to what you wish for such names, or remove the DNS wildcard.",
	                  "RFC 9989 sections 3.2.13, A.4; RFC 8020 section 2" },
	[SP_ON_SUBDOMAIN] = { "dmarc.sp-on-subdomain", MD_INFO,
	                      "sp= or np= has no effect on this record",
	                      "Remove it here: names below take their policy from the "
	                      "organisational domain's record, or from one of their own.",
	                      "RFC 9989 sections 4.7 (sp), 4.10.1" },
	[PSD_MISUSE] = { "dmarc.psd-misuse", MD_FAIL, "psd=y is used where it must not be",
	                 "Remove psd=y, unless you are a registry: it makes every direct subdomain "
	                 "an organisation of its own, so that subdomain and domain no longer "
	                 "align. A registry with psd=y must not publish ruf=.",
	                 "RFC 9989 sections 4.7 (psd), 4.10.2, 10.2; RFC 9991 section 2" },
	[PSD_PARENT_UNFLAGGED] = { "dmarc.psd-parent-unflagged", MD_WARN,
	                           "The public suffix above counts as your organisation",
	                           "Add psd=n to your own record, and tell the registry that its "
	                           "record needs psd=y. Until then any other domain under the "
	                           "suffix aligns with yours.",
	                           "RFC 9989 sections 4.10.2, 5.2, 11.8" },
	[TOO_MANY_LABELS] = { "dmarc.too-many-labels", MD_WARN,
	                      "A record above is never reached: the name has too many labels",
	                      "Publish a record at the domain itself: from more than eight labels "
	                      "receivers jump to seven.",
	                      "RFC 9989 sections 4.10 step 4, 5.1.8" },
	[TREEWALK_PSL_DIFFER] = { "dmarc.treewalk-psl-differ", MD_WARN,
	                          "Current and older receivers see different organisations",
	                          "Publish a record at the registered domain, and psd=n at the "
	                          "level that is to be the organisational domain; or use strict "
	                          "alignment and a record at every domain that sends.",
	                          "RFC 9989 sections 4.10.2, 11.8, C.3; RFC 7489 section 3.2" },
	[MIDLEVEL_NOT_INHERITED] = { "dmarc.midlevel-not-inherited", MD_INFO,
	                             "A record in between does not cover this domain",
	                             "Publish a record at this domain too, or add psd=n to the one "
	                             "in between if it is an organisation of its own.",
	                             "RFC 9989 sections 4.10.1, 4.10.2, B.4" },
	[RUA_MISSING] = { "dmarc.rua-missing", MD_WARN, "No aggregate reports are asked for",
	                  "Add rua=mailto: with a mailbox that you read or a report service; "
	                  "create the mailbox first. Without reports you cannot see who sends in "
	                  "your name, nor what a stricter policy would hit.",
	                  "RFC 9989 sections 4.7 (rua), 5.1.3" },
	[RUA_INVALID] = { "dmarc.rua-invalid", MD_FAIL,
	                  "A report address cannot be used as it is written",
	                  "Write rua=mailto:a@example.com,mailto:b@example.com: every address with "
	                  "mailto:, commas between them.",
	                  "RFC 9989 sections 4.6, 4.7, 4.8; RFC 3986; RFC 6068" },
	[RUA_PARTLY_IGNORED] = { "dmarc.rua-partly-ignored", MD_INFO,
	                         "Part of the report addresses means nothing to some receivers",
	                         "Keep to one or two mailto: addresses without a size limit.",
	                         "RFC 9989 sections 4.7, 4.8, C.4, C.7; RFC 7489 section 6.2" },
	[RUA_UNAUTHORISED] = { "dmarc.rua-unauthorised", MD_FAIL,
	                       "The report address's domain has not agreed to take reports",
	                       "Ask whoever runs that domain to publish the record shown, or use an "
	                       "address in your own domain: reports are not sent there now.",
	                       "RFC 9990 section 4; RFC 9991 section 5; RFC 7489 section 7.1" },
	[RUA_NO_MX] = { "dmarc.rua-no-mx", MD_FAIL,
	                "The report address's domain cannot receive mail",
	                "Use a mailbox in a domain that has MX records, or publish them.",
	                "RFC 9990 section 3.5.2; RFC 5321 section 5.1; RFC 7505" },
	[RUF_FO] = { "dmarc.ruf-fo", MD_INFO, "fo= has no effect or a wrong value",
	             "Remove fo=, or add ruf=. Of its options 0 and 1 exclude each other.",
	             "RFC 9989 sections 4.7 (fo), 4.8" },
};
