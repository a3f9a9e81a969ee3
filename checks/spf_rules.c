/* The rules of the spf check. */
#include "spf.h"

const struct md_rule md_spf_rules[MD_SPF_RULES] = {
	[MISSING] = { "spf.missing", MD_FAIL, "No SPF record",
	              "Publish a TXT record that names every address the domain sends from. If a "
	              "record is proposed here, add all other senders to it first.",
	              "RFC 7208 sections 4.3 to 4.5" },
	[MISSING_SUBDOMAIN] = { "spf.missing-subdomain", MD_WARN,
	                        "Mail subdomain has no SPF record",
	                        "Publish an SPF record at this very name: SPF is not inherited "
	                        "from the domain above.",
	                        "RFC 7208 sections 3, 4.5" },
	[MULTIPLE] = { "spf.multiple", MD_FAIL, "Several SPF records",
	               "Merge them into one record and delete the others: with two records every "
	               "receiver concludes permerror.",
	               "RFC 7208 sections 3.2, 4.5" },
	[LEADING_SPACE] = { "spf.leading-space", MD_FAIL,
	                    "SPF record does not begin with \"v=spf1 \"",
	                    "Rewrite the record so that its text starts with v=spf1 and a blank; "
	                    "as published it does not count as SPF at all.",
	                    "RFC 7208 sections 4.5, 12" },
	[NONSENDING_NOT_STRICT] = { "spf.nonsending-not-strict", MD_WARN,
	                            "Domain without mail does not say so in SPF",
	                            "Publish \"v=spf1 -all\", so that nobody else can send in the "
	                            "name of the domain.",
	                            "RFC 7208 section 10.1.2; RFC 7505 section 4.2" },
	[STRING_JOIN_SPACE] = { "spf.string-join-space", MD_FAIL,
	                        "Strings of the SPF record join without a blank",
	                        "Put the blank between two terms inside one of the quoted strings: "
	                        "the strings are joined as they are.",
	                        "RFC 7208 section 3.3" },
	[SYNTAX] = { "spf.syntax", MD_FAIL, "SPF syntax error",
	             "Correct the term: a syntax error anywhere in the record makes it permerror for "
	             "every sender.",
	             "RFC 7208 sections 4.6, 5.6, 6, 7.1, 12" },
	[UNKNOWN_MECHANISM] = { "spf.unknown-mechanism", MD_FAIL, "Unknown SPF mechanism",
	                        "Write one of ip4:, ip6:, a, mx, include:, exists:, all; an unknown "
	                        "one makes the record permerror for every sender.",
	                        "RFC 7208 sections 4.6, 4.6.1" },
	[TERM_WITH_IP] = { "spf.term-with-ip", MD_FAIL,
	                   "IP address where SPF takes a domain name",
	                   "Write ip4: or ip6: in front of the address. As it is, the record is "
	                   "permerror for every sender.",
	                   "RFC 7208 sections 4.6, 7.1" },
	[MACRO_SYNTAX] = { "spf.macro-syntax", MD_FAIL, "SPF macro syntax error",
	                   "Correct the macro: as it is, the record is permerror for every sender.",
	                   "RFC 7208 sections 7.1 to 7.3" },
	[LOOKUP_LIMIT] = { "spf.lookup-limit", MD_FAIL, "SPF needs more than 10 DNS lookups",
	                   "Remove includes that are not used, replace a and mx by ip4 and ip6 of "
	                   "machines you own, and move some senders to a subdomain of their own.",
	                   "RFC 7208 section 4.6.4" },
	[VOID_LOOKUPS] = { "spf.void-lookups", MD_FAIL, "More than 2 SPF lookups find nothing",
	                   "Remove the terms whose names are gone. Most receivers conclude permerror "
	                   "at the third lookup without an answer.",
	                   "RFC 7208 sections 4.6.4, 11.1" },
	[INCLUDE_TAKEOVER] = { "spf.include-takeover", MD_FAIL,
	                       "SPF relies on a domain that nobody has registered",
	                       "Remove the term at once: whoever registers that domain can send in "
	                       "the name of yours.",
	                       "RFC 7208 sections 5.2, 6.1" },
	[INCLUDE_NONE] = { "spf.include-none", MD_FAIL, "Included domain has no SPF record",
	                   "Remove the include or correct its name: every sender that no earlier "
	                   "term matches gets permerror.",
	                   "RFC 7208 section 5.2" },
	[INCLUDE_PERMERROR] = { "spf.include-permerror", MD_FAIL,
	                        "Included SPF record is in error",
	                        "Tell its owner, and remove the include if it is not used: every "
	                        "sender that no earlier term matches gets permerror.",
	                        "RFC 7208 section 5.2" },
	[REDIRECT_NONE] = { "spf.redirect-none", MD_FAIL, "redirect= leads to no SPF record",
	                    "Correct the name or replace redirect= by ~all: every sender that no "
	                    "term matches gets permerror.",
	                    "RFC 7208 section 6.1" },
	[LOOP] = { "spf.loop", MD_FAIL, "SPF records include each other in a loop",
	           "Remove the include or redirect that leads back: evaluation ends in permerror at "
	           "the tenth lookup.",
	           "RFC 7208 section 4.6.4" },
	[MX_TOO_MANY] = { "spf.mx-too-many", MD_FAIL,
	                  "SPF mx mechanism for more than 10 MX hosts",
	                  "List the addresses of the senders by ip4: and ip6: instead of mx.",
	                  "RFC 7208 sections 4.6.4, 5.4" },
	[PLUS_ALL] = { "spf.plus-all", MD_FAIL, "SPF lets the whole Internet send",
	               "End the record with ~all or -all, and name only networks that you send "
	               "from.",
	               "RFC 7208 sections 4.6.2, 5.1, 5.2, 5.6" },
	[IP_NOT_COVERED] = { "spf.ip-not-covered", MD_FAIL,
	                     "Sending address is not permitted by SPF",
	                     "If this machine sends for the domain, add its address to the "
	                     "record. After permerror mend the record first: the address may be in "
	                     "it already.",
	                     "RFC 7208 sections 2.6, 4" },
	[LOOKUP_NEAR_LIMIT] = { "spf.lookup-near-limit", MD_WARN,
	                        "SPF needs 8 to 10 of its 10 DNS lookups",
	                        "Free two or more lookups: when a provider adds one include to its "
	                        "own record, yours breaks.",
	                        "RFC 7208 section 4.6.4" },
	[VOID_LOOKUPS_V6] = { "spf.void-lookups-v6", MD_WARN,
	                      "More than 2 SPF lookups find nothing for IPv6 senders",
	                      "Give the hosts AAAA records, or list addresses by ip4: and ip6: "
	                      "instead of a and mx.",
	                      "RFC 7208 sections 4.6.4, 5, 5.7" },
	[REDIRECT_IGNORED] = { "spf.redirect-ignored", MD_WARN,
	                       "redirect= has no effect beside all",
	                       "Remove redirect= if the record is right without it, else remove all.",
	                       "RFC 7208 sections 5.1, 6.1" },
	[MODIFIER_WITHOUT_EFFECT] = { "spf.modifier-without-effect", MD_WARN,
	                              "SPF term with = where : was meant",
	                              "Write a colon: with = it is an unknown modifier, which "
	                              "receivers ignore without a word.",
	                              "RFC 7208 sections 4.6.1, 6" },
	[TERMS_AFTER_ALL] = { "spf.terms-after-all", MD_WARN,
	                      "SPF terms behind all have no effect",
	                      "Move them before all, or remove them.", "RFC 7208 section 5.1" },
	[NO_TERMINAL] = { "spf.no-terminal", MD_WARN, "SPF record has neither all nor redirect",
	                  "End the record with ~all: without it, senders it does not name are "
	                  "neutral, as if there were no SPF.",
	                  "RFC 7208 section 4.7" },
	[NEUTRAL_ALL] = { "spf.neutral-all", MD_WARN, "?all gives no protection",
	                  "End the record with ~all or -all.", "RFC 7208 sections 2.6.2, 8.2" },
	[PTR] = { "spf.ptr", MD_WARN, "SPF uses ptr or the macro p",
	          "Replace it by ip4:, ip6:, a or mx: it is slow, unreliable, and not to be "
	          "published.",
	          "RFC 7208 sections 5.5, 7.3" },
	[RANGE_WIDE] = { "spf.range-wide", MD_WARN, "SPF permits a very wide range",
	                 "Narrow it to the addresses that send.", "RFC 9989 section 11.1" },
	[PRIVATE_RANGE] = { "spf.private-range", MD_WARN,
	                    "SPF permits addresses that are not on the Internet",
	                    "Remove the term: receivers on the Internet never see these addresses.",
	                    "RFC 6890" },
	[RECORD_LONG] = { "spf.record-long", MD_WARN, "SPF answer is longer than 450 octets",
	                  "Delete TXT records that are no longer needed, and shorten the SPF record "
	                  "or move a part of it into an include.",
	                  "RFC 7208 section 3.4" },
	[TYPE99] = { "spf.type99", MD_WARN, "Obsolete SPF or Sender ID record",
	             "Delete it: only TXT records that begin with v=spf1 count.",
	             "RFC 7208 section 3.1; RFC 6686 appendix A" },
	[HARDFAIL_EARLY_REJECT] = { "spf.hardfail-early-reject", MD_INFO,
	                            "-all can have mail refused before DKIM is looked at",
	                            "Consider ~all once DMARC is enforced: forwarded mail then still "
	                            "passes by its DKIM signature.",
	                            "RFC 9989 section 7.1" },
	[HOST_BITS_SET] = { "spf.host-bits-set", MD_INFO, "SPF network has host bits set",
	                    "Write the network's own address, or drop the prefix length if one host "
	                    "was meant.",
	                    "RFC 7208 section 5.6" },
	[EVAL_IP] = { "spf.eval-ip", MD_INFO, "SPF result for a sending address",
	              "Nothing to do when it is pass.", "RFC 7208 sections 2.6, 4" },
	[SOFTFAIL_WITH_DMARC] = { "spf.softfail-with-dmarc", MD_PASS,
	                          "~all with an enforced DMARC policy", "Nothing to do.",
	                          "RFC 9989 section 7.1; RFC 7208 section 8.5" },
	[TREE_TEMPERROR] = { "spf.tree-temperror", MD_UNSURE,
	                     "A part of SPF could not be looked up",
	                     "Ask again later. If it lasts, tell whoever runs those name servers: "
	                     "receivers answer temperror meanwhile.",
	                     "RFC 7208 sections 4.4, 5, 8.6" },
};
