/* Two reports of a domain: what counts as new, fixed and unchanged, and which gaps count. */
#include "unit.h"

#include "ask/check.h"
#include "base/arena.h"
#include "gate/compare.h"
#include "gate/render.h"
#include "gate/rows.h"
#include "gate/touched.h"
#include "kind/dns.h"

static const struct md_rule rules[] = {
	[0] = {
		.id = "t.a",
		.severity = MD_FAIL,
		.title = "A",
		.fix = "mend a",
		.reference = "RFC 1",
	},
	[1] = {
		.id = "t.b",
		.severity = MD_WARN,
		.title = "B",
		.fix = "mend b",
		.reference = "RFC 2",
	},
	[2] = {
		.id = "t.c",
		.severity = MD_PASS,
		.title = "C",
		.fix = "nothing to do",
		.reference = "RFC 3",
	},
};
static const struct md_check check = { .name = "spf", .title = "SPF", MD_RULES(rules) };

/*
 * A side in words: "a1F" is rule a about subject 1 with severity Fail, Warn or Info; "?x" a gap
 * about x that is inconclusive; "!" says that the TXT record is another, "-" that it is not
 * known.
 */
static struct md_report *
side(struct md_arena *mem, const char *words)
{
	struct md_report *report = md_alloc(mem, sizeof(*report));
	struct md_subject *subject = md_alloc(mem, sizeof(*subject));
	struct md_result *result = md_alloc(mem, sizeof(*result));
	struct md_dns *txt = md_alloc(mem, sizeof(*txt));
	const struct md_fact **facts = md_alloc(mem, sizeof(const struct md_fact *));
	struct md_finding **last = &result->findings;
	struct md_gap **last_gap = &result->gaps;
	struct md_str rest = md_str(words), word;

	subject->kind = &md_subject_domain;
	subject->domain = "example.com";
	*result = (struct md_result){ .check = &check, .skipped = "" };
	*txt = (struct md_dns){
		.fact = { .kind = &md_dns_kind, .state = MD_PRESENT, .why = "" },
		.question = { "example.com", MD_TXT, 0, "" },
		.canonical = "example.com"
	};
	while (md_str_cut(&rest, ' ', &word)) {
		struct md_finding *f;

		if (word.p[0] == '!') {
			txt->fact.state = MD_ABSENT;
		} else if (word.p[0] == '-') {
			txt->fact.state = MD_UNKNOWN;
		} else if (word.p[0] == '?') {
			*last_gap = md_alloc(mem, sizeof(**last_gap));
			**last_gap = (struct md_gap){ .kind = MD_INCONCLUSIVE,
				                      .fact = md_strndup(mem, word.p + 1,
				                                         word.len - 1),
				                      .why = "no answer" };
			last_gap = &(*last_gap)->next;
		} else if (word.len == 3) {
			f = md_alloc(mem, sizeof(*f));
			f->rule = &rules[word.p[0] - 'a'];
			f->subject = md_strndup(mem, word.p + 1, 1);
			f->severity = word.p[2] == 'F'   ? MD_FAIL
			              : word.p[2] == 'W' ? MD_WARN
			              : word.p[2] == 'I' ? MD_INFO
			                                 : MD_PASS;
			f->evidence = "seen";
			f->record = "";
			*last = f;
			last = &f->next;
		}
	}
	facts[0] = &txt->fact;
	md_bits_add(mem, &result->reads.all, 0);
	md_bits_add(mem, &result->reads.deciding, 0);
	*report = (struct md_report){ .subject = subject,
		                      .nresults = 1,
		                      .results = result,
		                      .nfacts = 1,
		                      .facts = facts };
	return report;
}

static const struct md_proposal *
nothing(struct md_arena *mem)
{
	return md_proposal_done(md_proposal_new(mem));
}

/* "+" new, "-" fixed, "=" unchanged; "*" when it fails; then rule and subject, or "?" and the
 * gap. */
static const char *
compared(struct md_arena *mem, struct md_gate_sides sides)
{
	static const char marks[] = {
		[MD_NOVELTY_NONE] = '~', [MD_NEW] = '+', [MD_FIXED] = '-', [MD_UNCHANGED] = '='
	};
	struct md_notices *rows = md_notices_new(mem);
	struct md_buf out = { .mem = mem };

	sides.proposal = nothing(mem);
	if (sides.config == NULL)
		sides.config = md_gate_config_none();
	md_gate_compare(&sides, rows);
	for (size_t i = 0; i < rows->n; i++) {
		const struct md_notice *row = &rows->all[i];

		if (row->kind == MD_NOTICE_PASS || row->kind == MD_NOTICE_SKIPPED)
			continue;
		md_buf_printf(&out, "%s%c%s%s%s", out.len > 0 ? " " : "", marks[row->novelty],
		              row->fails ? "*" : "",
		              row->kind == MD_NOTICE_GAP ? "?" : row->rule + 2, row->about);
	}
	return md_buf_str(&out);
}

static const struct {
	const char *before, *after, *rows, *all; /* all: with --all */
} cases[] = {
	{ "", "", "", "" },
	{ "", "a1F", "+*a1", "+*a1" },
	{ "a1F", "", "-a1", "-a1" },
	{ "a1F", "a1F", "", "=a1" },
	{ "", "b1W", "+b1", "+b1" },
	{ "a1F", "a2F", "+*a2 -a1", "+*a2 -a1" },
	/* what is right is no finding */
	{ "", "c1P", "", "" },
	/* which of several: the third is new */
	{ "a1F a1F", "a1F a1F a1F", "+*a1", "=a1 =a1 +*a1" },
	{ "a1F a1F", "a1F", "-a1", "=a1 -a1" },
	/* worse is new, better is not */
	{ "b1W", "b1F", "+*b1", "+*b1" },
	{ "b1F", "b1W", "", "=b1" },
	{ "b1P", "b1W", "+b1", "+b1" },
	/* nothing is called new that may have been there before */
	{ "?x", "a1F ?x", "", "=a1 =?x" },
	{ "?x", "a1F", "", "=a1" },
	{ "?x", "a1F !", "+*a1", "+*a1" },
	/* an outage is no failure: it is not known what was there */
	{ "?x -", "a1F", "+?x ~a1", "+?x ~a1" },
	{ "a1F ?x -", "a1F", "", "=a1" },
	/* nor fixed what could not be looked for */
	{ "a1F", "?x", "+?x", "+?x" },
	/* a gap on both sides counts only where the facts differ */
	{ "?x", "?x", "", "=?x" },
	{ "?x", "?x !", "+?x", "+?x" },
	{ "?x", "?y", "+?y", "+?y" },
	{ "?x", "", "", "" },
};

static void
findings_are_new_fixed_or_unchanged(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_gate_sides sides = { .mem = mem,
			                       .base = side(mem, cases[i].before),
			                       .proposed = side(mem, cases[i].after),
			                       .fail_on = "fail" };

		print_message("  %s | %s\n", cases[i].before, cases[i].after);
		assert_string_equal(compared(mem, sides), cases[i].rows);
		sides.all = true;
		assert_string_equal(compared(mem, sides), cases[i].all);
	}
	md_arena_free(mem);
}

static void
what_fails_is_the_users_wish(void **state)
{
	static const struct md_waiver waivers[] = {
		{ .rule = "t.a", .subject = "1", .reason = "known", .expires = 100 },
	};
	static const struct md_severity_override overrides[] = { { "t.b", MD_FAIL } };
	static const struct md_gate_config config = { .path = "",
		                                      .fail_on = "",
		                                      .nwaivers = 1,
		                                      .waivers = waivers,
		                                      .noverrides = 1,
		                                      .overrides = overrides };
	static const char *const ignore[] = { "t.a@2", "t.b", NULL };
	struct md_arena *mem = md_arena_new();
	struct md_gate_sides sides = { .mem = mem,
		                       .base = side(mem, ""),
		                       .proposed = side(mem, "a1F b2W ?x"),
		                       .fail_on = "fail" };

	(void)state;
	assert_string_equal(compared(mem, sides), "+*a1 +b2 +?x");
	sides.fail_on = "warn";
	assert_string_equal(compared(mem, sides), "+*a1 +*b2 +?x");
	sides.fail_on = "never";
	assert_string_equal(compared(mem, sides), "+a1 +b2 +?x");
	sides.fail_on_unknown = true;
	assert_string_equal(compared(mem, sides), "+a1 +b2 +*?x");
	sides = (struct md_gate_sides){ .mem = mem,
		                        .base = side(mem, ""),
		                        .proposed = side(mem, "a1F a2F b2W"),
		                        .fail_on = "warn",
		                        .ignore = ignore };
	assert_string_equal(compared(mem, sides), "+*a1 +a2 +b2");
	sides.ignore = NULL;
	sides.fail_on = "fail";
	sides.config = &config;
	sides.now = 99;
	assert_string_equal(compared(mem, sides), "+a1 +*a2 +*b2");
	sides.now = 101; /* the waiver has expired */
	assert_string_equal(compared(mem, sides), "+*a1 +*a2 +*b2");
	/* an overriding severity counts before, too: what was there is not new by it */
	sides.base = side(mem, "b2W");
	assert_string_equal(compared(mem, sides), "+*a1 +*a2");
	md_arena_free(mem);
}

static const struct {
	const char *name;
	uint16_t type;
	const char *domain;
} owners[] = {
	{ "_dmarc.example.com", MD_TXT, "example.com" },
	{ "s1._domainkey.mail.example.com", MD_TXT, "mail.example.com" },
	{ "a.b._domainkey.example.com", MD_CNAME, "example.com" },
	{ "_smtp._tls.example.com", MD_TXT, "example.com" },
	{ "_mta-sts.example.com", MD_TXT, "example.com" },
	{ "mta-sts.example.com", MD_A, "example.com" },
	{ "default._bimi.example.com", MD_TXT, "example.com" },
	{ "_25._tcp.mx.example.com", MD_TLSA, "example.com" },
	{ "news.example.com", MD_TXT, "news.example.com" },
	{ "news.example.com", MD_MX, "news.example.com" },
	{ "www.example.com", MD_A, "example.com" },
	{ "_acme.www.example.com", MD_TXT, "example.com" },
};

static void
names_tell_their_domain(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(owners); i++)
		assert_string_equal(md_found_domain_of(mem, owners[i].name, owners[i].type),
		                    owners[i].domain);
	md_arena_free(mem);
}

static void
domains_are_found_in_a_zone(void **state)
{
	static const char *const sets[] = {
		"example.com MX 10 mx.example.com",
		"_spf.example.com TXT \"v=spf1 ip4:192.0.2.1 -all\"",
		"news.example.com TXT \"v=spf1 -all\"",
		"s1._domainkey.example.com TXT \"v=DKIM1; p=\"",
	};
	struct md_arena *mem = md_arena_new();
	struct md_proposal_builder *b = md_proposal_new(mem);
	struct md_found found;
	const char *why;

	(void)state;
	for (size_t i = 0; i < COUNT(sets); i++)
		assert_true(md_proposal_set(b, sets[i], &why));
	md_found_init(&found, mem);
	md_found_in(&found, md_proposal_done(b));
	assert_int_equal(found.ndomains, 2);
	assert_string_equal(found.domains[0], "example.com");
	assert_string_equal(found.domains[1], "news.example.com");
	assert_int_equal(found.keys.n, 1);
	assert_int_equal(md_found_keys_of(&found, "example.com").n, 1);
	assert_int_equal(md_found_keys_of(&found, "news.example.com").n, 0);
	md_arena_free(mem);
}

static void
the_verdict_is_told_in_a_sentence(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_notices *rows = md_notices_new(mem);
	struct md_notice row = md_gate_row(&rules[1], "example.com");

	(void)state;
	md_notices_add(rows, &row);
	md_gate_conclude(rows);
	assert_string_equal(rows->headline,
	                    "go ahead: mail of example.com still works: 1 new warning");
	row.kind = MD_NOTICE_GAP;
	md_notices_add(rows, &row);
	md_gate_conclude(rows);
	assert_true(md_gate_is_unknown(rows) && !md_gate_stops(rows) && !rows->complete);
	row = md_gate_row(&rules[0], "example.com");
	row.fails = true;
	md_notices_add(rows, &row);
	md_gate_conclude(rows);
	assert_string_equal(rows->headline,
	                    "STOP: this change breaks mail of example.com: 1 new "
	                    "failure, 1 new warning, 1 unknown");
	assert_int_equal(rows->verdict, MD_FAIL);
	md_arena_free(mem);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings_are_new_fixed_or_unchanged),
		cmocka_unit_test(what_fails_is_the_users_wish),
		cmocka_unit_test(names_tell_their_domain),
		cmocka_unit_test(domains_are_found_in_a_zone),
		cmocka_unit_test(the_verdict_is_told_in_a_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
