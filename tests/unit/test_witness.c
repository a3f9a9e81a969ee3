/* Witnesses good and bad: what they can do to us, recorded and replayed. */
#include "unit.h"

#include <stdio.h>

#include "faulty.h"
#include "witnessed.h"

static const char spf_facts[] =
        "{\"fact\":\"dns\",\"name\":\"example.com\",\"type\":\"TXT\",\"rdata\":[\"v=spf1 "
        "-all\"]}\n";

static const struct {
	const char *engine, *expected;
} witnesses[] = {
	{ "honest", "fail, as it says, 1" },
	{ "hangs", "no second opinion: the verifier gave none within 5 s" },
	{ "closes", "no second opinion: the verifier gave none within 5 s" },
	{ "dies", "no second opinion: the verifier crashed (signal 6)" },
	{ "leaves", "no second opinion: the verifier ended without one (exit status 3)" },
	{ "burns", "no second opinion: the verifier used more than its time of the processor" },
	{ "babbles", "no second opinion: the verifier cannot be understood: it is neither "
	             "question nor opinion" },
	{ "mumbles", "no second opinion: the verifier cannot be understood: its result is no "
	             "word" },
	{ "floods", "no second opinion: the verifier says too much" },
	{ "hastens", "no second opinion: the verifier does not wait for answers" },
	{ "pesters", "no second opinion: the verifier asks more than 300 questions" },
	{ "refuses", "no second opinion: refused: too long" },
	{ "guesses", "no second opinion: it needs A unheard.example.com: offline, and not in "
	             "the files given" },
};

static char heard[COUNT(witnesses)][200];

static void
ask_all(struct md_ctx *c)
{
	for (size_t i = 0; i < COUNT(witnesses); i++) {
		const struct md_opinion *o = md_opinion(c, witnesses[i].engine, "{}");

		if (o->fact.state == MD_PRESENT)
			snprintf(heard[i], sizeof(heard[i]), "%s, %s, %u", o->result, o->detail,
			         o->lookups);
		else
			snprintf(heard[i], sizeof(heard[i]), "%s", o->fact.why);
		md_known_opinion(c, o);
	}
}

static const struct md_check all_of_them = { .name = "test", .title = "Test", .run = ask_all };
static const struct md_run_options example = { .domain = "example.com", .now = 1000000000 };

/* Recorded like any fact: the replay needs no witness, and says the same. */
static void
replay(const struct witnessed *recorded)
{
	struct witnessed f;
	FILE *out;

	witnessed_facts(&f, "");
	out = fopen(f.path, "w");
	assert_non_null(out);
	assert_true(md_run_record(recorded->run, out));
	fclose(out);
	memset(heard, 0, sizeof(heard));
	witnessed_start(&f, "", &all_of_them, &example);
	witnessed_finish(&f);
	for (size_t i = 0; i < COUNT(witnesses); i++)
		assert_string_equal(heard[i], witnesses[i].expected);
	witnessed_done(&f);
}

/* None of them can do more than give no opinion, and that is no fault of the domain. */
static void
bad_witnesses_are_no_harm(void **state)
{
	struct witnessed f;

	(void)state;
	witnessed_facts(&f, spf_facts);
	witnessed_start(&f, SOURCE_DIR "/tests/unit/witness.sh", &all_of_them, &example);
	witnessed_finish(&f);
	for (size_t i = 0; i < COUNT(witnesses); i++)
		assert_string_equal(heard[i], witnesses[i].expected);
	assert_true(f.report->complete);
	for (const struct md_gap *g = f.report->results[0].gaps; g != NULL; g = g->next)
		assert_int_equal(g->kind, MD_LIMIT);
	replay(&f);
	witnessed_done(&f);
}

static void
witnesses_end_with_the_run(void **state)
{
	struct witnessed f;

	(void)state;
	witnessed_facts(&f, spf_facts);
	witnessed_start(&f, SOURCE_DIR "/tests/unit/witness.sh", &all_of_them, &example);
	for (int i = 0; i < 20; i++)
		md_engine_step(f.engine, 1);
	assert_false(md_run_done(f.run));
	witnessed_done(&f);
}

static void
the_report_does_not_wait_for_ever(void **state)
{
	struct witnessed f;
	const struct md_run_options hasty = { .domain = "example.com", .timeout = 0.5 };

	(void)state;
	witnessed_facts(&f, spf_facts);
	witnessed_start(&f, SOURCE_DIR "/tests/unit/witness.sh", &all_of_them, &hasty);
	witnessed_finish(&f);
	assert_string_equal(heard[1], "no second opinion: no answer before the report's 0.5 s "
	                              "were over");
	witnessed_done(&f);
}

static void
ask_one(struct md_ctx *c)
{
	const struct md_opinion *o = md_opinion(c, "guesses", "{}");

	snprintf(heard[0], sizeof(heard[0]), "%s%s", o->result, o->fact.why);
}

/* What a witness wants to know and nobody has asked for is fetched, and is a fact of the run.
 */
static void
questions_go_to_the_network(void **state)
{
	static const struct md_check check = { .name = "t", .title = "T", .run = ask_one };
	static const struct md_check *const checks[] = { &check, NULL };
	struct faulty server;
	struct witnessed f;
	char *why = NULL;
	bool asked = false;

	(void)state;
	faulty_open(&server, "x", NULL);
	f.engine = md_engine_new(
	        &(struct md_engine_options){ .resolvers = (const char *[]){ server.name, NULL },
	                                     .witness = SOURCE_DIR "/tests/unit/witness.sh" },
	        &why);
	assert_non_null(f.engine);
	f.run = md_run_new(f.engine, checks, &example, &why);
	assert_non_null(f.run);
	for (int i = 0; i < 5000 && !md_run_done(f.run); i++) {
		md_engine_step(f.engine, 1);
		faulty_step(&server);
	}
	assert_true(md_run_done(f.run));
	assert_string_equal(heard[0], "none");
	f.report = md_run_report(f.run);
	for (size_t i = 0; i < f.report->nfacts; i++) {
		const struct md_dns *d = (const void *)f.report->facts[i];

		asked = asked || (d->fact.kind == MD_FACT_DNS &&
		                  strcmp(d->question.name, "unheard.example.com") == 0);
	}
	assert_true(asked);
	md_run_free(f.run);
	md_engine_free(f.engine);
	faulty_close(&server);
}

static void
there_may_be_none(void **state)
{
	static const struct {
		const char *program, *expected;
		bool bulk;
	} cases[] = {
		{ "", "no second opinion: not wished", false },
		{ "/nowhere/maildiag-witness",
		  "no second opinion: /nowhere/maildiag-witness cannot be run: No such file or "
		  "directory",
		  false },
		{ SOURCE_DIR "/tests/unit/witness.sh",
		  "no second opinion: none is asked for when many domains are examined", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct md_run_options options = { .domain = "example.com",
			                                .bulk = cases[i].bulk };
		struct witnessed f;

		witnessed_facts(&f, spf_facts);
		witnessed_start(&f, cases[i].program, &all_of_them, &options);
		witnessed_finish(&f);
		assert_string_equal(heard[0], cases[i].expected);
		witnessed_done(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_witnesses_are_no_harm),
		cmocka_unit_test(witnesses_end_with_the_run),
		cmocka_unit_test(the_report_does_not_wait_for_ever),
		cmocka_unit_test(questions_go_to_the_network),
		cmocka_unit_test(there_may_be_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
