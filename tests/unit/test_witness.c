/* Witnesses good and bad: what they can do to us, recorded and replayed. */
#include "unit.h"

#include "kind/dns.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "faulty.h"
#include "mail/message.h"
#include "offline.h"

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

#define A_MESSAGE "8b6bfc2e200eccc84f956127229abed528a6952cad80d433843f65359f86dd98"

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
		md_known(c, &o->fact);
	}
}

static const struct md_check all_of_them = { .name = "test", .title = "Test", .run = ask_all };
static const struct md_run_options example = { .domain = "example.com", .now = 1000000000 };

/* Recorded like any fact: the replay needs no witness, and says the same. */
static void
replay(const struct offline *recorded)
{
	struct offline f;

	offline_open(&f, "");
	assert_true(md_run_record(recorded->run, f.file));
	memset(heard, 0, sizeof(heard));
	f.with.witness = "";
	offline_run(&f, &all_of_them, &example);
	for (size_t i = 0; i < COUNT(witnesses); i++)
		assert_string_equal(heard[i], witnesses[i].expected);
	offline_close(&f);
}

/* None of them can do more than give no opinion, and that is no fault of the domain. */
static void
bad_witnesses_are_no_harm(void **state)
{
	struct offline f;

	(void)state;
	offline_open(&f, spf_facts);
	f.with.witness = SOURCE_DIR "/tests/unit/witness.sh";
	offline_run(&f, &all_of_them, &example);
	for (size_t i = 0; i < COUNT(witnesses); i++)
		assert_string_equal(heard[i], witnesses[i].expected);
	assert_true(f.report->complete);
	for (const struct md_gap *g = f.report->results[0].gaps; g != NULL; g = g->next)
		assert_int_equal(g->kind, MD_LIMIT);
	replay(&f);
	offline_close(&f);
}

static void
witnesses_end_with_the_run(void **state)
{
	static const struct md_check *const checks[] = { &all_of_them, NULL };
	struct offline f;

	(void)state;
	offline_open(&f, spf_facts);
	f.with.witness = SOURCE_DIR "/tests/unit/witness.sh";
	assert_true(offline_start(&f, checks, &example));
	for (int i = 0; i < 20; i++)
		md_engine_step(f.engine, 1);
	assert_false(md_run_done(f.run));
	offline_close(&f);
}

static void
ask_the_taken_over(struct md_ctx *c)
{
	const struct md_opinion *o = md_opinion(c, "libspf2", "{}");

	snprintf(heard[0], sizeof(heard[0]), "%s, %s%s, %u", o->result, o->detail, o->fact.why,
	         o->lookups);
}

/* A library that does what a stranger wants computes and talks, and gets nothing else. */
static void
a_taken_over_library_gets_nothing(void **state)
{
#ifdef TAKEN_OVER
	static const struct md_check check = { .name = "t",
		                               .title = "T",
		                               .run = ask_the_taken_over };
	struct offline f;

	(void)state;
	setenv("MAILDIAG_TEST_TOKEN", "secret", 1);
	offline_open(&f, spf_facts);
	f.with.witness = TAKEN_OVER;
	offline_run(&f, &check, &example);
	assert_string_equal(heard[0], "neutral, got [], 1");
	offline_close(&f);
#else
	(void)state;
	skip();
#endif
}

static void
the_report_does_not_wait_for_ever(void **state)
{
	struct offline f;
	const struct md_run_options hasty = { .domain = "example.com", .timeout = 0.5 };

	(void)state;
	offline_open(&f, spf_facts);
	f.with.witness = SOURCE_DIR "/tests/unit/witness.sh";
	offline_run(&f, &all_of_them, &hasty);
	assert_string_equal(heard[1], "no second opinion: no answer before the report's 0.5 s "
	                              "were over");
	offline_close(&f);
}

static void
ask_one(struct md_ctx *c)
{
	const struct md_opinion *o = md_opinion(c, "guesses", "{}");

	snprintf(heard[0], sizeof(heard[0]), "%s%s", o->result, o->fact.why);
}

/*
 * What a witness wants to know and nobody has asked for is fetched, and is a fact of the run.
 */
static void
questions_go_to_the_network(void **state)
{
	static const struct md_check check = { .name = "t", .title = "T", .run = ask_one };
	static const struct md_check *const checks[] = { &check, NULL };
	struct faulty server;
	struct md_engine *engine;
	struct md_run *run;
	const struct md_report *report;
	char *why = NULL;
	bool asked = false;

	(void)state;
	faulty_open(&server, "x", NULL);
	engine = md_engine_new(
	        &(struct md_engine_options){ .resolvers = (const char *[]){ server.name, NULL },
	                                     .witness = SOURCE_DIR "/tests/unit/witness.sh" },
	        &why);
	assert_non_null(engine);
	run = md_run_new(engine, checks, &example, &why);
	assert_non_null(run);
	for (int i = 0; i < 5000 && !md_run_done(run); i++) {
		md_engine_step(engine, 1);
		faulty_step(&server);
	}
	assert_true(md_run_done(run));
	assert_string_equal(heard[0], "none");
	report = md_run_report(run);
	for (size_t i = 0; i < report->nfacts; i++) {
		const struct md_dns *d = (const void *)report->facts[i];

		asked = asked || (d->fact.kind == &md_dns_kind &&
		                  strcmp(d->question.name, "unheard.example.com") == 0);
	}
	assert_true(asked);
	md_run_free(run);
	md_engine_free(engine);
	faulty_close(&server);
}

/* ---- a message goes with the question ---- */

enum { MEGABYTE = 1 << 20 };

static struct {
	const char *engine, *hash; /* NULL: the message's own */
	char heard[200];
} about;

static void
ask_about_it(struct md_ctx *c)
{
	const struct md_message *m = md_subject(c)->message;
	const struct md_opinion_value value = {
		"message", about.hash != NULL ? about.hash : md_message_sha256(md_mem(c), m)
	};
	const struct md_opinion *o =
	        md_opinion(c, about.engine, md_opinion_input(md_mem(c), &value, 1));

	snprintf(about.heard, sizeof(about.heard), "%s%s%s%zu", o->fact.why, o->result,
	         o->detail, o->nparts);
}

static const struct md_check about_it = { .name = "t", .title = "T", .run = ask_about_it };

/* Asks about a message of these octets, or, when they are NULL, about a domain. */
static void
ask_of(const char *engine, const char *octets, size_t len, const char *hash)
{
	const struct md_message_source source = { .name = "m", .octets = octets, .len = len };
	const struct md_run_options message = { .message = &source };
	struct offline f;

	about.engine = engine;
	about.hash = hash;
	offline_open(&f, "");
	f.with.witness = SOURCE_DIR "/tests/unit/witness.sh";
	offline_run(&f, &about_it, octets != NULL ? &message : &example);
	offline_close(&f);
}

/* A header field and a body of this length in all. */
static char *
large(struct md_arena *mem, size_t len)
{
	char *octets = md_alloc(mem, len);

	memset(octets, 'x', len);
	memcpy(octets, "A: b\r\n\r\n", 8);
	memcpy(octets + len - 2, "\r\n", 2);
	return octets;
}

/* It is sent as mail travels, whatever the file looked like. */
static void
a_message_goes_with_the_question(void **state)
{
	static const char saved[] = "A: b\n\nc";

	(void)state;
	ask_of("weighs", saved, strlen(saved), NULL);
	/* printf 'A: b\r\n\r\nc\r\n' | sha256sum */
	assert_string_equal(about.heard, "pass" A_MESSAGE "2");
}

static void
a_large_message_does_not_block(void **state)
{
	struct md_arena *mem = md_arena_new();
	const size_t len = 32 * (size_t)MEGABYTE;
	char *octets = large(mem, len);
	const struct md_str raw = { octets, len };
	const char *why;
	const char *sum = md_message_sha256(mem, md_message_read(mem, raw, &why));

	(void)state;
	ask_of("weighs", octets, len, NULL);
	assert_string_equal(about.heard, md_printf(mem, "pass%s2", sum));
	ask_of("waves", octets, len, NULL);
	assert_string_equal(about.heard, "no second opinion: refused: no time0");
	ask_of("shrugs", octets, len, NULL);
	assert_string_equal(about.heard,
	                    "no second opinion: the verifier gave none within 5 s0");
	ask_of("interrupts", octets, len, NULL);
	assert_string_equal(about.heard,
	                    "no second opinion: the verifier does not wait for answers0");
	octets = large(mem, len + 3);
	ask_of("weighs", octets, len + 3, NULL);
	assert_string_equal(about.heard,
	                    "no second opinion: the message is too large (over 32 MB)0");
	md_arena_free(mem);
}

static void
no_message_no_opinion_on_it(void **state)
{
	static const char saved[] = "A: b\r\n\r\nc\r\n";

	(void)state;
	ask_of("weighs", NULL, 0, A_MESSAGE);
	assert_string_equal(about.heard, "no second opinion: the message is not at hand0");
	ask_of("weighs", saved, strlen(saved), "00");
	assert_string_equal(about.heard, "no second opinion: the message is not at hand0");
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
		  "no second opinion: none is asked for when many are examined at once", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct md_run_options options = { .domain = "example.com",
			                                .bulk = cases[i].bulk };
		struct offline f;

		offline_open(&f, spf_facts);
		f.with.witness = cases[i].program;
		offline_run(&f, &all_of_them, &options);
		assert_string_equal(heard[0], cases[i].expected);
		offline_close(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_witnesses_are_no_harm),
		cmocka_unit_test(witnesses_end_with_the_run),
		cmocka_unit_test(a_taken_over_library_gets_nothing),
		cmocka_unit_test(the_report_does_not_wait_for_ever),
		cmocka_unit_test(questions_go_to_the_network),
		cmocka_unit_test(a_message_goes_with_the_question),
		cmocka_unit_test(a_large_message_does_not_block),
		cmocka_unit_test(no_message_no_opinion_on_it),
		cmocka_unit_test(there_may_be_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
