/* Settings of the gate: what is read, and what is said of each mistake. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sys/stat.h>

#include "ask/check.h"
#include "ask/datafile.h"
#include "base/arena.h"
#include "base/file.h"
#include "gate/config.h"

static const char *const rules[] = { "dmarc.policy-none", "dns.ns-single",
	                             "spf.too-many-lookups", NULL };
static const struct md_gate_known known = {
	rules, { "Fastmail\t-\nGoogle Workspace\tgoogle.com\n", 39 }
};

#define WAIVER "waivers:\n  - rule: dmarc.policy-none\n    reason: x\n"

/* Each with all that is said after "f.yaml:". */
static const struct {
	const char *text, *why;
} bad[] = {
	/* keys */
	{ "domain: [a.example]\n",
	  "1: \"domain\" is no key of the file, did you mean \"domains\"? there are domains, "
	  "selectors, senders, messages, severities, waivers, fail-on, fail-on-unknown" },
	{ "\n# all\nwhatever: 1\n",
	  "3: \"whatever\" is no key of the file: there are domains, selectors, senders, "
	  "messages, severities, waivers, fail-on, fail-on-unknown" },
	{ "domains: a.example\nfail-on: warn\ndomains: b.example\n",
	  "3: \"domains\" stands here again, after line 1" },
	{ "waivers:\n- rule: dns.ns-single\n  reson: x\n  expires: never\n",
	  "3: waivers: \"reson\" is no key of a waiver, did you mean \"reason\"? there are rule, "
	  "subject, reason, expires" },
	{ "senders:\n- ip: 192.0.2.1\n  dkim:\n    selectr: s1\n",
	  "4: dkim: \"selectr\" is no key of a signature, did you mean \"selector\"? there are "
	  "domain, selector" },
	/* kinds */
	{ "- a\n", "1: the file must be a mapping (key: value), this is a list (- …)" },
	{ "text\n", "1: the file must be a mapping (key: value), this is a text" },
	{ "domains:\n  a.example: 1\n",
	  "2: domains: a text is expected, this is a mapping (key: value)" },
	{ "domains: [[a.example]]\n", "1: domains: a text is expected, this is a list (- …)" },
	{ "senders: a.example\n",
	  "1: senders: a sender must be a mapping (key: value), this is a text" },
	{ "severities: [dns.ns-single]\n",
	  "1: severities: a mapping of rules to fail, warn, info "
	  "or ignore is expected (RULE: warn)" },
	{ "messages:\n-\n", "2: messages: nothing stands here" },
	{ "fail-on:\n",
	  "1: fail-on: nothing stands here: one of fail, warn, info, never is expected" },
	{ "fail-on: ''\n", "1: fail-on: nothing stands here" },
	{ "messages: |\n  a\n  b\n", "1: messages: one line without control characters is "
	                             "expected, not \"a\\010b\"" },
	{ "messages: \"a\\0\"\n", "1: messages: one line without control characters is "
	                          "expected, not \"a\\000\"" },
	/* words */
	{ "fail-on: error\n", "1: fail-on: \"error\" is none of fail, warn, info, never" },
	{ "fail-on-unknown: yes\n", "1: fail-on-unknown: \"yes\" is none of true, false" },
	{ "severities:\n  dns.ns-single: unknown\n",
	  "2: severities: \"unknown\" is none of fail, warn, info, ignore" },
	{ "severities:\n  dns.ns-singel: warn\n",
	  "2: severities: there is no rule \"dns.ns-singel\", did you mean \"dns.ns-single\"? "
	  "(maildiag list has them all)" },
	/* names and addresses */
	{ "domains: [a.example, b..example]\n",
	  "1: domains: \"b..example\" is not a domain name: it has an empty label (two dots together, or a dot in front)" },
	{ "domains: 192.0.2.1\n", NULL },
	{ "selectors: a..b\n", "1: selectors: \"a..b\" is no DKIM selector" },
	{ "senders:\n- ip: 192.0.2.0/24\n  domain: a.example\n",
	  "2: ip: \"192.0.2.0/24\" is no IP address (a single one, no network)" },
	{ "senders:\n- ips: [192.0.2.1,\n    192.0.2.256]\n  domain: a.example\n",
	  "3: ips: \"192.0.2.256\" is no IP address (a single one, no network)" },
	{ "senders:\n- ip: 192.0.2.1\n  mail-from: '@a.example'\n",
	  "3: mail-from: nothing stands before the @ of \"@a.example\"" },
	{ "senders:\n- ip: 192.0.2.1\n  mail-from: a@b..c\n",
	  "3: mail-from: \"b..c\" is not a domain name: it has an empty label (two dots together, or a dot in front): an address, a domain "
	  "or <> is expected" },
	{ "senders:\n- provider: Fastmali\n",
	  "2: provider: no provider \"Fastmali\", did you mean \"Fastmail\"?" },
	{ "senders:\n- provider: the post\n",
	  "2: provider: no provider \"the post\": there are Fastmail, Google Workspace" },
	/* senders as a whole */
	{ "senders:\n- name: x\n", "2: senders: a sender needs one of \"ip\", \"provider\" and "
	                           "\"dkim\", to be followed by" },
	{ "senders:\n- ip: 192.0.2.1\n", "2: a sender needs \"domain\", where \"domains\" does "
	                                 "not name exactly one" },
	{ "domains: [a.example, b.example]\nsenders:\n- ip: 192.0.2.1\n",
	  "3: a sender needs \"domain\", where \"domains\" does not name exactly one" },
	{ "senders:\n- dkim:\n    domain: a.example\n",
	  "3: dkim: a signature needs \"selector\"" },
	/* waivers */
	{ WAIVER, "2: waivers: a waiver needs \"expires\"" },
	{ "waivers:\n- rule: dns.ns-single\n  expires: never\n",
	  "2: waivers: a waiver needs \"reason\"" },
	{ "waivers:\n- reason: x\n  expires: never\n", "2: waivers: a waiver needs \"rule\"" },
	{ "waivers:\n- rule: dns.ns\n  reason: x\n  expires: never\n",
	  "2: rule: there is no rule \"dns.ns\" (maildiag list has them all)" },
	{ WAIVER "    expires:\n", "4: expires: nothing stands here: YYYY-MM-DD or never" },
	{ WAIVER "    expires: 2026-02-29\n",
	  "4: expires: \"2026-02-29\" is no day: YYYY-MM-DD, the last day on which the waiver "
	  "counts, or never" },
	{ WAIVER "    expires: 31.12.2026\n", NULL },
	{ WAIVER "    expires: 2026-13-01\n", NULL },
	{ WAIVER "    expires: 2026-00-10\n", NULL },
	{ WAIVER "    expires: 2026-12-+1\n", NULL },
	{ WAIVER "    expires: 2026-12-31x\n", NULL },
	{ WAIVER "    expires: Never\n", NULL },
	/* YAML */
	{ "domains: [a.example\n",
	  "2: no YAML: did not find expected ',' or ']' while parsing a flow sequence" },
	{ "domains:\n\t- a.example\n", NULL },
	{ "a: 1\n b: 2\n", NULL },
	{ "fail-on: \xFF\n", "1: no text in UTF-8: invalid leading UTF-8 octet" },
	{ "\n\nfail-on: \x01\n", "3: no text in UTF-8: control characters are not allowed" },
	{ "domains: &a [a.example]\nselectors: *a\n",
	  "1: anchors (&name) and aliases (*name) are not read: write it out, or put quotes around it" },
	{ "selectors: *a\n",
	  "1: anchors (&name) and aliases (*name) are not read: write it out, or put quotes around it" },
	{ "selectors: !!set {a}\n", "1: tags (!name) are not read: put quotes around it" },
	{ "fail-on: !x warn\n", "1: tags (!name) are not read: put quotes around it" },
	{ "[a]: b\n", "1: a key of a mapping must be a text" },
	{ "fail-on: warn\n---\nfail-on: warn\n", "2: a second document begins here" },
	{ "fail-on: warn\n...\n]\n", NULL },
};

static void
mistakes_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct md_arena *mem = md_arena_new();
		const char *why = "";

		print_message("  %s\n", bad[i].text);
		assert_null(
		        md_gate_config_parse(mem, "f.yaml", md_str(bad[i].text), &known, &why));
		print_message("    %s\n", why);
		assert_int_equal(strncmp(why, "f.yaml:", 7), 0);
		if (bad[i].why != NULL)
			assert_string_equal(why + 7, bad[i].why);
		md_arena_free(mem);
	}
}

static void
depth_is_bounded(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf text = { .mem = mem };
	const char *why = "";

	(void)state;
	for (unsigned i = 0; i < 100000; i++)
		md_buf_addc(&text, '[');
	assert_null(md_gate_config_parse(mem, "f", (struct md_str){ text.p, text.len }, &known,
	                                 &why));
	assert_string_equal(why, "f:1: more than 32 lists and mappings in one another");
	md_arena_free(mem);
}

static const struct md_gate_config *
parsed(struct md_arena *mem, const char *path, const char *text)
{
	const char *why = "";
	const struct md_gate_config *config =
	        md_gate_config_parse(mem, path, md_str(text), &known, &why);

	assert_string_equal(why, "");
	assert_non_null(config);
	return config;
}

/* Nothing is declared by an empty file, nor by keys whose items are commented out. */
static void
nothing_is_fine(void **state)
{
	static const char *const texts[] = {
		"",
		"# nothing\n",
		"---\n",
		"{}",
		"domains:\nsenders: []\nwaivers:\n",
		"~",
		"\xEF\xBB\xBF# a mark\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct md_arena *mem = md_arena_new();
		const struct md_gate_config *c = parsed(mem, "f", texts[i]);

		assert_int_equal(c->ndomains + c->nsenders + c->nwaivers + c->nmessages, 0);
		assert_string_equal(c->fail_on, "");
		assert_false(c->fail_on_unknown);
		md_arena_free(mem);
	}
}

static void
defaults_are_filled_in(void **state)
{
	struct md_arena *mem = md_arena_new();
	const struct md_gate_config *c = parsed(
	        mem, "conf/f.yaml",
	        "senders:\n- ip: [192.0.2.1, '::ffff:192.0.2.1', 192.0.2.2]\n- provider: fastmail\n"
	        "- dkim: {selector: S1}\n- ip: '2001:DB8::1'\n  mail-from: A@B.Example.\n"
	        "domains: Bücher.Example.\nselectors: [s1, S1, 2024]\n"
	        "messages: [a.eml, /b.eml]\n");

	(void)state;
	assert_int_equal(c->ndomains, 1);
	assert_string_equal(c->domains[0], "xn--bcher-kva.example");
	assert_int_equal(c->nselectors, 2);
	assert_string_equal(c->selectors[1], "2024");
	assert_string_equal(c->messages[0], "conf/a.eml");
	assert_string_equal(c->messages[1], "/b.eml");
	assert_int_equal(c->message_places[1].line, 9);
	assert_int_equal(c->nsenders, 4);
	assert_string_equal(c->senders[0].name, "192.0.2.1");
	assert_string_equal(c->senders[0].domain, "xn--bcher-kva.example");
	assert_string_equal(c->senders[0].dkim_domain, "");
	assert_int_equal(c->senders[0].nips, 2);
	assert_string_equal(c->senders[1].name, "Fastmail");
	assert_string_equal(c->senders[1].provider, "Fastmail");
	assert_int_equal(c->senders[1].place.line, 3);
	assert_string_equal(c->senders[2].name, "selector s1");
	assert_string_equal(c->senders[2].dkim_domain, "xn--bcher-kva.example");
	assert_string_equal(c->senders[3].name, "2001:db8::1");
	assert_string_equal(c->senders[3].mail_from.text, "A@b.example");
	md_arena_free(mem);
}

static void
severities_are_changed(void **state)
{
	struct md_arena *mem = md_arena_new();
	const struct md_gate_config *c = parsed(
	        mem, "f", "severities: {dns.ns-single: ignore, dmarc.policy-none: fail}");

	(void)state;
	assert_int_equal(md_gate_severity(c, "dns.ns-single", MD_WARN), MD_PASS);
	assert_int_equal(md_gate_severity(c, "dmarc.policy-none", MD_WARN), MD_FAIL);
	assert_int_equal(md_gate_severity(c, "spf.too-many-lookups", MD_WARN), MD_WARN);
	assert_int_equal(md_gate_severity(md_gate_config_none(), "dns.ns-single", MD_INFO),
	                 MD_INFO);
	assert_int_equal(md_gate_severity(NULL, "dns.ns-single", MD_INFO), MD_INFO);
	md_arena_free(mem);
}

/* 1798761600 is the midnight after 31 December 2026 (UTC). */
enum { NEW_YEAR = 1798761600 };

static const struct {
	const char *rule, *subject;
	int64_t now;
	const char *until, *expired; /* NULL: none */
} asked[] = {
	{ "dmarc.policy-none", "a.example", NEW_YEAR - 1, "2026-12-31", NULL },
	{ "dmarc.policy-none", "A.Example.", NEW_YEAR - 1, "2026-12-31", NULL },
	{ "dmarc.policy-none", "a.example", NEW_YEAR, NULL, "2026-12-31" },
	{ "dmarc.policy-none", "b.a.example", NEW_YEAR - 1, NULL, NULL },
	{ "dns.ns-single", "anything", NEW_YEAR *INT64_C(2), "never", NULL },
	{ "spf.too-many-lookups", "a.example", 0, "2024-02-29", NULL },
	{ "spf.too-many-lookups", "a.example", NEW_YEAR - 1, "2026-12-31", NULL },
	{ "spf.too-many-lookups", "a.example", NEW_YEAR, NULL, "2026-12-31" },
	{ "spf.too-many-lookups", "b.example", NEW_YEAR, NULL, "2024-02-29" },
	{ "dmarc.other", "a.example", 0, NULL, NULL },
};

static void
waivers_count_until_their_last_day(void **state)
{
	struct md_arena *mem = md_arena_new();
	const struct md_gate_config *c = parsed(
	        mem, "f",
	        "waivers:\n"
	        "- {rule: dmarc.policy-none, subject: a.example, reason: x, expires: 2026-12-31}\n"
	        "- {rule: dns.ns-single, reason: x, expires: never}\n"
	        "- {rule: spf.too-many-lookups, reason: x, expires: 2024-02-29}\n"
	        "- {rule: spf.too-many-lookups, reason: x, expires: 2026-12-31, subject: "
	        "a.example}\n");

	(void)state;
	assert_int_equal(c->waivers[0].expires, NEW_YEAR);
	assert_int_equal(c->waivers[3].place.line, 5);
	for (size_t i = 0; i < COUNT(asked); i++) {
		const struct md_waiver *expired = c->waivers;
		const struct md_waiver *w = md_waiver_for(c, asked[i].rule, asked[i].subject,
		                                          asked[i].now, &expired);

		print_message("  %s %s\n", asked[i].rule, asked[i].subject);
		assert_ptr_equal(w, md_waiver_for(c, asked[i].rule, asked[i].subject,
		                                  asked[i].now, NULL));
		assert_string_equal(w != NULL ? w->until : "",
		                    asked[i].until != NULL ? asked[i].until : "");
		assert_string_equal(expired != NULL ? expired->until : "",
		                    asked[i].expired != NULL ? asked[i].expired : "");
	}
	md_arena_free(mem);
}

/* ---- files ---- */

static const char *const *
all_rules(struct md_arena *mem)
{
	const char **ids = NULL;
	size_t n = 0;

	for (const struct md_check *const *c = md_checks_all(); *c != NULL; c++)
		for (size_t i = 0; i < (*c)->nrules; i++)
			MD_PUSH(mem, ids, n, (*c)->rules[i].id);
	MD_PUSH(mem, ids, n, NULL);
	return ids;
}

/* The example of the documentation is valid, and shows every key. */
static void
the_example_is_complete(void **state)
{
	static const char *const keys[] = { "name",     "domain",    "ip",      "ips",
		                            "provider", "mail-from", "helo",    "dkim",
		                            "selector", "rule",      "subject", "reason",
		                            "expires" };
	static const char path[] = SOURCE_DIR "/docs/maildiag.yaml.example";
	struct md_arena *mem = md_arena_new();
	const char *why = "";
	struct md_datafiles *files = md_datafiles_open(mem, NULL, &why);
	const struct md_gate_known all = { all_rules(mem),
		                           md_datafiles_find(files, "providers") };
	const struct md_gate_config *c = md_gate_config_read(mem, path, &all, &why);
	struct md_str text;

	(void)state;
	assert_string_equal(why != NULL ? why : "", "");
	assert_non_null(c);
	assert_true(c->ndomains > 0 && c->nselectors > 0 && c->nsenders > 0);
	assert_true(c->nmessages > 0 && c->noverrides > 0 && c->nwaivers > 0);
	assert_string_equal(c->fail_on, "warn");
	assert_string_equal(c->messages[0], SOURCE_DIR "/docs/samples/invoice.eml");
	assert_true(md_file_read(mem, path, MD_GATE_CONFIG_MOST, &text, &why));
	for (size_t i = 0; i < COUNT(keys); i++) {
		print_message("  %s\n", keys[i]);
		assert_non_null(strstr(text.p, md_printf(mem, " %s:", keys[i])));
	}
	assert_non_null(strstr(text.p, "\nfail-on-unknown:"));
	md_arena_free(mem);
}

static void
touch(struct md_arena *mem, const char *folder, const char *name)
{
	FILE *file = fopen(md_printf(mem, "%s/%s", folder, name), "w");

	assert_non_null(file);
	fclose(file);
}

static void
the_nearest_file_is_found(void **state)
{
	struct md_arena *mem = md_arena_new();
	char *top = md_strdup(mem, "/tmp/maildiag-config-XXXXXX");
	const char *repo, *deep;

	(void)state;
	assert_non_null(mkdtemp(top));
	repo = md_printf(mem, "%s/repo", top);
	deep = md_printf(mem, "%s/a", repo);
	assert_int_equal(mkdir(repo, 0700) | mkdir(deep, 0700), 0);
	touch(mem, top, ".maildiag.yaml");
	/* Outside a repository only the folder itself counts. */
	assert_null(md_gate_config_find(mem, deep));
	assert_string_equal(md_gate_config_find(mem, top),
	                    md_printf(mem, "%s/.maildiag.yaml", top));
	/* Nor does what lies above the root of one. */
	touch(mem, repo, ".git");
	assert_null(md_gate_config_find(mem, deep));
	touch(mem, repo, ".maildiag.yaml");
	assert_string_equal(md_gate_config_find(mem, deep),
	                    md_printf(mem, "%s/../.maildiag.yaml", deep));
	touch(mem, deep, ".maildiag.yaml");
	assert_string_equal(md_gate_config_find(mem, deep),
	                    md_printf(mem, "%s/.maildiag.yaml", deep));
	assert_int_equal(chdir(deep), 0);
	assert_string_equal(md_gate_config_find(mem, NULL), ".maildiag.yaml");
	assert_int_equal(unlink(".maildiag.yaml"), 0);
	assert_string_equal(md_gate_config_find(mem, NULL), "../.maildiag.yaml");
	assert_int_equal(chdir(top), 0);
	assert_int_equal(unlink("repo/.maildiag.yaml") | unlink("repo/.git") |
	                         unlink(".maildiag.yaml") | rmdir("repo/a") | rmdir("repo") |
	                         rmdir(top),
	                 0);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(nothing_is_fine),
		cmocka_unit_test(defaults_are_filled_in),
		cmocka_unit_test(severities_are_changed),
		cmocka_unit_test(waivers_count_until_their_last_day),
		cmocka_unit_test(the_example_is_complete),
		cmocka_unit_test(the_nearest_file_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
