/* What can be wrong with a domain's DMARC: the rule table of the dmarc check. */
#include "rules.h"

const struct md_rule md_dmarc_rules[MD_DMARC_RULES] = {
	[DMARC_MISSING] = {
		.id = "dmarc.missing",
		.severity = MD_FAIL,
		.title = "No DMARC policy applies to the domain",
		.fix = "Publish a DMARC record as TXT at _dmarc.<domain>. Begin with p=none "
		       "and create the mailbox that rua= names before you publish it; a domain "
		       "that sends no mail takes p=reject at once. Gmail, Yahoo and Microsoft "
		       "ask bulk senders for a record.",
		.reference = "RFC 9989 sections 4.10, 4.10.1",
	},
	[DMARC_ALIAS_TAKEOVER] = {
		.id = "dmarc.alias-takeover",
		.severity = MD_FAIL,
		.title = "DMARC is an alias into a domain that nobody has registered",
		.fix = "Delete the CNAME, then publish a record as TXT in its place: whoever "
		       "registers that domain writes your policy, and gets your reports.",
		.reference = "RFC 9989 sections 4.5, 4.10; RFC 1034 section 3.6.2",
	},
	[DMARC_MULTIPLE] = {
		.id = "dmarc.multiple",
		.severity = MD_FAIL,
		.title = "More than one DMARC record at one name",
		.fix = "Keep one record and delete the others: receivers ignore them all.",
		.reference = "RFC 9989 section 4.10 steps 2 and 6; RFC 7489 section 6.6.3",
	},
	[DMARC_WRONG_PLACE] = {
		.id = "dmarc.wrong-place",
		.severity = MD_FAIL,
		.title = "DMARC record at the wrong name",
		.fix = "Move the record to _dmarc.<domain>: nobody looks where it is now. In "
		       "most DNS panels the name to enter is just \"_dmarc\".",
		.reference = "RFC 9989 sections 4.1, 4.5",
	},
	[DMARC_VERSION] = {
		.id = "dmarc.version",
		.severity = MD_FAIL,
		.title = "Record does not begin with v=DMARC1",
		.fix = "Let the record begin with exactly v=DMARC1; (in these capitals, with "
		       "the semicolon): otherwise receivers ignore all of it.",
		.reference = "RFC 9989 sections 4.7 (v), 4.8",
	},
	[DMARC_SYNTAX] = {
		.id = "dmarc.syntax",
		.severity = MD_FAIL,
		.title = "Syntax error in the DMARC record",
		.fix = "Put the marked part right: receivers drop it silently and take the "
		       "default. Write tag=value pairs with semicolons between them.",
		.reference = "RFC 9989 section 4.8",
	},
	[DMARC_P_MISSING] = {
		.id = "dmarc.p-missing",
		.severity = MD_FAIL,
		.title = "Record has neither a valid p= nor a valid rua=",
		.fix = "Add p=none, p=quarantine or p=reject right after v=DMARC1: without it "
		       "receivers act as if there was no DMARC record.",
		.reference = "RFC 9989 section 4.10.1; RFC 7489 section 6.6.3 step 6",
	},
	[DMARC_P_IMPLIED_NONE] = {
		.id = "dmarc.p-implied-none",
		.severity = MD_WARN,
		.parked = MD_BECOMES(MD_FAIL),
		.way = MD_ASIDE,
		.title = "p= is missing or invalid and counts as none",
		.fix = "Write p=none, p=quarantine or p=reject right after v=DMARC1.",
		.reference = "RFC 9989 sections 4.7 (p), 4.10.1; RFC 7489 section 6.6.3 step 6",
	},
	[DMARC_SP_NP_INVALID] = {
		.id = "dmarc.sp-np-invalid",
		.severity = MD_FAIL,
		.title = "Invalid sp= or np= cancels the whole policy",
		.fix = "Correct the value to none, quarantine or reject, or remove the tag.",
		.reference = "RFC 9989 section 4.10.1; RFC 7489 section 6.6.3 step 6",
	},
	[DMARC_P_ORDER] = {
		.id = "dmarc.p-order",
		.severity = MD_INFO,
		.title = "p= does not stand right after v=DMARC1",
		.fix = "Move p= to the second place: the older standard demands it there.",
		.reference = "RFC 7489 section 6.4; RFC 9989 section 4.8",
	},
	[DMARC_TAG_DUPLICATE] = {
		.id = "dmarc.tag-duplicate",
		.severity = MD_FAIL,
		.title = "A tag stands in the record twice",
		.fix = "Keep one of them: some receivers take the first, some the last, and "
		       "some refuse the record.",
		.reference = "RFC 9989 section 4.7; RFC 6376 section 3.2",
	},
	[DMARC_TAG_UNKNOWN] = {
		.id = "dmarc.tag-unknown",
		.severity = MD_INFO,
		.title = "Unknown tag in the DMARC record",
		.fix = "Correct or remove the tag: receivers ignore it.",
		.reference = "RFC 9989 sections 4.7, 4.8, 9.3",
	},
	[DMARC_TAG_CASE] = {
		.id = "dmarc.tag-case",
		.severity = MD_WARN,
		.title = "A tag's name is written with capitals",
		.fix = "Write tag names in small letters: the standard can be read both ways, "
		       "and some receivers do not know the tag otherwise.",
		.reference = "RFC 9989 section 4.8; RFC 6376 section 3.2",
	},
	[DMARC_TAG_REMOVED] = {
		.id = "dmarc.tag-removed",
		.severity = MD_INFO,
		.title = "Tags that the current standard has removed",
		.fix = "Remove pct=, rf= and ri=. They are ignored now; t=y has taken the "
		       "place of pct=0.",
		.reference = "RFC 9989 sections 9.3, A.6, C.5.2",
	},
	[DMARC_PCT_PARTIAL] = {
		.id = "dmarc.pct-partial",
		.severity = MD_WARN,
		.way = MD_ASIDE,
		.title = "pct= makes older receivers enforce only part of the policy",
		.fix = "Remove pct=. Current receivers ignore it and enforce the policy in "
		       "full; if you are not ready for that, use a weaker p= or t=y.",
		.reference = "RFC 9989 sections A.6, C.5.2; RFC 7489 sections 6.3, 6.6.4",
	},
	[DMARC_INHERITED] = {
		.id = "dmarc.inherited",
		.severity = MD_INFO,
		.title = "Policy inherited from a parent domain",
		.fix = "Nothing to do, unless this domain wants a policy or reports of its "
		       "own: then publish a record at _dmarc.<domain>.",
		.reference = "RFC 9989 section 4.10.1",
	},
	[DMARC_REGISTRY_ONLY] = {
		.id = "dmarc.registry-only",
		.severity = MD_WARN,
		.way = MD_ASIDE,
		.title = "Only the registry's DMARC record covers the domain",
		.fix = "Publish a record of your own at _dmarc.<domain>: the registry's policy "
		       "is not yours to choose, its reports do not come to you, and not every "
		       "receiver looks for it.",
		.reference = "RFC 9989 sections 4.10.1, 4.10.2",
	},
	[DMARC_ALIAS] = {
		.id = "dmarc.alias",
		.severity = MD_INFO,
		.way = MD_ASIDE,
		.title = "The DMARC record stands at a name of somebody else",
		.fix = "Whoever runs that name decides on your policy and gets the reports. To "
		       "change something, do it there, or put a TXT record of your own in the "
		       "place of the CNAME.",
		.reference = "RFC 9989 section 4.10; RFC 1034 section 3.6.2",
	},
	[DMARC_TEST_MODE] = {
		.id = "dmarc.test-mode",
		.severity = MD_WARN,
		.way = MD_ASIDE,
		.title = "t=y lowers the policy by one level",
		.fix = "Remove t=y when the reports are clean. Receivers that know only the "
		       "older standard ignore it and enforce p= in full already.",
		.reference = "RFC 9989 sections 4.7 (t), A.6",
	},
	[DMARC_POLICY_NONE] = {
		.id = "dmarc.policy-none",
		.severity = MD_WARN,
		.parked = MD_BECOMES(MD_FAIL),
		.way = MD_ASIDE,
		.title = "Policy none: no protection from forgery",
		.fix = "Read the aggregate reports for at least a month. When all your own "
		       "mail passes, go to p=quarantine, and after another month to p=reject. "
		       "A domain that sends no mail can publish p=reject at once.",
		.reference = "RFC 9989 sections 5.1.5, 5.1.7, 7.4",
	},
	[DMARC_ENFORCED] = {
		.id = "dmarc.enforced",
		.severity = MD_PASS,
		.title = "Forged mail is to be quarantined or rejected",
		.fix = "Nothing to do.",
		.reference = "RFC 9989 section 3.2.9",
	},
	[DMARC_SP_WEAKER] = {
		.id = "dmarc.sp-weaker",
		.severity = MD_WARN,
		.way = MD_ASIDE,
		.title = "Subdomains are less protected than the domain",
		.fix = "Remove the weaker sp= or np=, or raise it to the value of p=, once "
		       "mail from your subdomains passes DMARC.",
		.reference = "RFC 9989 sections 4.7 (sp, np), 3.2.9",
	},
	[DMARC_NP_UNSET] = {
		.id = "dmarc.np-unset",
		.severity = MD_INFO,
		.way = MD_ASIDE,
		.title = "Names that do not exist can be forged freely",
		.fix = "Add np=reject: nobody sends honest mail from subdomains that do not "
		       "exist, so it is safe long before p=reject.",
		.reference = "RFC 9989 sections 4.7 (np), 3.2.13",
	},
	[DMARC_NP_WILDCARD] = {
		.id = "dmarc.np-wildcard",
		.severity = MD_INFO,
		.way = MD_ASIDE,
		.title = "np= never applies: every subdomain seems to exist",
		.fix = "Set sp= to what you wish for such names, or remove the DNS wildcard.",
		.reference = "RFC 9989 sections 3.2.13, A.4; RFC 8020 section 2",
	},
	[DMARC_SP_ON_SUBDOMAIN] = {
		.id = "dmarc.sp-on-subdomain",
		.severity = MD_INFO,
		.way = MD_ASIDE,
		.title = "sp= or np= has no effect on this record",
		.fix = "Remove it here: names below take their policy from the organisational "
		       "domain's record, or from one of their own.",
		.reference = "RFC 9989 sections 4.7 (sp), 4.10.1",
	},
	[DMARC_PSD_MISUSE] = {
		.id = "dmarc.psd-misuse",
		.severity = MD_FAIL,
		.title = "psd=y is used where it must not be",
		.fix = "Remove psd=y, unless you are a registry: it makes every direct "
		       "subdomain an organisation of its own, so that subdomain and domain no "
		       "longer align. A registry with psd=y must not publish ruf=.",
		.reference = "RFC 9989 sections 4.7 (psd), 4.10.2, 10.2; RFC 9991 section 2",
	},
	[DMARC_PSD_PARENT_UNFLAGGED] = {
		.id = "dmarc.psd-parent-unflagged",
		.severity = MD_WARN,
		.way = MD_ASIDE,
		.title = "The public suffix above counts as your organisation",
		.fix = "Add psd=n to your own record, and tell the registry that its record "
		       "needs psd=y. Until then any other domain under the suffix "
		       "aligns with yours.",
		.reference = "RFC 9989 sections 4.10.2, 5.2, 11.8",
	},
	[DMARC_TOO_MANY_LABELS] = {
		.id = "dmarc.too-many-labels",
		.severity = MD_WARN,
		.title = "A record above is never reached: the name has too many labels",
		.fix = "Publish a record at the domain itself: from more than eight labels "
		       "receivers jump to seven.",
		.reference = "RFC 9989 sections 4.10 step 4, 5.1.8",
	},
	[DMARC_TREEWALK_PSL_DIFFER] = {
		.id = "dmarc.treewalk-psl-differ",
		.severity = MD_WARN,
		.title = "Current and older receivers see different organisations",
		.fix = "Publish a record at the registered domain, and psd=n at the level that "
		       "is to be the organisational domain; or use strict alignment and a "
		       "record at every domain that sends.",
		.reference = "RFC 9989 sections 4.10.2, 11.8, C.3; RFC 7489 section 3.2",
	},
	[DMARC_MIDLEVEL_NOT_INHERITED] = {
		.id = "dmarc.midlevel-not-inherited",
		.severity = MD_INFO,
		.title = "A record in between does not cover this domain",
		.fix = "Publish a record at this domain too, or add psd=n to the one in "
		       "between if it is an organisation of its own.",
		.reference = "RFC 9989 sections 4.10.1, 4.10.2, B.4",
	},
	[DMARC_RUA_MISSING] = {
		.id = "dmarc.rua-missing",
		.severity = MD_WARN,
		.parked = MD_BECOMES(MD_INFO),
		.way = MD_ASIDE,
		.title = "No aggregate reports are asked for",
		.fix = "Add rua=mailto: with a mailbox that you read or a report service; "
		       "create the mailbox first. Without reports you cannot see who sends in "
		       "your name, nor what a stricter policy would hit.",
		.reference = "RFC 9989 sections 4.7 (rua), 5.1.3",
	},
	[DMARC_RUA_INVALID] = {
		.id = "dmarc.rua-invalid",
		.severity = MD_FAIL,
		.way = MD_ASIDE,
		.title = "A report address cannot be used as it is written",
		.fix = "Write rua=mailto:a@example.com,mailto:b@example.com: every address "
		       "with mailto:, commas between them.",
		.reference = "RFC 9989 sections 4.6, 4.7, 4.8; RFC 3986; RFC 6068",
	},
	[DMARC_RUA_PARTLY_IGNORED] = {
		.id = "dmarc.rua-partly-ignored",
		.severity = MD_INFO,
		.way = MD_ASIDE,
		.title = "Part of the report addresses means nothing to some receivers",
		.fix = "Keep to one or two mailto: addresses without a size limit.",
		.reference = "RFC 9989 sections 4.7, 4.8, C.4, C.7; RFC 7489 section 6.2",
	},
	[DMARC_RUA_UNAUTHORISED] = {
		.id = "dmarc.rua-unauthorised",
		.severity = MD_FAIL,
		.way = MD_ASIDE,
		.title = "The report address's domain has not agreed to take reports",
		.fix = "Ask whoever runs that domain to publish the record shown, or use an "
		       "address in your own domain: reports are not sent there now.",
		.reference = "RFC 9990 section 4; RFC 9991 section 5; RFC 7489 section 7.1",
	},
	[DMARC_RUA_TAKEOVER] = {
		.id = "dmarc.rua-takeover",
		.severity = MD_WARN,
		.title = "Reports go to a domain that nobody has registered",
		.fix = "Remove the address: whoever registers that domain reads who sends in "
		       "your name, and from where.",
		.reference = "RFC 9990 sections 3.5.2, 4; RFC 9989 section 11",
	},
	[DMARC_RUA_NO_MX] = {
		.id = "dmarc.rua-no-mx",
		.severity = MD_FAIL,
		.way = MD_ASIDE,
		.title = "The report address's domain cannot receive mail",
		.fix = "Use a mailbox in a domain that has MX records, or publish them.",
		.reference = "RFC 9990 section 3.5.2; RFC 5321 section 5.1; RFC 7505",
	},
	[DMARC_RUF_FO] = {
		.id = "dmarc.ruf-fo",
		.severity = MD_INFO,
		.way = MD_ASIDE,
		.title = "fo= has no effect or a wrong value",
		.fix = "Remove fo=, or add ruf=. Of its options 0 and 1 exclude each other.",
		.reference = "RFC 9989 sections 4.7 (fo), 4.8",
	},
};
