/* The rules of the spf check. */
#include "rules.h"

const struct md_rule md_spf_rules[MD_SPF_RULES] = {
	[SPF_MISSING] = {
		.id = "spf.missing",
		.severity = MD_FAIL,
		.title = "No SPF record",
		.fix = "Publish a TXT record that names every address the domain sends from. "
		       "If a record is proposed here, add all other senders to it first.",
		.reference = "RFC 7208 sections 4.3 to 4.5",
	},
	[SPF_MISSING_SUBDOMAIN] = {
		.id = "spf.missing-subdomain",
		.severity = MD_WARN,
		.title = "Mail subdomain has no SPF record",
		.fix = "Publish an SPF record at this very name: SPF is not inherited from "
		       "the domain above.",
		.reference = "RFC 7208 sections 3, 4.5",
	},
	[SPF_WRONG_PLACE] = {
		.id = "spf.wrong-place",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_WARN),
		.title = "SPF record at the wrong name",
		.fix = "Move the record to the domain itself: nobody looks where it is now. In "
		       "most DNS panels the name to enter is \"@\", or nothing at all.",
		.reference = "RFC 7208 sections 3, 4.4",
	},
	[SPF_MULTIPLE] = {
		.id = "spf.multiple",
		.severity = MD_FAIL,
		.title = "Several SPF records",
		.fix = "Merge them into one record and delete the others: with two records "
		       "every receiver concludes permerror.",
		.reference = "RFC 7208 sections 3.2, 4.5",
	},
	[SPF_LEADING_SPACE] = {
		.id = "spf.leading-space",
		.severity = MD_FAIL,
		.title = "SPF record does not begin with \"v=spf1 \"",
		.fix = "Rewrite the record so that its text starts with v=spf1 and a blank; as "
		       "published it does not count as SPF at all.",
		.reference = "RFC 7208 sections 4.5, 12",
	},
	[SPF_NONSENDING_NOT_STRICT] = {
		.id = "spf.nonsending-not-strict",
		.severity = MD_WARN,
		.way = MD_ASIDE,
		.title = "Domain without mail does not say so in SPF",
		.fix = "Publish \"v=spf1 -all\", so that nobody else can send in the "
		       "name of the domain.",
		.reference = "RFC 7208 section 10.1.2; RFC 7505 section 4.2",
	},
	[SPF_STRING_JOIN_SPACE] = {
		.id = "spf.string-join-space",
		.severity = MD_FAIL,
		.title = "Strings of the SPF record join without a blank",
		.fix = "Put the blank between two terms inside one of the quoted strings: the "
		       "strings are joined as they are.",
		.reference = "RFC 7208 section 3.3",
	},
	[SPF_SYNTAX] = {
		.id = "spf.syntax",
		.severity = MD_FAIL,
		.title = "SPF syntax error",
		.fix = "Correct the term: a syntax error anywhere in the record makes it "
		       "permerror for every sender.",
		.reference = "RFC 7208 sections 4.6, 5.6, 6, 7.1, 12",
	},
	[SPF_UNKNOWN_MECHANISM] = {
		.id = "spf.unknown-mechanism",
		.severity = MD_FAIL,
		.title = "Unknown SPF mechanism",
		.fix = "Write one of ip4:, ip6:, a, mx, include:, exists:, all; an unknown one "
		       "makes the record permerror for every sender.",
		.reference = "RFC 7208 sections 4.6, 4.6.1",
	},
	[SPF_TERM_WITH_IP] = {
		.id = "spf.term-with-ip",
		.severity = MD_FAIL,
		.title = "IP address where SPF takes a domain name",
		.fix = "Write ip4: or ip6: in front of the address. As it is, the record is "
		       "permerror for every sender.",
		.reference = "RFC 7208 sections 4.6, 7.1",
	},
	[SPF_MACRO_SYNTAX] = {
		.id = "spf.macro-syntax",
		.severity = MD_FAIL,
		.title = "SPF macro syntax error",
		.fix = "Correct the macro: as it is, the record is permerror for every sender.",
		.reference = "RFC 7208 sections 7.1 to 7.3",
	},
	[SPF_LOOKUP_LIMIT] = {
		.id = "spf.lookup-limit",
		.severity = MD_FAIL,
		.title = "SPF needs more than 10 DNS lookups",
		.fix = "Remove includes that are not used, replace a and mx by ip4 and ip6 of "
		       "machines you own, and move some senders to a subdomain of their own.",
		.reference = "RFC 7208 section 4.6.4",
	},
	[SPF_VOID_LOOKUPS] = {
		.id = "spf.void-lookups",
		.severity = MD_FAIL,
		.title = "More than 2 SPF lookups find nothing",
		.fix = "Remove the terms whose names are gone. Most receivers conclude "
		       "permerror at the third lookup without an answer.",
		.reference = "RFC 7208 sections 4.6.4, 11.1",
	},
	[SPF_INCLUDE_TAKEOVER] = {
		.id = "spf.include-takeover",
		.severity = MD_FAIL,
		.title = "SPF relies on a domain that nobody has registered",
		.fix = "Remove the term at once: whoever registers that domain can send in "
		       "the name of yours.",
		.reference = "RFC 7208 sections 5.2, 5.3, 5.4, 5.7, 6.1",
	},
	[SPF_INCLUDE_NONE] = {
		.id = "spf.include-none",
		.severity = MD_FAIL,
		.title = "Included domain has no SPF record",
		.fix = "Remove the include or correct its name: every sender that no earlier "
		       "term matches gets permerror.",
		.reference = "RFC 7208 section 5.2",
	},
	[SPF_INCLUDE_PERMERROR] = {
		.id = "spf.include-permerror",
		.severity = MD_FAIL,
		.title = "Included SPF record is in error",
		.fix = "Tell its owner, and remove the include if it is not used: every sender "
		       "that no earlier term matches gets permerror.",
		.reference = "RFC 7208 section 5.2",
	},
	[SPF_REDIRECT_NONE] = {
		.id = "spf.redirect-none",
		.severity = MD_FAIL,
		.title = "redirect= leads to no SPF record",
		.fix = "Correct the name or replace redirect= by ~all: every sender that no "
		       "term matches gets permerror.",
		.reference = "RFC 7208 section 6.1",
	},
	[SPF_LOOP] = {
		.id = "spf.loop",
		.severity = MD_FAIL,
		.title = "SPF records include each other in a loop",
		.fix = "Remove the include or redirect that leads back: evaluation ends in "
		       "permerror at the tenth lookup.",
		.reference = "RFC 7208 section 4.6.4",
	},
	[SPF_MX_TOO_MANY] = {
		.id = "spf.mx-too-many",
		.severity = MD_FAIL,
		.title = "SPF mx mechanism for more than 10 MX hosts",
		.fix = "List the addresses of the senders by ip4: and ip6: instead of mx.",
		.reference = "RFC 7208 sections 4.6.4, 5.4",
	},
	[SPF_PLUS_ALL] = {
		.id = "spf.plus-all",
		.severity = MD_FAIL,
		.title = "SPF lets the whole Internet send",
		.fix = "End the record with ~all or -all, and name only networks "
		       "that you send from.",
		.reference = "RFC 7208 sections 4.6.2, 5.1, 5.2, 5.6, 5.7",
	},
	[SPF_PERMITS_NOBODY] = {
		.id = "spf.permits-nobody",
		.severity = MD_FAIL,
		.title = "SPF permits nobody, though the record names senders",
		.fix = "Correct the terms, so that those who send for the domain pass. If it "
		       "never sends, publish \"v=spf1 -all\".",
		.reference = "RFC 7208 sections 4.6.2, 5.2, 5.3, 5.4, 6",
	},
	[SPF_SENDERS_NOT_PASSED] = {
		.id = "spf.senders-not-passed",
		.severity = MD_WARN,
		.title = "SPF lets nobody pass: its senders are neutral or softfail",
		.fix = "Remove the ? or ~ in front of the terms that name those who send for "
		       "you: only pass counts, and DMARC takes nothing else.",
		.reference = "RFC 7208 sections 2.6, 4.6.2; RFC 9989 section 4.4.2",
	},
	[SPF_IP_NOT_COVERED] = {
		.id = "spf.ip-not-covered",
		.severity = MD_FAIL,
		.title = "Sending address is not permitted by SPF",
		.fix = "If this machine sends for the domain, add its address to the record. "
		       "After permerror mend the record first: the address may "
		       "be in it already.",
		.reference = "RFC 7208 sections 2.6, 4",
	},
	[SPF_SECOND_BROKEN] = {
		.id = "spf.second-broken",
		.severity = MD_WARN,
		.title = "A second SPF record is broken and does not count",
		.fix = "Add its senders to the record that counts, then delete it. Do not "
		       "mend it alone: two records are permerror for every sender.",
		.reference = "RFC 7208 sections 3.2, 4.5",
	},
	[SPF_PROVIDER_MISSING] = {
		.id = "spf.provider-missing",
		.severity = MD_WARN,
		.title = "SPF does not permit the provider of the domain's mailboxes",
		.fix = "Add the provider's include to the record, unless all mail leaves by "
		       "another way. mx does not do: it names the hosts that receive.",
		.reference = "RFC 7208 sections 5.2, 5.4, 10.1.1",
	},
	[SPF_TERM_WRONG_TYPE] = {
		.id = "spf.term-wrong-type",
		.severity = MD_WARN,
		.title = "SPF term matches nobody: a and mx are mixed up",
		.fix = "Write a: in front of the name of a host, and mx: in front of a domain "
		       "whose MX hosts send.",
		.reference = "RFC 7208 sections 5.3, 5.4",
	},
	[SPF_LOOKUP_NEAR_LIMIT] = {
		.id = "spf.lookup-near-limit",
		.severity = MD_WARN,
		.title = "SPF needs 8 to 10 of its 10 DNS lookups",
		.fix = "Free two or more lookups: when a provider adds one include to its own "
		       "record, yours breaks.",
		.reference = "RFC 7208 section 4.6.4",
	},
	[SPF_VOID_LOOKUPS_V6] = {
		.id = "spf.void-lookups-v6",
		.severity = MD_WARN,
		.title = "More than 2 SPF lookups find nothing for IPv6 senders",
		.fix = "Give the hosts AAAA records, or list addresses by ip4: and ip6: "
		       "instead of a and mx.",
		.reference = "RFC 7208 sections 4.6.4, 5, 5.7",
	},
	[SPF_REDIRECT_IGNORED] = {
		.id = "spf.redirect-ignored",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_INFO),
		.title = "redirect= has no effect beside all",
		.fix = "Remove all if the senders of redirect= are to pass: as it is, nobody "
		       "looks at them. If the record is right without, remove redirect=.",
		.reference = "RFC 7208 sections 5.1, 6.1",
	},
	[SPF_MODIFIER_WITHOUT_EFFECT] = {
		.id = "spf.modifier-without-effect",
		.severity = MD_WARN,
		.title = "SPF term with = where : was meant",
		.fix = "Write a colon: with = it is an unknown modifier, which receivers "
		       "ignore without a word.",
		.reference = "RFC 7208 sections 4.6.1, 6",
	},
	[SPF_FOREIGN_MODIFIER] = {
		.id = "spf.foreign-modifier",
		.severity = MD_WARN,
		.title = "SPF record holds terms that mean nothing in SPF",
		.fix = "Take them out; a DMARC record belongs at _dmarc.<domain>, a key below "
		       "_domainkey. Correct a misspelt redirect=.",
		.reference = "RFC 7208 section 6; RFC 9989 section 4.5",
	},
	[SPF_TERMS_AFTER_ALL] = {
		.id = "spf.terms-after-all",
		.severity = MD_WARN,
		.title = "SPF terms behind all have no effect",
		.fix = "Move them before all, or remove them.",
		.reference = "RFC 7208 section 5.1",
	},
	[SPF_NO_TERMINAL] = {
		.id = "spf.no-terminal",
		.severity = MD_WARN,
		.way = MD_ASIDE,
		.title = "SPF record has neither all nor redirect",
		.fix = "End the record with ~all: without it, senders it does not name are "
		       "neutral, as if there were no SPF.",
		.reference = "RFC 7208 section 4.7",
	},
	[SPF_NEUTRAL_ALL] = {
		.id = "spf.neutral-all",
		.severity = MD_WARN,
		.way = MD_ASIDE,
		.title = "?all gives no protection",
		.fix = "End the record with ~all or -all.",
		.reference = "RFC 7208 sections 2.6.2, 8.2",
	},
	[SPF_PTR] = {
		.id = "spf.ptr",
		.severity = MD_WARN,
		.title = "SPF uses ptr or the macro p",
		.fix = "Replace it by ip4:, ip6:, a or mx: it is slow, unreliable, and not "
		       "to be published.",
		.reference = "RFC 7208 sections 5.5, 7.3",
	},
	[SPF_PTR_INCLUDED] = {
		.id = "spf.ptr-included",
		.severity = MD_INFO,
		.way = MD_ASIDE,
		.title = "An included record of somebody else uses ptr or the macro p",
		.fix = "Nothing to do for you: the record is theirs, and works. Every use of "
		       "ptr costs receivers time, and some take such senders as not permitted.",
		.reference = "RFC 7208 sections 5.5, 7.3",
	},
	[SPF_RANGE_WIDE] = {
		.id = "spf.range-wide",
		.severity = MD_WARN,
		.way = MD_ASIDE,
		.title = "SPF permits a very wide range",
		.fix = "Narrow it to the addresses that send.",
		.reference = "RFC 9989 section 11.1",
	},
	[SPF_PRIVATE_RANGE] = {
		.id = "spf.private-range",
		.severity = MD_WARN,
		.way = MD_ASIDE,
		.title = "SPF permits addresses that are not on the Internet",
		.fix = "Remove the term: receivers on the Internet never see these addresses.",
		.reference = "RFC 6890",
	},
	[SPF_RECORD_LONG] = {
		.id = "spf.record-long",
		.severity = MD_INFO,
		.title = "SPF answer is longer than 450 octets",
		.fix = "Nothing is lost while it stays below some 1200 octets: resolvers take "
		       "that much over UDP. Delete TXT records that no service needs any more.",
		.reference = "RFC 7208 section 3.4",
	},
	[SPF_TYPE99] = {
		.id = "spf.type99",
		.severity = MD_WARN,
		.parked = MD_BECOMES(MD_INFO),
		.way = MD_ASIDE,
		.title = "Obsolete SPF or Sender ID record",
		.fix = "Delete it: only TXT records that begin with v=spf1 count.",
		.reference = "RFC 7208 section 3.1; RFC 6686 appendix A",
	},
	[SPF_HARDFAIL_EARLY_REJECT] = {
		.id = "spf.hardfail-early-reject",
		.severity = MD_INFO,
		.title = "-all can have mail refused before DKIM is looked at",
		.fix = "Consider ~all once DMARC is enforced: forwarded mail then still passes "
		       "by its DKIM signature.",
		.reference = "RFC 9989 section 7.1",
	},
	[SPF_HOST_BITS_SET] = {
		.id = "spf.host-bits-set",
		.severity = MD_INFO,
		.title = "SPF network has host bits set",
		.fix = "Write the network's own address, or drop the prefix length if one "
		       "host was meant.",
		.reference = "RFC 7208 section 5.6",
	},
	[SPF_TERM_VOID] = {
		.id = "spf.term-void",
		.severity = MD_INFO,
		.title = "SPF terms whose names have no records",
		.fix = "Correct the name if it is misspelt, else remove the term: it matches "
		       "nobody, and the third such lookup is permerror for every sender.",
		.reference = "RFC 7208 sections 4.6.4, 5.3, 5.4, 5.7",
	},
	[SPF_EVAL_IP] = {
		.id = "spf.eval-ip",
		.severity = MD_INFO,
		.title = "SPF result for a sending address",
		.fix = "Nothing to do when it is pass.",
		.reference = "RFC 7208 sections 2.6, 4",
	},
	[SPF_SOFTFAIL_WITH_DMARC] = {
		.id = "spf.softfail-with-dmarc",
		.severity = MD_PASS,
		.title = "~all with an enforced DMARC policy",
		.fix = "Nothing to do.",
		.reference = "RFC 9989 section 7.1; RFC 7208 section 8.5",
	},
	[SPF_TREE_TEMPERROR] = {
		.id = "spf.tree-temperror",
		.severity = MD_UNSURE,
		.title = "A part of SPF could not be looked up",
		.fix = "Ask again later. If it lasts, tell whoever runs those name servers: "
		       "receivers answer temperror meanwhile.",
		.reference = "RFC 7208 sections 4.4, 5, 8.6",
	},
};
