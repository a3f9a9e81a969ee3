/* DNS records as text and back, their order, packed facts, messages on the wire. */
#include "unit.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/name.h"
#include "dns/wire.h"

static void
types_and_rcodes_have_names(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	assert_string_equal(md_type_name(mem, MD_MX), "MX");
	assert_string_equal(md_type_name(mem, 65280), "TYPE65280");
	assert_int_equal(md_type_find(md_str("tlsa")), MD_TLSA);
	assert_int_equal(md_type_find(md_str("TYPE65280")), 65280);
	assert_int_equal(md_type_find(md_str("TYPE65536")), 0);
	assert_int_equal(md_type_find(md_str("MXX")), 0);
	assert_string_equal(md_rcode_name(mem, MD_NXDOMAIN), "NXDOMAIN");
	assert_string_equal(md_rcode_name(mem, 23), "RCODE23");
	assert_string_equal(md_rcode_name(mem, 12), "RCODE12");
	md_arena_free(mem);
}

static const struct {
	uint16_t type;
	const char *rdata, *text; /* text NULL: refused */
} records[] = {
	{ MD_A, "192.0.2.1", "192.0.2.1" },
	{ MD_A, "192.0.2", NULL },
	{ MD_A, "192.0.2.1 192.0.2.2", NULL },
	{ MD_A, "\\# 4 c0000201", "192.0.2.1" },
	{ MD_AAAA, "2001:DB8:0::1", "2001:db8::1" },
	{ MD_MX, "10 MX.example.com.", "10 mx.example.com." },
	{ MD_MX, "10 mx.example.com", "10 mx.example.com." },
	{ MD_MX, "0 .", "0 ." },
	{ MD_MX, "70000 mx.example.com.", NULL }, /* 16 bits: RFC 1035 3.3.9 */
	{ MD_MX, "-1 mx.example.com.", NULL },
	{ MD_MX, "mx.example.com.", NULL },
	{ MD_MX, "10 a..example.com.", NULL },
	{ MD_NS, "a\\.b.Example.", "a\\.b.example." },
	{ MD_CNAME, "x\\032y\\255.example.", "x\\032y\\255.example." },
	{ MD_PTR, "a\"b\\064c.example.", "a\\\"b\\@c.example." },
	{ MD_TXT, "\"v=spf1 -all\"", "\"v=spf1 -all\"" },
	{ MD_TXT, "\"a\" \"b\\\"c\\\\\" \"\"", "\"a\" \"b\\\"c\\\\\" \"\"" },
	{ MD_TXT, "\"\\000\\195\\188;()\"", "\"\\000\\195\\188;()\"" },
	{ MD_TXT, "v=spf1 -all", "\"v=spf1\" \"-all\"" }, /* a zone file's words */
	{ MD_TXT, "\"a\"\nexample. IN A 192.0.2.1", NULL },
	{ MD_TXT, "\"abc", NULL },
	{ MD_TXT, "\"abc\\\"", NULL },
	{ MD_TXT, "", NULL },
	{ MD_TXT, " a\\ b\tc ", "\"a b\" \"c\"" },
	{ MD_TXT, "\"a\"\"b\"", "\"a\" \"b\"" },
	{ MD_TXT, "\"\\256\"", "\"256\"" }, /* no octet: the 2 itself */
	{ MD_TXT, "\\# 3 026162", "\"ab\"" },
	{ MD_TXT, "\\#6", "\"#6\"" }, /* RFC 3597 5: no word of its own */
	{ MD_TXT, "\\# \\#6", NULL },
	{ MD_TXT, "\\# 4 026162", NULL },
	{ MD_RRSIG, "0 \\#  SO00A 8 1", NULL },
	{ MD_SPF, "\"v=spf1 -all\"", "\"v=spf1 -all\"" },
	{ MD_SOA, "ns.example. root.example. 4294967295 2h 1 2 3",
	  "ns.example. root.example. 4294967295 7200 1 2 3" },
	{ MD_DS, "60485 5 1 2BB183AF5F22588179A53B0A 98631FAD1A292118",
	  "60485 5 1 2bb183af5f22588179a53b0a98631fad1a292118" },
	{ MD_CAA, "0 issue \"ca.example; a=b\"", "0 issue \"ca.example; a=b\"" },
	{ MD_TLSA, "3 1 1 00ff", "3 1 1 00ff" },
	{ 65280, "\\# 3 00ff10", "\\# 3 00ff10" },
	{ 65280, "\\# 0", "\\# 0" },
};

static void
records_are_read_and_printed(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(records); i++) {
		struct md_rr rr = { .owner = "example.com",
			            .type = records[i].type,
			            .ttl = 300 };
		struct md_rr again = rr;
		const char *why = NULL, *text;
		const bool ok = md_rr_parse(mem, records[i].rdata, &rr, &why);

		print_message("  %s: %s\n", records[i].rdata, ok ? "read" : why);
		assert_int_equal(ok, records[i].text != NULL);
		if (!ok)
			continue;
		text = md_rr_text(mem, &rr);
		assert_string_equal(text, records[i].text);
		assert_int_equal(rr.ttl, 300);
		assert_true(md_rr_parse(mem, text, &again, &why));
		assert_int_equal(md_rr_compare(&rr, &again), 0);
	}
	md_arena_free(mem);
}

static void
the_strings_of_a_txt_record_are_joined(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_rr rr = { .owner = "x", .type = MD_TXT };
	const char *why;

	(void)state;
	assert_true(md_rr_parse(mem, "\"v=spf1 \" \"-a\\000ll\"", &rr, &why));
	assert_int_equal(rr.txt.n, 2);
	assert_int_equal(rr.txt.joined.len, 12);
	assert_memory_equal(rr.txt.joined.p, "v=spf1 -a\0ll", 12);
	assert_ptr_equal(rr.txt.strings[1].p, rr.txt.joined.p + 7);
	md_arena_free(mem);
}

static struct md_rr
record(struct md_arena *mem, uint16_t type, const char *rdata)
{
	struct md_rr rr = { .owner = "example.com", .type = type, .ttl = 60 };
	const char *why;

	assert_true(md_rr_parse(mem, rdata, &rr, &why));
	return rr;
}

static void
a_packed_fact_is_a_sorted_copy(void **state)
{
	struct md_arena *mem = md_arena_new(), *texts = md_arena_new();
	struct md_rr rr[] = {
		record(mem, MD_RRSIG,
		       "TXT 8 2 60 20300101000000 20250101000000 12345 example.com. AAAA"),
		record(mem, MD_TXT, "\"b\" \"c\""),
		record(mem, MD_TXT, "\"a\""),
		record(mem, MD_MX, "20 a.example."),
		record(mem, MD_MX, "9 b.example."),
	};
	struct md_rr alias = record(mem, MD_CNAME, "example.net.");
	struct md_attempt attempt = {
		md_strdup(mem, "192.0.2.53"), md_strdup(mem, "NOERROR"), 1234, 99, true, false
	};
	struct md_dns d = {
		.fact = { .state = MD_PRESENT, .pins = 7, .why = "" },
		.question = { md_strdup(mem, "example.com"), MD_TXT, MD_DO, "" },
		.canonical = md_strdup(mem, "example.net"),
		.naliases = 1,
		.aliases = &alias,
		.n = COUNT(rr),
		.rr = rr,
		.nattempts = 1,
		.attempts = &attempt,
		.origin = md_strdup(mem, "network"),
	};
	static const char *const order[] = { "9 b.example.", "20 a.example.", "\"a\"",
		                             "\"b\" \"c\"" };
	struct md_dns *copy = md_dns_pack(&d), *again;

	(void)state;
	md_arena_free(mem);        /* the copy needs nothing of it */
	again = md_dns_pack(copy); /* a copy of the same size */
	assert_int_equal(again->fact.bytes, copy->fact.bytes);
	md_fact_unpin(&again->fact);
	assert_int_equal(copy->fact.pins, 0);
	copy->fact.pins = 1;
	assert_string_equal(copy->question.name, "example.com");
	assert_string_equal(copy->canonical, "example.net");
	assert_string_equal(copy->origin, "network");
	assert_string_equal(copy->aliases[0].name, "example.net");
	assert_string_equal(copy->attempts[0].server, "192.0.2.53");
	for (size_t i = 0; i < COUNT(order); i++)
		assert_string_equal(md_rr_text(texts, &copy->rr[i]), order[i]);
	assert_int_equal(copy->rr[4].sec.covered, MD_TXT);
	assert_int_equal(copy->rr[4].sec.key_tag, 12345);
	md_fact_unpin(&copy->fact); /* the last pin frees it */
	md_arena_free(texts);
}

static void
a_record_given_twice_is_one_record(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_rr rr[] = { record(mem, MD_TXT, "\"a\""), record(mem, MD_TXT, "\"ab\""),
		              record(mem, MD_TXT, "\"a\""),
		              record(mem, MD_TXT, "\"a\" \"b\"") };
	const struct md_dns d = {
		.fact = { .state = MD_PRESENT, .why = "" },
		.question = { "example.com", MD_TXT, 0, "" },
		.canonical = "example.com",
		.n = COUNT(rr),
		.rr = rr,
		.origin = "network",
	};
	struct md_dns *copy = md_dns_pack(&d);

	(void)state;
	assert_int_equal(copy->n, 3); /* other strings are another record */
	assert_string_equal(md_rr_text(mem, &copy->rr[0]), "\"a\"");
	assert_string_equal(md_rr_text(mem, &copy->rr[1]), "\"a\" \"b\"");
	md_fact_unpin(&copy->fact);
	md_arena_free(mem);
}

static void
a_question_is_told_in_words(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_question q = { "example.com", MD_TXT, 0, "" };

	(void)state;
	assert_string_equal(md_question_text(mem, &q), "TXT example.com");
	q.server = "192.0.2.53";
	q.flags = MD_CD | MD_NO_RD;
	assert_string_equal(md_question_text(mem, &q),
	                    "TXT example.com at 192.0.2.53 (CD, no RD)");
	md_arena_free(mem);
}

static void
a_query_is_written_octet_by_octet(void **state)
{
	static const uint8_t plain[] = { 0, 0,   0x01, 0x20, 0, 1,   0,   0, 0, 0,  0, 0,
		                         3, 'a', '.',  'b',  2, 'm', 'x', 0, 0, 15, 0, 1 };
	static const uint8_t opt[] = { 0, 0, 41, 0x04, 0xd0, 0, 0, 0x80, 0, 0, 0 };
	const struct md_question q = { "a\\.b.mx", MD_MX, 0, "" };
	const struct md_question root = { ".", MD_NS, MD_NO_RD | MD_CD | MD_DO, "" };
	uint8_t wire[300];
	char longest[300] = "";

	(void)state;
	assert_int_equal(md_query_write(&q, false, wire, sizeof(wire)), sizeof(plain));
	assert_memory_equal(wire, plain, sizeof(plain));
	assert_int_equal(md_query_write(&q, false, wire, sizeof(plain) - 1), 0);
	assert_int_equal(md_query_write(&root, true, wire, sizeof(wire)), 12 + 1 + 4 + 11);
	assert_int_equal(wire[2], 0x00);
	assert_int_equal(wire[3], 0x30);
	assert_int_equal(wire[11], 1);
	assert_memory_equal(wire + 17, opt, sizeof(opt));
	memset(longest, 'a', 64); /* a label too long */
	assert_int_equal(md_query_write(&(struct md_question){ longest, MD_A, 0, "" }, true,
	                                wire, sizeof(wire)),
	                 0);
}

/* MX example.com: two answers by pointer, one of another class, and an OPT with two EDEs. */
static const uint8_t
        answer[] = {
	        0x12, 0x34, 0x81, 0xa3, 0,   1,   0,   3,    0,    0,    0,    1, /* header: AD,
	                                                                             NXDOMAIN */
	        7,    'E',  'x',  'a',  'm', 'p', 'l', 'e',  3,    'c',  'o',  'm',  0,  0,
	        15,   0,    1,    0xc0, 12,  0,   15,  0,    1,    0,    0,    1,    0,  0,
	        9,    0,    20,   4,    'M', 'a', 'i', 'l',  0xc0, 12,   0xc0, 12,   0,  15,
	        0,    1,    0,    0,    1,   0,   0,   3,    0,    10,   0,    0xc0, 12, 0,
	        15,   0,    3,    0,    0,   1,   0,   0,    3,    0,    10,   0,    0,  0,
	        41,   4,    0xd0, 1,    0,   0,   0,   0,    19, /* OPT: the code's upper bits
	                                                            are 1 */
	        0,    15,   0,    7,    0,   6,   'b', 0xff, 'd',  '\n', '!',  0,    15, 0,
	        2,    0,    200,  0,    0,
        };

static void
a_reply_is_taken_apart(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_reply reply;
	const char *why;

	(void)state;
	assert_true(md_reply_parse(mem, answer, sizeof(answer), &reply, &why));
	assert_int_equal(reply.rcode, 16 + MD_NXDOMAIN);
	assert_true(reply.ad);
	assert_false(reply.truncated);
	assert_int_equal(reply.n, 2);
	assert_string_equal(reply.rr[0].owner, "example.com");
	assert_int_equal(reply.rr[0].mx.preference, 20);
	assert_string_equal(reply.rr[0].mx.exchange, "mail.example.com");
	assert_int_equal(reply.rr[0].ttl, 256);
	assert_string_equal(reply.rr[1].mx.exchange, ".");
	assert_string_equal(reply.ede, "EDE 6 (DNSSEC Bogus): b\\255d\\010!; EDE 200");
	md_arena_free(mem);
}

static void
a_broken_reply_is_refused(void **state)
{
	struct md_arena *mem = md_arena_new();
	uint8_t many[sizeof(answer)];
	struct md_reply reply;
	const char *why;

	(void)state;
	for (size_t len = 0; len < sizeof(answer); len++) {
		uint8_t *exact = malloc(len > 0 ? len : 1);

		memcpy(exact, answer, len);
		why = NULL;
		assert_false(md_reply_parse(mem, exact, len, &reply, &why));
		assert_non_null(why);
		free(exact);
	}
	memcpy(many, answer, sizeof(many));
	many[6] = 0x10;
	assert_false(md_reply_parse(mem, many, sizeof(many), &reply, &why));
	assert_string_equal(why, "an answer of 4099 records, more than the 600 we take");
	md_arena_free(mem);
}

/* A message with one record of this type, at the end of the question, of so many octets. */
static size_t
put_record(uint8_t *wire, unsigned type, const uint8_t *data, size_t len)
{
	static const uint8_t head[] = { 0, 1, 0x81, 0x80, 0, 1,  0, 1, 0,    0, 0,
		                        0, 1, 'x',  0,    0, 16, 0, 1, 0xc0, 12 };
	const uint8_t fixed[] = { (uint8_t)(type >> 8), (uint8_t)type, 0, 1, 0, 0, 0, 1,
		                  (uint8_t)(len >> 8),  (uint8_t)len };

	memcpy(wire, head, sizeof(head));
	memcpy(wire + sizeof(head), fixed, sizeof(fixed));
	memcpy(wire + sizeof(head) + sizeof(fixed), data, len);
	return sizeof(head) + sizeof(fixed) + len;
}

/*
 * RFC 1035 3.3.14 sets no limit to the strings of TXT but the length of the data; each costs
 * far more than its octet.  NINFO (56) is made of strings as well, and nobody asks about it.
 */
static void
strings_are_counted_first(void **state)
{
	enum { MOST = 65000 };
	static const struct {
		unsigned type;
		size_t strings;
		bool taken;
		size_t n;
	} cases[] = { { MD_TXT, 1, true, 1 },      { MD_TXT, 512, true, 1 },
		      { MD_TXT, 513, false, 0 },   { MD_TXT, 64000, false, 0 },
		      { MD_SPF, 64000, false, 0 }, { 56, 64000, true, 0 },
		      { MD_CNAME, 1, true, 1 } };
	static const uint8_t empty[MOST];
	uint8_t *wire = malloc(MOST + 100);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_arena *mem = md_arena_new();
		const size_t len = put_record(wire, cases[i].type, empty, cases[i].strings);
		struct md_reply reply;
		const char *why = "";

		assert_int_equal(md_reply_parse(mem, wire, len, &reply, &why), cases[i].taken);
		if (cases[i].taken)
			assert_int_equal(reply.n, cases[i].n);
		else
			assert_string_equal(why,
			                    "text in more strings than anybody needs: over 512 "
			                    "in a record, or 4096 in all");
		md_arena_free(mem);
	}
	free(wire);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_and_rcodes_have_names),
		cmocka_unit_test(records_are_read_and_printed),
		cmocka_unit_test(the_strings_of_a_txt_record_are_joined),
		cmocka_unit_test(a_packed_fact_is_a_sorted_copy),
		cmocka_unit_test(a_record_given_twice_is_one_record),
		cmocka_unit_test(a_question_is_told_in_words),
		cmocka_unit_test(a_query_is_written_octet_by_octet),
		cmocka_unit_test(a_reply_is_taken_apart),
		cmocka_unit_test(a_broken_reply_is_refused),
		cmocka_unit_test(strings_are_counted_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
