/* The runner: attempts, gaps, derived results, aliases through the sources, verdicts. */
#include "unit.h"

#include <stdlib.h>

#include "offline.h"

enum { NO_ADDRESS, FINE, EXPLAINED };

static const struct md_rule rules[] = {
	[NO_ADDRESS] = {
		.id = "test.no-address",
		.severity = MD_FAIL,
		.title = "No address",
		.fix = "Give it one.",
		.reference = "RFC 1",
	},
	[FINE] = {
		.id = "test.fine",
		.severity = MD_PASS,
		.title = "Fine",
		.fix = "Nothing to do.",
		.reference = "RFC 1",
	},
	[EXPLAINED] = {
		.id = "test.explained",
		.severity = MD_UNSURE,
		.title = "Not known",
		.fix = "Ask again.",
		.reference = "RFC 1",
	},
};

static void
run_checks(struct offline *f, const struct md_check *const *checks, const char *facts,
           const char *const *ignore)
{
	const struct md_run_options options = { .domain = "example.com", .ignore = ignore };

	offline_open(f, facts);
	f->most_steps = 100;
	assert_true(offline_start(f, checks, &options));
	offline_finish(f);
}

static void
run_check(struct offline *f, const struct md_check *check, const char *facts,
          const char *const *ignore)
{
	run_checks(f, (const struct md_check *const[]){ check, NULL }, facts, ignore);
}

/* ---- checks to run ---- */

static unsigned attempts;

static void
look_at_hosts(struct md_ctx *c)
{
	const struct md_dns *mx = md_dns(c, MD_MX, md_domain(c));

	attempts++;
	if (!md_known(c, &mx->fact))
		return;
	for (size_t i = 0; i < mx->n; i++) {
		const struct md_dns *a = md_dns(c, MD_A, mx->rr[i].mx.exchange);

		if (!md_known_or(c, &a->fact, EXPLAINED))
			continue;
		if (a->n == 0)
			md_found(c, NO_ADDRESS, mx->rr[i].mx.exchange, "no A");
		else
			md_note(c, "host", "%s has %s", mx->rr[i].mx.exchange,
			        md_rr_text(md_mem(c), &a->rr[0]));
	}
}

static const struct md_check hosts = {
	.name = "hosts", .title = "Hosts", MD_RULES(rules), .run = look_at_hosts
};

static void
dependent_questions_are_asked_until_all_are_known(void **state)
{
	struct offline f;
	const struct md_result *r;

	(void)state;
	attempts = 0;
	run_check(&f, &hosts,
	          "example.com MX 10 a.example.com.\n"
	          "example.com MX 20 b.example.com.\n"
	          "example.com MX 30 c.example.com\n"
	          "a.example.com A 192.0.2.1\n"
	          "b.example.com A NXDOMAIN\n"
	          "c.example.com A ? no answer\n",
	          NULL);
	r = &f.report->results[0];
	assert_int_equal(attempts, 3); /* nothing known, MX known, all known */
	assert_string_equal(r->findings->subject, "b.example.com");
	assert_null(r->findings->next);
	assert_string_equal(r->notes->text, "a.example.com has 192.0.2.1");
	assert_string_equal(r->gaps->fact, "A c.example.com");
	assert_string_equal(r->gaps->why, "no answer");
	assert_ptr_equal(r->gaps->rule, &rules[EXPLAINED]);
	assert_int_equal(r->gaps->kind, MD_INCONCLUSIVE);
	assert_int_equal(r->verdict, MD_FAIL);
	assert_int_equal(f.report->verdict, MD_FAIL);
	assert_false(f.report->complete);
	offline_close(&f);
}

static void
what_nobody_knows_offline_is_a_limit_but_no_pass(void **state)
{
	struct offline f;

	(void)state;
	run_check(&f, &hosts, "", NULL);
	assert_int_equal(f.report->results[0].gaps->kind, MD_BLIND);
	assert_int_equal(f.report->verdict, MD_UNSURE);
	assert_false(f.report->complete); /* no check could decide anything */
	offline_close(&f);
}

static void
aliases_are_followed_link_by_link(void **state)
{
	struct offline f;

	(void)state;
	run_check(&f, &hosts,
	          "example.com CNAME x.example.net.\n"
	          "x.example.net MX 1 a.example.com.\n"
	          "a.example.com CNAME b.example.com.\n"
	          "b.example.com CNAME a.example.com.\n",
	          NULL);
	/* both names were met on the way, and none has an address: known for good */
	assert_string_equal(f.report->results[0].findings->subject, "a.example.com");
	assert_null(f.report->results[0].gaps);
	offline_close(&f);
}

static unsigned derivations;

static const void *
hosts_of(struct md_ctx *c, const char *domain)
{
	const struct md_dns *mx = md_dns(c, MD_MX, domain);

	derivations++;
	return md_known(c, &mx->fact) ? mx : NULL;
}

static void
derive_twice(struct md_ctx *c)
{
	const struct md_dns *a = md_derive(c, hosts_of, md_domain(c));
	const struct md_dns *b = md_derive(c, hosts_of, md_domain(c));

	if (!md_waiting(c) && a == b)
		md_found(c, FINE, md_domain(c), "one result");
}

static const struct md_check derives = {
	.name = "derives", .title = "Derives", MD_RULES(rules), .run = derive_twice
};

static void
derived_results_are_made_once_when_their_facts_are_known(void **state)
{
	struct offline f;

	(void)state;
	derivations = 0;
	run_check(&f, &derives, "example.com MX 10 a.example.com.\n", NULL);
	assert_int_equal(derivations, 3); /* twice in vain, once for good */
	assert_non_null(f.report->results[0].findings);
	offline_close(&f);
}

static void
gaps_of_a_derived_result_belong_to_whoever_uses_it(void **state)
{
	struct offline f;

	(void)state;
	run_check(&f, &derives, "example.com MX ? timeout\n", NULL);
	assert_string_equal(f.report->results[0].gaps->why, "timeout");
	assert_null(f.report->results[0].gaps->next);
	offline_close(&f);
}

static void
find_in_any_order(struct md_ctx *c)
{
	md_found(c, FINE, "b", "1");
	md_wish_add(c, "B.example.", MD_MX, "0 .");
	md_wish_add(c, "b.example", MD_A, "192.0.2.1");
	md_found(c, NO_ADDRESS, "z", "2");
	md_point(c, md_str("z record"), 2, 6);
	md_found(c, FINE, "a", "3");
	md_found(c, FINE, "b", "again");
	md_wish_add(c, "lost.example", MD_A, "192.0.2.2");
}

static const struct md_check finds = {
	.name = "finds", .title = "Finds", MD_RULES(rules), .run = find_in_any_order
};

static void
findings_are_ordered_and_the_same_is_found_once(void **state)
{
	static const char *const ignore[] = { "test.no-address@z", "test.fin", NULL };
	const struct md_finding *found;
	struct offline f;

	(void)state;
	run_check(&f, &finds, "", ignore);
	found = f.report->results[0].findings;
	assert_string_equal(found->subject, "z");
	assert_true(found->ignored);
	assert_int_equal(found->excerpt.offset, 2);
	assert_string_equal(found->next->subject, "a");
	assert_string_equal(found->next->next->subject, "b");
	assert_string_equal(found->next->next->evidence, "1");
	assert_string_equal(found->next->next->record, "");
	assert_string_equal(found->next->next->wishes->owner, "b.example");
	assert_string_equal(found->next->next->wishes->next->add, "192.0.2.1");
	assert_null(found->next->next->wishes->next->next);
	assert_null(found->next->next->next);
	assert_int_equal(f.report->verdict, MD_PASS);
	assert_true(f.report->complete);
	assert_string_equal(md_finding_subject(md_report_next(f.report, NULL)), "a");
	offline_close(&f);
}

static void
find_cause_and_consequence(struct md_ctx *c)
{
	md_found(c, NO_ADDRESS, "cause", "1");
	md_found(c, NO_ADDRESS, "consequence", "2");
	md_follows(c, "test.no-address");
}

static const struct md_check causes = {
	.name = "causes", .title = "Causes", MD_RULES(rules), .run = find_cause_and_consequence
};

static void
what_follows_from_a_finding_counts_when_that_is_ignored(void **state)
{
	static const char *const cause[] = { "test.no-address@cause", NULL };
	const struct md_finding *found;
	struct offline f;

	(void)state;
	run_check(&f, &causes, "", NULL);
	found = f.report->results[0].findings;
	assert_ptr_equal(found->next->follows, found);
	assert_int_equal(found->next->severity, MD_INFO);
	offline_close(&f);

	run_check(&f, &causes, "", cause);
	found = f.report->results[0].findings;
	assert_true(found->ignored);
	assert_null(found->next->follows);
	assert_int_equal(f.report->verdict, MD_FAIL);
	offline_close(&f);
}

static void
ask_without_end(struct md_ctx *c)
{
	for (unsigned i = 0; i < 5000; i++)
		md_known(c, &md_dns_at(c, MD_A, "n%u.example.com", i)->fact);
}

static const struct md_check greedy = {
	.name = "greedy", .title = "Greedy", MD_RULES(rules), .run = ask_without_end
};

static void
a_run_asks_for_so_many_facts_and_no_more(void **state)
{
	size_t refused = 0;
	struct offline f;

	(void)state;
	run_check(&f, &greedy, "", NULL);
	for (const struct md_gap *g = f.report->results[0].gaps; g != NULL; g = g->next)
		refused += strstr(g->why, "too many") != NULL;
	assert_in_range(refused, 900, 1000);
	offline_close(&f);
}

static void
ask_for_the_last(struct md_ctx *c)
{
	md_known(c, &md_dns(c, MD_A, "n4999.example.com")->fact);
}

static const struct md_check modest = {
	.name = "modest", .title = "Modest", MD_RULES(rules), .run = ask_for_the_last
};

static void
what_one_check_may_ask_for_is_not_refused_to_it_by_another(void **state)
{
	const struct md_check *const checks[] = { &modest, &greedy, NULL };
	struct offline f;

	(void)state;
	run_checks(&f, checks, "", NULL); /* asserts that it comes to an end */
	assert_string_equal(f.report->results[0].gaps->why,
	                    "offline, and not in the files given");
	offline_close(&f);
}

static void
what_cannot_be_a_subject_is_refused_with_a_reason(void **state)
{
	static char endless[1100];
	static const char *const bad_ips[] = { "192.0.2", NULL };
	static const char *const bad_selectors[] = { "a..b", NULL };
	static const struct {
		struct md_run_options options;
		const char *says;
	} cases[] = {
		{ { .domain = "192.0.2.1" }, "an IP address" },
		{ { .domain = "example.com", .mail_from = "a@b..c" }, "empty label" },
		{ { .domain = "example.com", .mail_from = endless }, "longer than" },
		{ { .domain = "example.com", .helo = endless }, "longer than" },
		{ { .domain = "example.com", .ips = bad_ips }, "not an IP address" },
		{ { .domain = "example.com", .selectors = bad_selectors },
		  "not a DKIM selector" },
	};
	const struct md_check *const checks[] = { &finds, NULL };
	char *why = NULL;
	struct md_engine *e =
	        md_engine_new(&(struct md_engine_options){ .offline = true }, &why);

	(void)state;
	memset(endless, 'a', sizeof(endless) - 1);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_null(md_run_new(e, checks, &cases[i].options, &why));
		assert_non_null(strstr(why, cases[i].says));
		free(why);
	}
	md_engine_free(e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dependent_questions_are_asked_until_all_are_known),
		cmocka_unit_test(what_nobody_knows_offline_is_a_limit_but_no_pass),
		cmocka_unit_test(aliases_are_followed_link_by_link),
		cmocka_unit_test(derived_results_are_made_once_when_their_facts_are_known),
		cmocka_unit_test(gaps_of_a_derived_result_belong_to_whoever_uses_it),
		cmocka_unit_test(findings_are_ordered_and_the_same_is_found_once),
		cmocka_unit_test(what_follows_from_a_finding_counts_when_that_is_ignored),
		cmocka_unit_test(a_run_asks_for_so_many_facts_and_no_more),
		cmocka_unit_test(what_one_check_may_ask_for_is_not_refused_to_it_by_another),
		cmocka_unit_test(what_cannot_be_a_subject_is_refused_with_a_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
