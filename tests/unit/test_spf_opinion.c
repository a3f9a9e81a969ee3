/* libspf2 itself: its crashing inputs, and why it concludes something else. */
#include "unit.h"

#include <stdio.h>

#include "offline.h"
#include "spf/opinion.h"

#ifndef WITNESS
#define WITNESS NULL /* built without libspf2 */
#endif

static const struct md_run_options example = { .domain = "example.com", .now = 1000000000 };
static struct md_spf_query query;
static char result[200], text[600];

static void
ask_libspf2(struct md_ctx *c)
{
	const struct md_spf_verdict *ours = md_spf_check_host(c, &query);
	const struct md_spf_opinion *o = md_spf_opinion(c, &query, ours);

	snprintf(result, sizeof(result), "%s %s", md_spf_result_name(ours->result),
	         o->fact->fact.state == MD_PRESENT ? o->fact->result : o->fact->fact.why);
	snprintf(text, sizeof(text), "%s", o->differs ? o->text : "");
}

static const struct md_check spf_check = { .name = "spf", .title = "SPF", .run = ask_libspf2 };

static void
add_txt(struct md_buf *facts, const char *name, struct md_str octets)
{
	struct md_str rest = octets;

	md_buf_printf(facts, "{\"fact\":\"dns\",\"name\":\"%s\",\"type\":\"TXT\",\"rdata\":[\"",
	              name);
	while (rest.len > 0) {
		const size_t len = rest.len < 255 ? rest.len : 255;

		md_buf_printf(facts, "%s\\\"%.*s\\\"", rest.p > octets.p ? " " : "", (int)len,
		              rest.p);
		rest = md_str_skip(rest, len);
	}
	md_buf_printf(facts, "\"]}\n");
}

/* All else does not exist. */
static void
judge(const char *facts, const char *ip, const char *record)
{
	struct offline f;

	query = (struct md_spf_query){ .record = record,
		                       .mail_from = { .given = true,
		                                      .local = "user",
		                                      .domain = "example.com",
		                                      .text = "user@example.com" },
		                       .helo = "mail.example.com" };
	assert_true(md_addr_parse(md_str(ip), &query.ip));
	offline_open(&f, facts);
	f.with.witness = WITNESS;
	offline_run(&f, &spf_check, &example);
	offline_close(&f);
}

static const char *
repeated(struct md_arena *mem, const char *before, const char *piece, unsigned n,
         const char *after)
{
	struct md_buf all = { .mem = mem };

	md_buf_printf(&all, "%s", before);
	for (unsigned i = 0; i < n; i++)
		md_buf_printf(&all, "%s", piece);
	md_buf_printf(&all, "%s", after);
	return md_buf_str(&all);
}

/* Each of these makes libspf2 write beyond its buffer, were it to see it. */
static void
crashing_explanations_are_refused(void **state)
{
	static const struct {
		const char *piece;
		unsigned n;
		const char *after, *expected;
	} cases[] = {
		{ "%{i}", 127, "x",
		  "fail no second opinion: refused: the explanation at "
		  "why.example.com is too long for libspf2" },
		{ "%{i}x", 43, "",
		  "fail no second opinion: refused: the explanation at "
		  "why.example.com is too long for libspf2" },
		{ "y", 511, "",
		  "fail no second opinion: refused: the explanation at "
		  "why.example.com is too long for libspf2" },
		{ "%{i}", 90, "x", "fail fail" },
		{ "y", 200, "", "fail fail" },
	};

	(void)state;
	if (WITNESS == NULL)
		skip();
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_arena *mem = md_arena_new();
		struct md_buf facts = { .mem = mem };

		add_txt(&facts, "example.com", md_str("v=spf1 -all exp=why.example.com"));
		add_txt(&facts, "why.example.com",
		        md_str(repeated(mem, "", cases[i].piece, cases[i].n, cases[i].after)));
		judge(md_buf_str(&facts), "192.0.2.1", NULL);
		assert_string_equal(result, cases[i].expected);
		md_arena_free(mem);
	}
}

static void
add_tree(struct md_buf *facts, const char *name, unsigned depth)
{
	struct md_buf record = { .mem = facts->mem };

	md_buf_printf(&record, "v=spf1");
	for (unsigned i = 0; i < 10 && depth > 0; i++) {
		const char *below = md_printf(facts->mem, "i%u.%s", i, name);

		md_buf_printf(&record, " include:%s", below);
		add_tree(facts, below, depth - 1);
	}
	md_buf_printf(&record, " -all");
	add_txt(facts, name, md_str(md_buf_str(&record)));
}

/* 10 includes in each record, 3 deep: 1,111 lookups, were it left alone. */
static void
wide_trees_are_bounded(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf facts = { .mem = mem };

	(void)state;
	if (WITNESS == NULL)
		skip();
	add_tree(&facts, "example.com", 3);
	judge(md_buf_str(&facts), "192.0.2.1", NULL);
	assert_string_equal(result,
	                    "permerror no second opinion: refused: it asks the DNS more "
	                    "than 200 questions");
	md_arena_free(mem);
}

static const struct {
	const char *record, *ip, *result, *text;
} differences[] = {
	{ "v=spf1 ip4:192.0.2.1 -all", "192.0.2.1", "pass pass", "" },
	{ "v=spf1 -all", "127.0.0.1", "fail pass",
	  "receivers that run libspf2 (Exim, OpenDMARC) would conclude pass, because it "
	  "lets loopback addresses pass for every domain" },
	{ "v=spf1 a:museum -all", "192.0.2.1", "permerror fail",
	  "receivers that run libspf2 (Exim, OpenDMARC) would conclude fail, because it "
	  "accepts the faulty term a:museum of example.com" },
	{ "v=spf1 ip4:0.0.0.0/0 -all", "192.0.2.1", "pass permerror",
	  "receivers that run libspf2 (Exim, OpenDMARC) would conclude permerror, because "
	  "it refuses a prefix length of 0" },
	{ "v=spf1 ip4:192.0.2.1 a.b=c -all", "192.0.2.1", "pass permerror",
	  "receivers that run libspf2 (Exim, OpenDMARC) would conclude permerror, because "
	  "it refuses modifiers with a dot in their name" },
	{ "v=spf1 redirect=other.example.com ip4:192.0.2.1 -all", "192.0.2.1", "pass fail",
	  "receivers that run libspf2 (Exim, OpenDMARC) would conclude fail, because it "
	  "follows redirect=other.example.com where it stands, before ip4:192.0.2.1" },
	{ "v=spf1 exists:a.example.com exists:b.example.com exists:c.example.com -all",
	  "192.0.2.1", "permerror fail",
	  "receivers that run libspf2 (Exim, OpenDMARC) would conclude fail, because it "
	  "has no limit of lookups that find nothing" },
	{ "v=spf1 include:six.example.com include:six.example.com -all", "192.0.2.1",
	  "permerror fail",
	  "receivers that run libspf2 (Exim, OpenDMARC) would conclude fail, because it "
	  "counts the terms that query the DNS anew in every include" },
	{ "v=spf1 exists:%{d2}.example.net -all", "192.0.2.1", "pass fail",
	  "receivers that run libspf2 (Exim, OpenDMARC) would conclude fail, because it "
	  "loses the first letter of the domain in exists:%{d2}.example.net" },
};
static const char others[] =
        "{\"fact\":\"dns\",\"name\":\"other.example.com\",\"type\":\"TXT\","
        "\"rdata\":[\"v=spf1 -all\"]}\n"
        "{\"fact\":\"dns\",\"name\":\"six.example.com\",\"type\":\"TXT\","
        "\"rdata\":[\"v=spf1 a:h.example.com a:h.example.com a:h.example.com "
        "a:h.example.com a:h.example.com a:h.example.com\"]}\n"
        "{\"fact\":\"dns\",\"name\":\"h.example.com\",\"type\":\"A\","
        "\"rdata\":[\"198.51.100.1\"]}\n"
        "{\"fact\":\"dns\",\"name\":\"a.example.com\",\"type\":\"A\",\"rcode\":"
        "\"NXDOMAIN\"}\n"
        "{\"fact\":\"dns\",\"name\":\"b.example.com\",\"type\":\"A\",\"rcode\":"
        "\"NXDOMAIN\"}\n"
        "{\"fact\":\"dns\",\"name\":\"c.example.com\",\"type\":\"A\",\"rcode\":"
        "\"NXDOMAIN\"}\n"
        "{\"fact\":\"dns\",\"name\":\"museum\",\"type\":\"A\",\"rcode\":"
        "\"NXDOMAIN\"}\n"
        "{\"fact\":\"dns\",\"name\":\"example.com.example.net\",\"type\":\"A\","
        "\"rdata\":[\"127.0.0.2\"]}\n"
        "{\"fact\":\"dns\",\"name\":\"xample.com.example.net\",\"type\":\"A\","
        "\"rcode\":\"NXDOMAIN\"}\n";

static void
differences_have_causes(void **state)
{
	(void)state;
	if (WITNESS == NULL)
		skip();
	for (size_t i = 0; i < COUNT(differences); i++) {
		struct md_arena *mem = md_arena_new();
		struct md_buf facts = { .mem = mem };

		add_txt(&facts, "example.com", md_str(differences[i].record));
		md_buf_printf(&facts, "%s", others);
		judge(md_buf_str(&facts), differences[i].ip, NULL);
		assert_string_equal(result, differences[i].result);
		assert_string_equal(text, differences[i].text);
		md_arena_free(mem);
	}
}

static void
a_record_may_be_unpublished(void **state)
{
	(void)state;
	if (WITNESS == NULL)
		skip();
	judge("", "192.0.2.1", "v=spf1 ip4:192.0.2.1 -all");
	assert_string_equal(result, "pass pass");
	judge("", "192.0.2.2", "v=spf1 ip4:192.0.2.1 -all");
	assert_string_equal(result, "fail fail");
}

/* 504 octets and the four of -all are within its 511; with one more there is no end. */
static void
long_records_lose_their_end(void **state)
{
	static const struct {
		unsigned n;
		const char *result, *text;
	} cases[] = {
		{ 63, "fail fail", "" },
		{ 64, "fail neutral",
		  "receivers that run libspf2 (Exim, OpenDMARC) would conclude neutral, because "
		  "the record of example.com is too long for it: it loses the end, with -all" },
	};

	(void)state;
	if (WITNESS == NULL)
		skip();
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_arena *mem = md_arena_new();
		struct md_buf facts = { .mem = mem };

		add_txt(&facts, "example.com",
		        md_str(repeated(mem, "v=spf1", " ip4:198.51.100.7", cases[i].n,
		                        " -all")));
		judge(md_buf_str(&facts), "192.0.2.1", NULL);
		assert_string_equal(result, cases[i].result);
		assert_string_equal(text, cases[i].text);
		md_arena_free(mem);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(crashing_explanations_are_refused),
		cmocka_unit_test(wide_trees_are_bounded),
		cmocka_unit_test(differences_have_causes),
		cmocka_unit_test(a_record_may_be_unpublished),
		cmocka_unit_test(long_records_lose_their_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
