/* The table of all options: what --help, completion and the parser know of them. */
#include "opt.h"

static const char *const report_formats[] = { "text",  "json",  "jsonl",  "markdown", "github",
	                                      "junit", "sarif", "gitlab", "tap",      NULL };
static const char *const list_formats[] = { "text", "markdown", "json", NULL };
static const char *const severities[] = { "fail", "warn", "info", "never", NULL };
static const char *const canonical_forms[] = { "relaxed/relaxed", "relaxed/simple",
	                                       "simple/relaxed", "simple/simple", NULL };
static const char *const key_types[] = { "rsa", "ed25519", NULL };
static const char *const when[] = { "auto", "always", "never", NULL };

#define AT(member) offsetof(struct md_settings, member)

/* The commands that end in a report. */
enum {
	REPORTS = MD_FOR_CHECK | MD_FOR_SPF | MD_FOR_MESSAGE,
	CHOICE = MD_FOR_CHECK | MD_FOR_MESSAGE,
	KEYS = MD_FOR_SIGN | MD_FOR_KEYGEN,
};

const struct md_opt md_options[] = {
	{ REPORTS, "How mail is sent", "ip", 0, MD_OPT_TEXTS, AT(ip), "ADDRESS",
	  "an address that sends mail; repeatable", NULL },
	{ REPORTS, "How mail is sent", "mail-from", 0, MD_OPT_TEXT, AT(mail_from), "ADDRESS",
	  "the reverse-path (envelope sender)", NULL },
	{ REPORTS, "How mail is sent", "helo", 0, MD_OPT_TEXT, AT(helo), "NAME",
	  "what the sending server says in HELO", NULL },
	{ MD_FOR_CHECK, "How mail is sent", "selector", 0, MD_OPT_TEXTS, AT(selector), "NAME",
	  "a DKIM selector in use; repeatable", NULL },

	{ MD_FOR_MESSAGE, "How it was received", "trusted-hops", 0, MD_OPT_NUMBER,
	  AT(trusted_hops), "N", "newest Received fields that are the receiver's", NULL },
	{ MD_FOR_MESSAGE, "How it was received", "now", 0, MD_OPT_TIME, AT(now), "TIME",
	  "judge at this time, not that of receipt", NULL },

	{ KEYS, "Whose key", "domain", 0, MD_OPT_TEXT, AT(domain), "DOMAIN",
	  "the signing domain (d=)", NULL },
	{ KEYS, "Whose key", "selector", 0, MD_OPT_TEXT, AT(signing_selector), "NAME",
	  "the name of the key there (s=)", NULL },
	{ MD_FOR_SIGN, "Whose key", "key", 0, MD_OPT_FILE, AT(key), "FILE",
	  "the private key, in PEM", NULL },

	{ MD_FOR_SIGN, "The signature", "canonicalization", 0, MD_OPT_WORD,
	  AT(canonicalization), "HEADER/BODY", "relaxed or simple (relaxed/relaxed)",
	  canonical_forms },
	{ MD_FOR_SIGN, "The signature", "sign-headers", 0, MD_OPT_TEXT, AT(sign_headers),
	  "NAMES", "these fields, with colons or commas", NULL },
	{ MD_FOR_SIGN, "The signature", "identity", 0, MD_OPT_TEXT, AT(identity), "ADDRESS",
	  "on whose behalf (i=)", NULL },
	{ MD_FOR_SIGN, "The signature", "expire", 0, MD_OPT_TEXT, AT(expire), "SECONDS",
	  "it is void after so long (x=)", NULL },
	{ MD_FOR_SIGN, "The signature", "now", 0, MD_OPT_TIME, AT(now), "TIME",
	  "sign as of this time (t=)", NULL },

	{ MD_FOR_KEYGEN, "The key", "type", 0, MD_OPT_WORD, AT(type), "TYPE",
	  "rsa (the default) or ed25519", key_types },
	{ MD_FOR_KEYGEN, "The key", "bits", 0, MD_OPT_NUMBER, AT(bits), "N",
	  "of an RSA key (2048)", NULL },
	{ MD_FOR_KEYGEN, "The key", "out", 0, MD_OPT_FILE, AT(out), "FILE",
	  "write it here (SELECTOR.DOMAIN.key)", NULL },

	{ MD_FOR_MESSAGE, "What else is told", "profile", 0, MD_OPT_TEXTS, AT(profile),
	  "PROVIDERS", "hold it against these providers' rules, with commas", NULL },
	{ MD_FOR_MESSAGE, "What else is told", "canonical", 0, MD_OPT_FILE, AT(canonical),
	  "DIR", "write here what each signature was made over", NULL },
	{ MD_FOR_MESSAGE, "What else is told", "spamd", 0, MD_OPT_TEXT, AT(spamd),
	  "HOST[:PORT]", "ask SpamAssassin for its score", NULL },
	{ MD_FOR_MESSAGE, "What else is told", "rspamd", 0, MD_OPT_TEXT, AT(rspamd), "URL",
	  "ask rspamd for its score", NULL },

	{ MD_FOR_SPF, "The record", "spf", 0, MD_OPT_TEXT, AT(spf), "RECORD",
	  "judge this record, not the one published", NULL },
	{ MD_FOR_SPF, "The record", "flatten", 0, MD_OPT_FLAG, AT(flatten), NULL,
	  "print the same as ip4 and ip6 terms alone", NULL },
	{ MD_FOR_SPF, "The record", "max-lookups", 0, MD_OPT_NUMBER, AT(max_lookups), "N",
	  "terms that may query the DNS (10)", NULL },
	{ MD_FOR_SPF, "The record", "max-voids", 0, MD_OPT_NUMBER, AT(max_voids), "N",
	  "terms whose lookups may find nothing (2)", NULL },
	{ MD_FOR_SPF, "The record", "max-mx", 0, MD_OPT_NUMBER, AT(max_mx), "N",
	  "hosts that an mx may have (10)", NULL },
	{ MD_FOR_SPF, "The record", "max-ptr", 0, MD_OPT_NUMBER, AT(max_ptr), "N",
	  "names of the client that ptr looks at (10)", NULL },

	{ CHOICE, "What is checked", "only", 0, MD_OPT_CHECKS, AT(only), "CHECKS",
	  "these checks alone, with commas", NULL },
	{ CHOICE, "What is checked", "skip", 0, MD_OPT_CHECKS, AT(skip), "CHECKS",
	  "all but these checks", NULL },
	{ REPORTS, "What is checked", "ignore", 0, MD_OPT_RULES, AT(ignore), "RULE[@SUBJECT]",
	  "let a finding not count; repeatable", NULL },
	{ MD_FOR_CHECK, "What is checked", "stdin", 0, MD_OPT_FLAG, AT(from_stdin), NULL,
	  "read domains from standard input, one a line", NULL },

	{ REPORTS, "Where answers come from", "resolver", 0, MD_OPT_TEXTS, AT(resolver),
	  "ADDRESS[:PORT]", "name server to ask; repeatable", NULL },
	{ REPORTS, "Where answers come from", "zone", 0, MD_OPT_FILES, AT(zone), "FILE",
	  "zone file laid over the DNS; repeatable", NULL },
	{ REPORTS, "Where answers come from", "replay", 0, MD_OPT_FILE, AT(replay), "FILE",
	  "answer from recorded facts first", NULL },
	{ REPORTS, "Where answers come from", "record", 0, MD_OPT_FILE, AT(record), "FILE",
	  "write every fact that was seen", NULL },
	{ REPORTS, "Where answers come from", "offline", 0, MD_OPT_FLAG, AT(offline), NULL,
	  "never ask the network", NULL },
	{ REPORTS, "Where answers come from", "no-second-opinion", 0, MD_OPT_FLAG,
	  AT(no_second_opinion), NULL, "ask no other verifier", NULL },
	{ REPORTS, "Where answers come from", "data", 0, MD_OPT_FILE, AT(data), "DIR",
	  "files here replace the built-in ones", NULL },

	{ REPORTS, "Patience", "timeout", 0, MD_OPT_SECONDS, AT(timeout), "SECONDS",
	  "for the whole report (60)", NULL },
	{ REPORTS, "Patience", "query-timeout", 0, MD_OPT_SECONDS, AT(query_timeout), "SECONDS",
	  "for one attempt of a question (2)", NULL },
	{ REPORTS, "Patience", "tries", 0, MD_OPT_NUMBER, AT(tries), "N",
	  "attempts per question (4)", NULL },
	{ REPORTS, "Patience", "jobs", 0, MD_OPT_NUMBER, AT(jobs), "N",
	  "domains examined at a time (64)", NULL },

	{ REPORTS, "The report", "format", 0, MD_OPT_WORD, AT(format), "FORMAT",
	  "text, json, jsonl, markdown, github, ...", report_formats },
	{ MD_FOR_LIST, "The list", "format", 0, MD_OPT_WORD, AT(format), "FORMAT",
	  "text, markdown or json", list_formats },
	{ REPORTS, "The report", "output", 0, MD_OPT_FILES, AT(output), "[FORMAT=]FILE",
	  "write it here, whole or not at all; repeatable", NULL },
	{ REPORTS, "The report", "fail-on", 0, MD_OPT_WORD, AT(fail_on), "SEVERITY",
	  "exit 1 from fail, warn, info on, or never", severities },
	{ REPORTS, "The report", "color", 0, MD_OPT_WORD, AT(color), "WHEN",
	  "auto, always or never", when },
	{ REPORTS, "The report", "quiet", 'q', MD_OPT_FLAG, AT(quiet), NULL, "the verdict only",
	  NULL },
	{ REPORTS, "The report", "verbose", 'v', MD_OPT_FLAG, AT(verbose), NULL,
	  "also facts, times and what is right", NULL },

	{ MD_FOR_ALL, "Else", "help", 'h', MD_OPT_FLAG, AT(help), NULL, "print this", NULL },
	{ MD_FOR_ALL, "Else", "version", 0, MD_OPT_FLAG, AT(version), NULL, "print the version",
	  NULL },
	{ 0, NULL, NULL, 0, MD_OPT_FLAG, 0, NULL, NULL, NULL },
};
