/* check_host(): limits that callers set, who is checked, and what the trace tells. */
#include "unit.h"

#include <stdlib.h>

#include "spf/check_host.h"
#include "world.h"

static const struct record records[] = {
	{ "example.com", "TXT", "v=spf1 a mx include:in.example.net exp=why.%{d} -all" },
	{ "example.com", "A", "192.0.2.1" },
	{ "example.com", "MX", "10 mx1.example.com." },
	{ "example.com", "MX", "20 mx2.example.com." },
	{ "mx1.example.com", "A", "192.0.2.11" },
	{ "mx2.example.com", "A", "192.0.2.12" },
	{ "in.example.net", "TXT", "v=spf1 exists:%{l}.in.example.net ip6:2001:db8::/32 -all" },
	{ "why.example.com", "TXT", "%{i} %{s} %{h} %{r}" },
	{ "void.example.com", "TXT", "v=spf1 a:x.void.com a:y.void.com a:z.void.com ?all" },
	{ "hosts.example.com", "TXT", "v=spf1 mx -all" },
	{ "hosts.example.com", "MX", "10 x.void.com." },
	{ "hosts.example.com", "MX", "20 y.void.com." },
	{ "hosts.example.com", "MX", "30 z.void.com." },
	{ "slow.example.com", "TXT", "v=spf1 include:slow.example.net -all" },
	{ "slow.example.net", "TXT", NULL },
	{ "loop.example.com", "TXT", "v=spf1 redirect=loop.example.com" },
	{ "helo.example.com", "TXT", "v=spf1 exists:%{l}.only.example.com -all" },
	{ "postmaster.only.example.com", "A", "127.0.0.2" },
	{ "asked.example.com", "TXT",
	  "v=spf1 include:%{i}._ip.%{h}._ehlo.in.example.net -all" },
	{ "192.0.2.9._ip.unknown._ehlo.in.example.net", "TXT", "v=spf1 ip4:192.0.2.9 -all" },
};

/* What is asked, and what it comes to. */
static const struct {
	const char *ip, *mail_from, *helo;
	struct md_spf_limits limits;
	enum md_spf_result result;
	unsigned terms, voids, void_queries;
	const char *explanation;
} questions[] = {
	{ "192.0.2.1", "a@example.com", "", { 0 }, MD_SPF_RESULT_PASS, 1, 0, 0, "" },
	/* RFC 7208 5: IPv4-mapped addresses are IPv4 */
	{ "::ffff:192.0.2.12", "example.com", "", { 0 }, MD_SPF_RESULT_PASS, 2, 0, 0, "" },
	/* each of its three terms that ask for AAAA finds nothing, but for the last limit */
	{ "2001:db8::1", "a@example.com", "", { .voids = 3 }, MD_SPF_RESULT_PASS, 4, 3, 4, "" },
	{ "2001:db8::1", "a@example.com", "", { 0 }, MD_SPF_RESULT_PERMERROR, 4, 3, 4, "" },
	{ "192.0.2.9",
	  "ann@example.com",
	  "mail.example.org",
	  { 0 },
	  MD_SPF_RESULT_FAIL,
	  4,
	  1,
	  1,
	  "192.0.2.9 ann@example.com mail.example.org unknown" },
	{ "192.0.2.9",
	  "a@example.com",
	  "",
	  { .terms = 3 },
	  MD_SPF_RESULT_PERMERROR,
	  4,
	  0,
	  0,
	  "" },
	{ "192.0.2.11",
	  "a@example.com",
	  "",
	  { .mx_names = 1 },
	  MD_SPF_RESULT_PASS,
	  2,
	  0,
	  0,
	  "" },
	{ "192.0.2.12",
	  "a@example.com",
	  "",
	  { .mx_names = 1 },
	  MD_SPF_RESULT_PERMERROR,
	  2,
	  0,
	  0,
	  "" },
	{ "192.0.2.9", "void.example.com", "", { 0 }, MD_SPF_RESULT_PERMERROR, 3, 3, 3, "" },
	{ "192.0.2.9",
	  "void.example.com",
	  "",
	  { .voids = 3 },
	  MD_SPF_RESULT_NEUTRAL,
	  3,
	  3,
	  3,
	  "" },
	/* docs/SPF.md: one void term, three void queries */
	{ "192.0.2.9", "hosts.example.com", "", { 0 }, MD_SPF_RESULT_FAIL, 1, 1, 3, "" },
	{ "192.0.2.9", "slow.example.com", "", { 0 }, MD_SPF_RESULT_TEMPERROR, 1, 0, 0, "" },
	/* RFC 7208 4.6.4: the eleventh; and no recursion without end when there is no limit */
	{ "192.0.2.9", "loop.example.com", "", { 0 }, MD_SPF_RESULT_PERMERROR, 11, 0, 0, "" },
	{ "192.0.2.9",
	  "loop.example.com",
	  "",
	  { .terms = 1000000 },
	  MD_SPF_RESULT_PERMERROR,
	  41,
	  0,
	  0,
	  "" },
	/* RFC 7208 2.4: postmaster at the HELO name stands for the null reverse-path */
	{ "192.0.2.9", "<>", "helo.example.com", { 0 }, MD_SPF_RESULT_PASS, 1, 0, 0, "" },
	{ "192.0.2.9", "", "helo.example.com", { 0 }, MD_SPF_RESULT_PASS, 1, 0, 0, "" },
	/* docs/SPF.md: a HELO that nobody told leaves no empty label */
	{ "192.0.2.9", "asked.example.com", "", { 0 }, MD_SPF_RESULT_PASS, 1, 0, 0, "" },
	/* RFC 7208 4.3 */
	{ "192.0.2.9", "", "[192.0.2.9]", { 0 }, MD_SPF_RESULT_NONE, 0, 0, 0, "" },
	{ "192.0.2.9", "a@localhost", "", { 0 }, MD_SPF_RESULT_NONE, 0, 0, 0, "" },
	{ "192.0.2.9", "a@b@none.example.com", "", { 0 }, MD_SPF_RESULT_NONE, 0, 0, 0, "" },
};

static const struct md_spf_verdict *verdicts[COUNT(questions)];

static void
ask_all(struct md_ctx *c)
{
	for (size_t i = 0; i < COUNT(questions); i++) {
		struct md_spf_query query = { .mail_from = md_reverse_path_read(
			                              md_mem(c), questions[i].mail_from),
			                      .helo = questions[i].helo,
			                      .limits = questions[i].limits };

		assert_true(md_addr_parse(md_str(questions[i].ip), &query.ip));
		verdicts[i] = md_spf_check_host(c, &query);
	}
}

static void
limits_and_senders_are_obeyed(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, records, COUNT(records), ask_all);
	for (size_t i = 0; i < COUNT(questions); i++) {
		const struct md_spf_verdict *v = verdicts[i];

		print_message("  %s %s: %s (%s)\n", questions[i].ip, questions[i].mail_from,
		              md_spf_result_name(v->result), v->why);
		assert_int_equal(v->result, questions[i].result);
		assert_int_equal(v->terms, questions[i].terms);
		assert_int_equal(v->voids, questions[i].voids);
		assert_int_equal(v->void_queries, questions[i].void_queries);
		assert_string_equal(v->explanation, questions[i].explanation);
		assert_string_not_equal(v->why, "");
		assert_int_equal(v->unknown != NULL, v->result == MD_SPF_RESULT_TEMPERROR);
	}
	world_close(&w);
}

/* ---- the trace ---- */

static const struct md_spf_verdict *traced, *proposed;

static void
ask_traced(struct md_ctx *c)
{
	struct md_spf_query query = {
		.mail_from = md_reverse_path_read(md_mem(c), "ann@example.com"), .helo = ""
	};

	md_addr_parse(md_str("192.0.2.9"), &query.ip);
	traced = md_spf_check_host(c, &query);
	query.record = "v=spf1 ip4:192.0.2.0/24 -all";
	proposed = md_spf_check_host(c, &query);
}

static const struct {
	unsigned depth;
	const char *owner, *term, *target, *outcome;
	size_t lookups;
	unsigned terms, voids;
} steps[] = {
	{ 0, "example.com", "", "", "record found", 1, 0, 0 },
	{ 0, "example.com", "a", "example.com", "no match", 1, 1, 0 },
	{ 0, "example.com", "mx", "example.com", "no match", 3, 2, 0 },
	{ 0, "example.com", "include:in.example.net", "in.example.net", "no match", 0, 4, 1 },
	{ 1, "in.example.net", "", "", "record found", 1, 3, 0 },
	{ 1, "in.example.net", "exists:%{l}.in.example.net", "ann.in.example.net",
	  "no match (void lookup)", 1, 4, 1 },
	{ 1, "in.example.net", "ip6:2001:db8::/32", "", "no match", 0, 4, 1 },
	{ 1, "in.example.net", "-all", "", "match", 0, 4, 1 },
	{ 0, "example.com", "-all", "", "match", 0, 4, 1 },
};

static void
every_step_is_traced(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct world w;

	(void)state;
	world_open(&w, records, COUNT(records), ask_traced);
	assert_int_equal(traced->nsteps, COUNT(steps));
	for (size_t i = 0; i < COUNT(steps); i++) {
		const struct md_spf_step *s = &traced->steps[i];
		const char *term = s->term != NULL ? md_show(mem, s->term->text) : "";

		print_message("  %s %s: %s\n", s->owner, term, s->outcome);
		assert_int_equal(s->depth, steps[i].depth);
		assert_string_equal(s->owner, steps[i].owner);
		assert_string_equal(term, steps[i].term);
		assert_string_equal(s->target, steps[i].target);
		assert_string_equal(s->outcome, steps[i].outcome);
		assert_int_equal(s->nlookups, steps[i].lookups);
		assert_int_equal(s->terms, steps[i].terms);
		assert_int_equal(s->voids, steps[i].voids);
	}
	assert_int_equal(proposed->result, MD_SPF_RESULT_PASS); /* a record not yet published */
	world_close(&w);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits_and_senders_are_obeyed),
		cmocka_unit_test(every_step_is_traced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
