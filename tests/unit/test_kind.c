/* A new kind of fact costs a file and a line: this one is the test's own (toy_kind.c). */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "gate/differs.h"
#include "offline.h"
#include "proposal/proposal.h"
#include "toy_kind.h"

/* The line. */
static const struct md_fact_kind *const kinds[] = { &toy_kind, NULL };

static struct toy_question asked;
static bool by_descriptor;
static unsigned seen; /* letters, as the check learnt them */

enum { LONG };
static const struct md_rule rules[] = {
	[LONG] = {
		.id = "toy.long",
		.severity = MD_WARN,
		.title = "The word is long",
		.fix = "Take a shorter one.",
		.reference = "none",
	},
};

static void
judge(struct md_ctx *c)
{
	const struct toy *t = (const struct toy *)md_ask(c, &toy_kind, &asked);

	if (!md_known(c, &t->fact))
		return;
	seen = t->letters;
	if (t->letters > 5)
		md_found(c, LONG, asked.word, "%u letters", t->letters);
}

static const struct md_check toy_check = {
	.name = "toy", .title = "Toy", MD_RULES(rules), .run = judge
};

static const struct md_run_options example = { .domain = "example.com" };

/* A run that may use the pool; the resolver is on loopback, and never asked. */
static void
run_online(struct offline *f, const char *word, unsigned takes, unsigned patience,
           double timeout)
{
	static const char *const nobody[] = { "127.0.0.1:9", NULL };
	struct md_run_options options = example;

	asked = (struct toy_question){ .word = word, .takes = takes, .patience = patience };
	asked.by_descriptor = by_descriptor;
	seen = 0;
	f->with.offline = false;
	f->with.resolvers = nobody;
	f->with.kinds = kinds;
	options.timeout = timeout;
	offline_run(f, &toy_check, &options);
}

/* The answers that the role's questions would get, so that no network is asked. */
static const char nothing[] = "example.com MX NODATA\nexample.com A NODATA\n"
                              "example.com AAAA NODATA\nexample.com TXT NODATA\n"
                              "example.com NS NODATA\n_dmarc.example.com TXT NODATA\n";

static char *
recorded(const struct offline *f)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_true(md_run_record(f->run, out));
	fclose(out);
	return text;
}

static void
it_is_fetched_recorded_and_replayed(void **state)
{
	struct offline f, again;
	char *text;
	unsigned before;

	(void)state;
	offline_open(&f, nothing);
	run_online(&f, "hello", 3, 5000, 0);
	assert_int_equal(seen, 5);
	assert_int_equal(f.report->results[0].verdict, MD_PASS);
	text = recorded(&f);
	assert_non_null(strstr(text, "{\"fact\":\"toy\",\"word\":\"hello\",\"letters\":5}\n"));
	offline_close(&f);

	before = toy_worked();
	seen = 0;
	offline_open(&again, text);
	again.with.kinds = kinds;
	offline_run(&again, &toy_check, &example);
	assert_int_equal(seen, 5);
	assert_int_equal(toy_worked(), before);
	offline_close(&again);
	free(text);
}

static void
gap_is(const struct offline *f, enum md_gap_kind kind, const char *fact, const char *why)
{
	const struct md_gap *g = f->report->results[0].gaps;

	assert_non_null(g);
	assert_int_equal(g->kind, kind);
	assert_string_equal(g->fact, fact);
	assert_string_equal(g->why, why);
	assert_int_equal(f->report->results[0].verdict, MD_UNSURE);
}

static void
it_ends_with_its_time_or_with_the_reports(void **state)
{
	struct offline f;
	const time_t begin = time(NULL);

	(void)state;
	offline_open(&f, nothing);
	run_online(&f, "slow", 60000, 30, 0);
	gap_is(&f, MD_INCONCLUSIVE, "letters of slow", "nobody counts so long");
	run_online(&f, "slower", 60000, 60000, 0.05);
	gap_is(&f, MD_INCONCLUSIVE, "letters of slower",
	       "no answer before the report's 0.05 s were over");
	offline_close(&f); /* ends the work that is still under way */
	assert_in_range(time(NULL) - begin, 0, 10);

	offline_open(&f, nothing);
	asked.word = "wished";
	offline_run(&f, &toy_check, &example);
	gap_is(&f, MD_BLIND, "letters of wished", "offline");
	offline_close(&f);
}

static void
it_may_wait_on_a_descriptor_of_its_own(void **state)
{
	struct offline f;

	(void)state;
	by_descriptor = true;
	offline_open(&f, nothing);
	run_online(&f, "timed", 20, 0, 0);
	assert_int_equal(seen, 5);
	run_online(&f, "cancelled", 900, 0, 0.05);
	gap_is(&f, MD_INCONCLUSIVE, "letters of cancelled",
	       "no answer before the report's 0.05 s were over");
	offline_close(&f);
	by_descriptor = false;
}

/* Else two answers of the world would look like a change. */
static void
both_sides_of_the_gate_get_one_answer(void **state)
{
	const struct md_check *const checks[] = { &toy_check, NULL };
	struct md_arena *mem = md_arena_new();
	struct offline f;
	char *why = NULL;
	unsigned before;

	(void)state;
	offline_open(&f, nothing);
	f.with.proposal = md_proposal_done(md_proposal_new(mem));
	run_online(&f, "base", 0, 5000, 0);
	before = toy_worked();
	asked.word = "sides";
	for (int side = 0; side < 2; side++) {
		const struct md_run_options o = { .domain = "example.com",
			                          .proposed = side == 1 };
		struct md_run *run = md_run_new(f.engine, checks, &o, &why);

		seen = 0;
		while (!md_run_done(run))
			md_engine_step(f.engine, -1);
		assert_int_equal(seen, 5);
		md_run_free(run);
	}
	assert_int_equal(toy_worked() - before, 1);
	offline_close(&f);
	md_arena_free(mem);
}

static void
a_name_that_is_taken_is_refused(void **state)
{
	static const char *const taken[] = { "run", "dns", "opinion", "toy" };

	(void)state;
	for (size_t i = 0; i < COUNT(taken); i++) {
		struct md_fact_kind other = toy_kind;
		const struct md_fact_kind *const two[] = { &toy_kind, &other, NULL };
		char *why = NULL;

		other.name = taken[i];
		assert_null(md_engine_new(
		        &(struct md_engine_options){ .offline = true, .kinds = two }, &why));
		assert_non_null(strstr(why, taken[i]));
		free(why);
	}
}

static void
runs_in_bulk_share_it(void **state)
{
	const struct md_run_options bulk = { .domain = "example.com", .bulk = true };
	const struct md_check *const checks[] = { &toy_check, NULL };
	struct offline f;
	unsigned before;
	char *why = NULL;

	(void)state;
	offline_open(&f, nothing);
	run_online(&f, "first", 0, 5000, 0);
	before = toy_worked();
	for (int i = 0; i < 3; i++) {
		struct md_run *run = md_run_new(f.engine, checks, &bulk, &why);

		asked.word = "shared";
		while (!md_run_done(run))
			md_engine_step(f.engine, -1);
		assert_int_equal(seen, 6);
		md_run_free(run);
	}
	assert_int_equal(toy_worked() - before, 1);
	offline_close(&f);
}

/* The gate knows neither the check nor the kind, and yet sees who has read what. */
static void
the_gate_sees_what_differs(void **state)
{
	static const char *const lines[] = {
		"{\"fact\":\"toy\",\"word\":\"w\",\"letters\":3}\n",
		"{\"fact\":\"toy\",\"word\":\"w\",\"letters\":7}\n",
	};
	struct offline side[2];
	struct md_gate_sides sides = { 0 };
	static const struct md_result other = { .skipped = "" };

	(void)state;
	asked.word = "w";
	for (int i = 0; i < 2; i++) {
		offline_open(&side[i], lines[i]);
		side[i].with.kinds = kinds;
		offline_run(&side[i], &toy_check, &example);
	}
	sides.base = side[0].report;
	sides.proposed = side[1].report;
	assert_true(md_gate_differs(&sides, &sides.proposed->results[0]));
	assert_false(md_gate_differs(&sides, &other)); /* it has read nothing */
	sides.proposed = side[0].report;
	assert_false(md_gate_differs(&sides, NULL));
	for (int i = 0; i < 2; i++)
		offline_close(&side[i]);
}

static void
reports_list_it(void **state)
{
	const struct md_style style = { .verbose = true };
	struct offline f;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	offline_open(&f, "{\"fact\":\"toy\",\"word\":\"listed\",\"letters\":6}\n");
	f.with.kinds = kinds;
	asked.word = "listed";
	offline_run(&f, &toy_check, &example);
	assert_true(md_render("text", f.report, &style, out));
	assert_true(md_render("json", f.report, &style, out));
	fclose(out);
	assert_non_null(strstr(text, "\n  letters of listed\n"));
	assert_non_null(strstr(text, "\"toys\": ["));
	free(text);
	offline_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_fetched_recorded_and_replayed),
		cmocka_unit_test(it_ends_with_its_time_or_with_the_reports),
		cmocka_unit_test(it_may_wait_on_a_descriptor_of_its_own),
		cmocka_unit_test(both_sides_of_the_gate_get_one_answer),
		cmocka_unit_test(a_name_that_is_taken_is_refused),
		cmocka_unit_test(runs_in_bulk_share_it),
		cmocka_unit_test(the_gate_sees_what_differs),
		cmocka_unit_test(reports_list_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
