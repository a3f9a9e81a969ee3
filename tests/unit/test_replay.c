/* Facts files: what may stand in a line, what is refused and where, and the way back. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "fact/replay.h"
#include "kind/dns.h"
#include "kind/kinds.h"
#include "report/report.h"

static struct md_replay *
read_text(struct md_arena *mem, const char *text)
{
	const char *why = "";
	struct md_replay *r = md_replay_read(mem, "x.facts", md_str(text), md_kinds, &why);

	if (r == NULL)
		print_message("  %s\n", why);
	assert_non_null(r);
	return r;
}

static bool
find(const struct md_replay *r, struct md_arena *mem, uint16_t type, const char *name,
     struct md_dns *out)
{
	const struct md_question q = { name, type, 0, "" };

	(void)mem;
	*out = (struct md_dns){ .fact = { .why = "" }, .origin = "" };
	return md_dns_recorded(r, &q, out);
}

static void
a_fact_is_found_by_its_question(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_replay *r = read_text(
	        mem, "{\"fact\":\"dns\",\"name\":\"Example.COM.\",\"type\":\"mx\",\"state\":"
	             "\"present\",\"ttl\":300,\"rdata\":[\"20 b.example.\",\"10 "
	             "a.example\"],\"more\":{}}\n"
	             "\n"
	             "{\"fact\":\"smtp\",\"anything\":1}\r\n"
	             "{\"fact\":\"dns\",\"name\":\"example.com\",\"type\":\"MX\",\"server\":"
	             "\"192.0.2.53\",\"no_rd\":true,\"rcode\":\"NOERROR\"}");
	struct md_question direct = { "example.com", MD_MX, MD_NO_RD, "192.0.2.53" };
	struct md_dns d;

	(void)state;
	assert_true(find(r, mem, MD_MX, "example.com", &d));
	assert_int_equal(d.fact.state, MD_PRESENT);
	assert_int_equal(d.n, 2);
	assert_int_equal(d.rr[0].mx.preference, 10);
	assert_string_equal(d.rr[0].mx.exchange, "a.example");
	assert_string_equal(d.rr[0].owner, "example.com");
	assert_int_equal(d.rr[0].ttl, 300);
	assert_int_equal(d.rr[0].line, 1);
	assert_string_equal(d.origin, "x.facts");
	assert_string_equal(d.canonical, "example.com");
	assert_true(md_dns_recorded(r, &direct, &d));
	assert_int_equal(d.fact.state, MD_ABSENT);
	direct.flags = 0;
	assert_false(md_dns_recorded(r, &direct, &d));
	assert_false(find(r, mem, MD_A, "example.com", &d));
	assert_false(find(r, mem, MD_MX, "example.net", &d));
	md_replay_free(r);
	md_arena_free(mem);
}

static void
what_is_left_out_follows_from_the_rest(void **state)
{
	static const struct {
		const char *keys;
		enum md_state fact;
		int rcode;
		const char *why;
	} cases[] = {
		{ "\"rdata\":[\"192.0.2.1\"]", MD_PRESENT, MD_NOERROR, "" },
		{ "\"rcode\":\"NXDOMAIN\"", MD_ABSENT, MD_NXDOMAIN, "" },
		{ "\"rcode\":\"noerror\"", MD_ABSENT, MD_NOERROR, "" },
		{ "\"state\":\"absent\"", MD_ABSENT, MD_NOERROR, "" },
		{ "\"why\":\"timeout\"", MD_UNKNOWN, MD_NOERROR, "timeout" },
		{ "\"rcode\":\"SERVFAIL\"", MD_UNKNOWN, MD_SERVFAIL, "SERVFAIL" },
		{ "\"rcode\":\"RCODE23\",\"why\":\"odd\"", MD_UNKNOWN, 23, "odd" },
	};
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_replay *r = read_text(
		        mem,
		        md_printf(mem, "{\"fact\":\"dns\",\"name\":\"x\",\"type\":\"A\",%s}",
		                  cases[i].keys));
		struct md_dns d;

		print_message("  %s\n", cases[i].keys);
		assert_true(find(r, mem, MD_A, "x", &d));
		assert_int_equal(d.fact.state, cases[i].fact);
		assert_int_equal(d.rcode, cases[i].rcode);
		assert_string_equal(d.fact.why, cases[i].why);
		md_replay_free(r);
	}
	md_arena_free(mem);
}

static void
a_bare_txt_is_taken_literally(void **state)
{
	static const struct {
		const char *written, *text;
	} cases[] = {
		{ "v=spf1 a -all", "\"v=spf1 a -all\"" },
		{ "\\\"v=spf1 \\\" \\\"-all\\\"", "\"v=spf1 \" \"-all\"" },
		{ "a;b \\\"c\\\" \\\\123", "\"a;b \\\"c\\\" \\\\123\"" },
		{ "\\u00fc", "\"\\195\\188\"" },
		{ "", "\"\"" },
	};
	struct md_arena *mem = md_arena_new();
	char *longer = md_alloc(mem, 600);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_replay *r =
		        read_text(mem, md_printf(mem,
		                                 "{\"fact\":\"dns\",\"name\":\"x\","
		                                 "\"type\":\"TXT\",\"rdata\":[\"%s\"]}",
		                                 cases[i].written));
		struct md_dns d;

		assert_true(find(r, mem, MD_TXT, "x", &d));
		assert_string_equal(md_rr_text(mem, &d.rr[0]), cases[i].text);
		md_replay_free(r);
	}
	/* RFC 1035 3.3: a string holds 255 octets, so longer texts are several. */
	for (size_t len = 254; len <= 511; len++) {
		struct md_replay *r;
		struct md_dns d;

		memset(longer, 'a', len);
		r = read_text(mem, md_printf(mem,
		                             "{\"fact\":\"dns\",\"name\":\"x\",\"type\":"
		                             "\"TXT\",\"rdata\":[\"%s\"]}",
		                             longer));
		assert_true(find(r, mem, MD_TXT, "x", &d));
		assert_int_equal(d.rr[0].txt.joined.len, len);
		assert_int_equal(d.rr[0].txt.n, (len + 254) / 255);
		md_replay_free(r);
	}
	md_arena_free(mem);
}

static void
an_alias_is_handed_over_and_any_fills_gaps(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_replay *r = read_text(
	        mem,
	        "{\"fact\":\"dns\",\"name\":\"www.x\",\"type\":\"CNAME\",\"rdata\":["
	        "\"x.\"],\"ttl\":60}\n"
	        "{\"fact\":\"dns\",\"name\":\"x\",\"type\":\"A\",\"rdata\":[\"192.0.2.1\"]}\n"
	        "{\"fact\":\"dns\",\"name\":\"x\",\"type\":\"ANY\",\"rcode\":\"NOERROR\"}\n"
	        "{\"fact\":\"dns\",\"name\":\"ftp.x\",\"type\":\"A\",\"rdata\":[\"192.0.2."
	        "1\"],\"cname\":[\"www.x\",\"x.\"]}\n");
	struct md_dns d;

	(void)state;
	assert_true(find(r, mem, MD_A, "www.x", &d));
	assert_int_equal(d.fact.state, MD_WANTED);
	assert_int_equal(d.naliases, 1);
	assert_string_equal(d.aliases[0].owner, "www.x");
	assert_string_equal(d.aliases[0].name, "x");
	assert_int_equal(d.n, 0);
	assert_true(find(r, mem, MD_CNAME, "www.x", &d));
	assert_int_equal(d.fact.state, MD_PRESENT);
	assert_int_equal(d.naliases, 0);
	assert_true(find(r, mem, MD_A, "x", &d));
	assert_int_equal(d.fact.state, MD_PRESENT);
	assert_true(find(r, mem, MD_MX, "x", &d));
	assert_int_equal(d.fact.state, MD_ABSENT);
	assert_int_equal(d.question.type, MD_MX);
	assert_true(find(r, mem, MD_A, "ftp.x", &d));
	assert_int_equal(d.naliases, 2);
	assert_string_equal(d.aliases[1].owner, "www.x");
	assert_string_equal(d.canonical, "x");
	assert_string_equal(d.rr[0].owner, "x");
	md_replay_free(r);
	md_arena_free(mem);
}

static void
the_run_is_told_by_the_first_line(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_replay *r = read_text(
	        mem, "{\"fact\":\"run\",\"now\":1700000000,\"options\":{\"selectors\":[\"a\","
	             "\"b\"],\"helo\":\"mail.x\"}}\n");
	const struct md_replay_run *run = md_replay_run(r);

	(void)state;
	assert_int_equal(run->now, 1700000000);
	assert_string_equal(run->selectors[1], "b");
	assert_null(run->selectors[2]);
	assert_null(run->ips[0]);
	assert_null(run->mail_from);
	assert_string_equal(run->helo, "mail.x");
	md_replay_free(r);
	r = read_text(mem, "");
	assert_int_equal(md_replay_run(r)->now, 0);
	assert_null(md_replay_run(r)->selectors[0]);
	assert_null(md_replay_run(r)->ips[0]);
	md_replay_free(r);
	md_arena_free(mem);
}

#define DNS "{\"fact\":\"dns\",\"name\":\"x\",\"type\":\"A\","

static const struct {
	const char *text, *why;
} refused[] = {
	{ "{\"fact\":\"dns\"", "x.facts:1: no JSON: " },
	{ "\n\n[]", "x.facts:3: no JSON object" },
	{ "{}", "x.facts:1: \"fact\" is missing" },
	{ "{\"fact\":1}", "x.facts:1: \"fact\" is no string" },
	{ "{\"fact\":\"dns\",\"type\":\"A\"}", "x.facts:1: \"name\" is missing" },
	{ "{\"fact\":\"dns\",\"name\":\"x\"}", "x.facts:1: \"type\" is missing" },
	{ "{\"fact\":\"dns\",\"name\":\"a..b\",\"type\":\"A\",\"why\":\"w\"}",
	  "x.facts:1: \"name\": \"a..b\" is no domain name" },
	{ "{\"fact\":\"dns\",\"name\":\"x\",\"type\":\"AA\",\"why\":\"w\"}",
	  "x.facts:1: \"type\": \"AA\" is no type of record" },
	{ DNS "\"ttl\":1}", "x.facts:1: neither \"state\" nor" },
	{ DNS "\"state\":\"wanted\"}", "x.facts:1: \"state\": \"wanted\" is not" },
	{ DNS "\"state\":\"present\"}", "x.facts:1: the state is present, yet" },
	{ DNS "\"state\":\"absent\",\"rdata\":[\"192.0.2.1\"]}", "x.facts:1: records, yet" },
	{ DNS "\"state\":\"absent\",\"rcode\":\"SERVFAIL\"}",
	  "x.facts:1: SERVFAIL is no answer" },
	{ DNS "\"state\":\"unknown\"}", "x.facts:1: the state is unknown, yet" },
	{ DNS "\"rcode\":\"NXDOMIAN\"}", "x.facts:1: \"rcode\": \"NXDOMIAN\" is unknown" },
	{ DNS "\"rdata\":[\"192.0.2\"]}", "x.facts:1: \"192.0.2\" is no A record" },
	{ DNS "\"rdata\":[1]}", "x.facts:1: \"rdata\" has an element that is no string" },
	{ DNS "\"rdata\":\"192.0.2.1\"}", "x.facts:1: \"rdata\" is no array" },
	{ DNS "\"rcode\":\"NOERROR\",\"ttl\":-1}", "x.facts:1: \"ttl\" is no number from 0" },
	{ DNS "\"rcode\":\"NOERROR\",\"ad\":1}", "x.facts:1: \"ad\" is neither true nor" },
	{ DNS "\"rcode\":\"NOERROR\",\"cname\":[\"a b..c\"]}", "x.facts:1: \"cname\": " },
	{ DNS "\"rcode\":\"NOERROR\",\"ttls\":[1]}",
	  "x.facts:1: \"ttls\" has 1 numbers for 0" },
	{ DNS "\"why\":\"w\",\"why\":\"v\"}", "x.facts:1: no JSON: duplicate" },
	{ "{\"fact\":\"dns\",\"name\":\"x\",\"type\":\"ANY\",\"rdata\":[\"\\\\# 0\"]}",
	  "x.facts:1: type ANY stands for" },
	{ DNS "\"why\":\"w\"}\n{\"fact\":\"run\"}", "x.facts:2: a \"run\" can only be" },
	{ DNS "\"why\":\"w\"}\n" DNS "\"why\":\"w\"}\n" DNS "\"rcode\":\"NOERROR\"}",
	  "x.facts:3: A x: line 2 says otherwise" },
};

static void
a_malformed_line_is_named(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		const char *why = "";

		assert_null(md_replay_read(mem, "x.facts", md_str(refused[i].text), md_kinds,
		                           &why));
		print_message("  %s\n", why);
		assert_int_equal(strncmp(why, refused[i].why, strlen(refused[i].why)), 0);
	}
	md_arena_free(mem);
}

/* RFC 1035 3.2.1: rdata are at most 65535 octets, here in strings of 255 and their lengths. */
static void
a_record_that_no_message_holds_is_refused(void **state)
{
	static const char before[] = "{\"fact\":\"dns\",\"name\":\"x\",\"type\":\"TXT\","
	                             "\"rdata\":[\"";
	enum { MOST = 65535 - 256 };
	struct md_arena *mem = md_arena_new();
	char *text = md_alloc(mem, sizeof(before) + MOST + 10);

	(void)state;
	for (size_t len = MOST; len <= MOST + 1; len++) {
		const char *why = "";
		struct md_replay *r;

		memcpy(text, before, sizeof(before) - 1);
		memset(text + sizeof(before) - 1, 'a', len);
		memcpy(text + sizeof(before) - 1 + len, "\"]}", 4);
		r = md_replay_read(mem, "x.facts", md_str(text), md_kinds, &why);
		assert_int_equal(r != NULL, len == MOST);
		md_replay_free(r);
		if (len > MOST)
			assert_non_null(strstr(why, "aaa\"...: it is longer than a record"));
	}
	md_arena_free(mem);
}

/* What md_replay_write makes of everything in the file; the caller frees it. */
static char *
written(const struct md_replay *r, struct md_arena *mem, const struct md_question *q, size_t n)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	(void)mem;
	for (size_t i = 0; i < n; i++) {
		struct md_dns d = { .fact = { .why = "" }, .origin = "" };

		assert_true(md_dns_recorded(r, &q[i], &d));
		md_replay_write(out, &d.fact);
	}
	fclose(out);
	return text;
}

static void
what_is_written_is_read_again(void **state)
{
	static const char text[] =
	        "{\"fact\":\"dns\",\"name\":\"x\",\"type\":\"MX\",\"do\":true,\"state\":"
	        "\"present\",\"ttl\":60,\"ad\":true,\"cname\":[\"y\"],\"rdata\":[\"10 "
	        "a.\",\"20 b.\"],\"rrsig\":[\"MX 8 1 300 20300101000000 20250101000000 1 y. "
	        "AAAA\"],\"ttls\":[60,300,300,300],\"attempts\":[{\"server\":\"192.0.2.53\","
	        "\"outcome\":\"NOERROR\",\"microseconds\":1234,\"bytes\":99,\"tcp\":true}],"
	        "\"origin\":\"network\"}\n"
	        "{\"fact\":\"dns\",\"name\":\"x\",\"type\":\"TXT\",\"state\":\"present\","
	        "\"ttl\":0,\"rdata\":[\"\\\"\\\\000\\\\255\\\\\\\"\\\" "
	        "\\\"b\\\"\"],\"lines\":[7]"
	        ",\"origin\":\"zone.db\"}\n"
	        "{\"fact\":\"dns\",\"name\":\"x\",\"type\":\"A\",\"server\":\"[::1]:53\","
	        "\"cd\":"
	        "true,\"no_rd\":true,\"state\":\"unknown\",\"rcode\":\"SERVFAIL\",\"why\":"
	        "\"SERVFAIL from [::1]:53\",\"origin\":\"network\"}\n"
	        "{\"fact\":\"dns\",\"name\":\"x\",\"type\":\"NS\",\"state\":\"unknown\","
	        "\"why\":"
	        "\"offline\",\"by_choice\":true,\"origin\":\"o\"}\n"
	        "{\"fact\":\"dns\",\"name\":\"x\",\"type\":\"SOA\",\"state\":\"absent\","
	        "\"rcode\":\"NXDOMAIN\",\"origin\":\"o\"}\n";
	static const struct md_question q[] = { { "x", MD_MX, MD_DO, "" },
		                                { "x", MD_TXT, 0, "" },
		                                { "x", MD_A, MD_CD | MD_NO_RD, "[::1]:53" },
		                                { "x", MD_NS, 0, "" },
		                                { "x", MD_SOA, 0, "" } };
	struct md_arena *mem = md_arena_new();
	struct md_replay *r = read_text(mem, text);
	char *again = written(r, mem, q, COUNT(q));

	(void)state;
	assert_string_equal(again, text);
	free(again);
	md_replay_free(r);
	md_arena_free(mem);
}

static void
a_run_is_written_and_read_again(void **state)
{
	static const char *const ips[] = { "2001:db8::1", NULL }, *const selectors[] = { "s1",
		                                                                         NULL };
	static const struct md_replay_run run = { .domain = "x",
		                                  .now = 42,
		                                  .ips = ips,
		                                  .selectors = selectors,
		                                  .mail_from = "a@x",
		                                  .helo = "" };
	struct md_arena *mem = md_arena_new();
	struct md_replay *r;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	md_replay_write_run(out, &run);
	fclose(out);
	r = read_text(mem, text);
	assert_int_equal(md_replay_run(r)->now, 42);
	assert_string_equal(md_replay_run(r)->ips[0], "2001:db8::1");
	assert_string_equal(md_replay_run(r)->mail_from, "a@x");
	assert_null(md_replay_run(r)->helo);
	assert_string_equal(md_replay_run(r)->selectors[0], "s1");
	md_replay_free(r);
	free(text);
	md_arena_free(mem);
}

static void
a_file_that_cannot_be_read_is_named(void **state)
{
	struct md_arena *mem = md_arena_new();
	const char *why = "";

	(void)state;
	assert_null(md_replay_open(mem, "/nonexistent/x.facts", md_kinds, &why));
	assert_string_equal(why, "/nonexistent/x.facts: No such file or directory");
	assert_null(md_replay_open(mem, "/", md_kinds, &why));
	assert_string_equal(why, "/: Is a directory");
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fact_is_found_by_its_question),
		cmocka_unit_test(what_is_left_out_follows_from_the_rest),
		cmocka_unit_test(a_bare_txt_is_taken_literally),
		cmocka_unit_test(an_alias_is_handed_over_and_any_fills_gaps),
		cmocka_unit_test(the_run_is_told_by_the_first_line),
		cmocka_unit_test(a_malformed_line_is_named),
		cmocka_unit_test(a_record_that_no_message_holds_is_refused),
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(a_run_is_written_and_read_again),
		cmocka_unit_test(a_file_that_cannot_be_read_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
