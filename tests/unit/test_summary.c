/* What summaries are made of: JSON passed over, reasons, lines in pieces, rows that run out. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "summary/feed.h"
#include "summary/reason.h"
#include "summary/summary.h"
#include "json/scan.h"

/* By the grammar of RFC 8259, and nothing else. */
static const struct {
	const char *text;
	bool good;
} texts[] = {
	{ "{}", true },
	{ " [ ] ", true },
	{ "[1,-0,0.5,1e9,1E+9,-1.25e-7]", true },
	{ "[01]", false },
	{ "[1.]", false },
	{ "[.5]", false },
	{ "[+1]", false },
	{ "[1e]", false },
	{ "[-]", false },
	{ "[true,false,null]", true },
	{ "[True]", false },
	{ "[nul]", false },
	{ "\"a\\u00e9\\n\\\\\\\"\\/\"", true },
	{ "\"\\x\"", false },
	{ "\"\\u12g4\"", false },
	{ "\"\\u123", false },
	{ "\"a\tb\"", false },
	{ "\"open", false },
	{ "{\"a\":1,\"b\":[{}]}", true },
	{ "{\"a\":1,}", false },
	{ "{\"a\" 1}", false },
	{ "{a:1}", false },
	{ "{\"a\":1 \"b\":2}", false },
	{ "[1,]", false },
	{ "[,1]", false },
	{ "[1 2]", false },
	{ "[1]]", false },
	{ "[1", false },
	{ "{\"a\":{\"b\":[1,2,{\"c\":3}]}", false },
	{ "{]", false },
	{ "", false },
	{ " ", false },
	{ "{} {}", false },
};

static void
json_is_read_strictly(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct md_scan s = md_scan(md_str(texts[i].text));
		const bool skipped = md_scan_skip(&s);

		print_message("  %s\n", texts[i].text);
		assert_int_equal(skipped && md_scan_end(&s), texts[i].good);
	}
}

static void
deep_nesting_is_a_fault(void **state)
{
	static const size_t depths[] = { MD_SCAN_DEEPEST, MD_SCAN_DEEPEST + 1, 100000 };
	char *text = malloc(100000);
	struct md_scan s;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < COUNT(depths); i++) {
		memset(text, '[', depths[i]);
		s = md_scan((struct md_str){ text, depths[i] });
		assert_false(md_scan_skip(&s));
		assert_true(md_scan_offset(&s) <= MD_SCAN_DEEPEST + 1);
	}
	free(text);
}

static void
escapes_mean_what_they_mean(void **state)
{
	static const char *const cases[][2] = {
		{ "plain", "plain" },
		{ "a\\\\b\\\"c\\/d", "a\\b\"c/d" },
		{ "\\b\\f\\n\\r\\t", "\b\f\n\r\t" },
		{ "\\u0041\\u00e9\\u20AC", "A\303\251\342\202\254" },
		{ "\\ud83d\\ude00", "\360\237\230\200" },
		{ "\\ud83dx", "?x" },
		{ "\\ude00", "?" },
		{ "\\u0000", "?" },
	};
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(md_scan_meant(mem, md_str(cases[i][0])), cases[i][1]);
	md_arena_free(mem);
}

static void
reasons_are_the_same_for_all_domains(void **state)
{
	static const char *const cases[][2] = {
		{ "no answer from 192.0.2.53 within 2 s", "no answer" },
		{ "no answer from 192.0.2.53 and 192.0.2.54 within 2 s each (4 tries)",
		  "no answer" },
		{ "no answer before the report's 60 s were over",
		  "the time for the report was over" },
		{ "no resolver has answered for 60 s: not asked", "no resolver answers" },
		{ "SERVFAIL from 192.0.2.53", "SERVFAIL" },
		{ "SERVFAIL from 192.0.2.53 (EDE 22); no answer from 192.0.2.54 within 2 s",
		  "SERVFAIL" },
		{ "REFUSED", "REFUSED" },
		{ "only a referral to other servers from 192.0.2.53",
		  "only a referral to other servers" },
		{ "192.0.2.53 cannot be asked: Network is unreachable",
		  "a name server cannot be reached" },
		{ "truncated over UDP, and TCP to 192.0.2.53 refused the connection",
		  "no answer over TCP" },
		{ "unreadable answer from 192.0.2.53: too short", "an unreadable answer" },
		{ "offline, and not in the files given",
		  "offline, and not in the files given" },
		{ "23 selectors tried, none has a key; _domainkey.example.com exists",
		  "... selectors tried, none has a key" },
		{ "it lies in zone example.com example.org, they say",
		  "it lies in zone ... they say" },
		{ "", "not said" },
		{ ";;;", "not said" },
	};
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(md_reason(mem, cases[i][0]), cases[i][1]);
	md_arena_free(mem);
}

/* "one|two|!|four": the lines as they come, "!" for one that is too long. */
static const char *
fed(struct md_arena *mem, const char *file, size_t most, size_t step)
{
	struct md_feed feed = { .most = most };
	struct md_buf out = { .mem = mem };
	struct md_str line, rest = md_str(file);
	enum md_feed_next next;

	while ((next = md_feed_next(&feed, &line)) != MD_FEED_END) {
		if (next == MD_FEED_MORE) {
			size_t room, n = rest.len < step ? rest.len : step;
			char *into = md_feed_room(&feed, &room);

			assert_true(room >= n);
			memcpy(into, rest.p, n);
			rest = md_str_skip(rest, n);
			md_feed_came(&feed, n);
			continue;
		}
		md_buf_printf(&out, "%s%ju:", out.len > 0 ? "|" : "", (uintmax_t)feed.number);
		md_buf_add(&out, next == MD_FEED_LINE ? line : md_str("!"));
	}
	md_feed_free(&feed);
	return md_buf_str(&out);
}

static void
lines_are_whole_however_they_come(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "\n", "1:" },
		{ "one", "1:one" },
		{ "one\ntwo\n", "1:one|2:two" },
		{ "one\n\ntwo", "1:one|2:|3:two" },
		{ "12345\n123456\n1234567890123\nlast", "1:12345|2:!|3:!|4:last" },
		{ "123456", "1:!" },
		{ "1234567890\n", "1:!" },
	};
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		for (size_t step = 1; step < 30; step++)
			assert_string_equal(fed(mem, cases[i][0], 5, step), cases[i][1]);
	md_arena_free(mem);
}

static void
what_does_not_fit_is_counted_all_the_same(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_ranking ranking;
	const struct md_row **sorted;

	(void)state;
	md_ranking_init(&ranking, mem, 3);
	for (uint64_t i = 0; i < 5; i++)
		md_ranking_row(&ranking, md_printf(mem, "name%ju", (uintmax_t)i))->domains +=
		        i + 1;
	md_ranking_row(&ranking, "name1")->domains += 10;
	assert_int_equal(ranking.rows[0].domains, 4 + 5);
	assert_int_equal(md_ranking_domains(&ranking, "name1"), 12);
	assert_int_equal(md_ranking_domains(&ranking, "name4"), 0);
	sorted = md_ranking_sorted(mem, &ranking);
	assert_string_equal(sorted[0]->name, "name1");
	assert_string_equal(sorted[1]->name, "name2");
	assert_string_equal(sorted[2]->name, "name0");
	assert_null(sorted[3]);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_read_strictly),
		cmocka_unit_test(deep_nesting_is_a_fault),
		cmocka_unit_test(escapes_mean_what_they_mean),
		cmocka_unit_test(reasons_are_the_same_for_all_domains),
		cmocka_unit_test(lines_are_whole_however_they_come),
		cmocka_unit_test(what_does_not_fit_is_counted_all_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
