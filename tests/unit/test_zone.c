/* Zone overlays: reading master files, and answering as RFC 1034 4.3.2 and RFC 4592 say. */
#include "unit.h"

#include "base/arena.h"
#include "zone/zone.h"

static struct md_zone *
read_text(struct md_arena *mem, const char *text)
{
	const char *why = "";
	struct md_zone *z = md_zone_read(mem, "x.zone", md_str(text), &why);

	if (z == NULL)
		print_message("  %s\n", why);
	assert_non_null(z);
	return z;
}

/* The answer in one line: records, alias, NODATA or NXDOMAIN, or that it is not covered. */
static const char *
ask(const struct md_zone *z, struct md_arena *mem, uint16_t type, const char *name)
{
	const struct md_question q = { name, type, 0, "" };
	struct md_dns d = { .fact = { .why = "" }, .origin = "" };
	struct md_buf out = { .mem = mem };

	if (!md_zone_covers(z, name, type))
		return "not covered";
	md_zone_find(z, mem, &q, &d);
	assert_string_equal(d.origin, "x.zone");
	if (d.fact.state == MD_UNKNOWN)
		return d.fact.why;
	if (d.fact.state == MD_ABSENT)
		return d.rcode == MD_NXDOMAIN ? "NXDOMAIN" : "NODATA";
	if (d.fact.state == MD_WANTED) {
		assert_int_equal(d.naliases, 1);
		assert_string_equal(d.aliases[0].owner, name);
		return md_printf(mem, "-> %s", d.aliases[0].name);
	}
	for (size_t i = 0; i < d.n; i++) {
		assert_string_equal(d.rr[i].owner, name);
		assert_true(d.rr[i].line > 0);
		md_buf_printf(&out, "%s%s", i > 0 ? ", " : "", md_rr_text(mem, &d.rr[i]));
	}
	return md_buf_str(&out);
}

/* The zone of RFC 4592 2.2.1, with what else a zone can hold. */
static const char example[] =
        "$ORIGIN example.\n"
        "@               3600 IN SOA   ns.example.com. root 1 2 3 4 5\n"
        "                3600     NS    ns.example.com.\n"
        "                3600     NS    ns.example.net.\n"
        "*               3600     TXT   \"this is a wildcard\"\n"
        "*               3600     MX    10 host1.example.\n"
        "sub.*           3600     TXT   \"this is not a wildcard\"\n"
        "host1           3600     A     192.0.2.1\n"
        "_ssh._tcp.host1 3600     SRV   0 0 22 host1\n"
        "_ssh._tcp.host2 3600     SRV   0 0 22 host2\n"
        "subdel          3600     NS    ns.example.com.\n"
        "subdel          3600     NS    ns.example.net.\n"
        "subdel                   DS    1 8 2 0011223344556677889900112233445566778899"
        "001122334455667788990011\n"
        "host3                    A     192.0.2.3\n"
        "host3                    A     192.0.2.3\n"
        "host3                    A     192.0.2.33\n"
        "www                      CNAME host1\n"
        "away                     CNAME Host.Example.NET.\n"
        "*.alias                  CNAME host1\n"
        "old                      DNAME new.example.net.\n"
        "old                      TXT   \"beside\"\n"
        "below.old                A     192.0.2.9\n"
        "only.deep.ent            A     192.0.2.4\n";

static const struct {
	uint16_t type;
	const char *name, *answer;
} questions[] = {
	/* RFC 4592 2.2.1: synthesised from the wildcard. */
	{ MD_MX, "host3x.example", "10 host1.example." },
	{ MD_A, "host3x.example", "NODATA" },
	{ MD_TXT, "foo.bar.example", "\"this is a wildcard\"" },
	/* and these are not. */
	{ MD_MX, "host1.example", "NODATA" },
	{ MD_MX, "sub.*.example", "NODATA" },
	{ 33, "_telnet._tcp.host1.example", "NXDOMAIN" },
	{ MD_A, "host.subdel.example", "not covered" },
	{ MD_MX, "ghost.*.example", "NXDOMAIN" },
	/* The wildcard itself can be asked for. */
	{ MD_MX, "*.example", "10 host1.example." },
	{ MD_TXT, "sub.*.example", "\"this is not a wildcard\"" },
	/* Empty non-terminals exist (RFC 4592 2.2.2), and stop the wildcard. */
	{ MD_TXT, "_tcp.host1.example", "NODATA" },
	{ MD_TXT, "host2.example", "NODATA" },
	{ MD_TXT, "x.host2.example", "NXDOMAIN" },
	{ MD_A, "ent.example", "NODATA" },
	{ MD_A, "deep.ent.example", "NODATA" },
	{ MD_A, "only.deep.ent.example", "192.0.2.4" },
	{ MD_A, "other.deep.ent.example", "NXDOMAIN" },
	/* The apex, and an RRset given twice in part. */
	{ MD_NS, "example", "ns.example.com., ns.example.net." },
	{ MD_SOA, "example", "ns.example.com. root.example. 1 2 3 4 5" },
	{ MD_A, "example", "NODATA" },
	{ MD_A, "host3.example", "192.0.2.3, 192.0.2.33" },
	/* Aliases are handed over, but for the CNAME itself. */
	{ MD_A, "www.example", "-> host1.example" },
	{ MD_CNAME, "www.example", "host1.example." },
	{ MD_TXT, "away.example", "-> host.example.net" },
	{ MD_A, "x.alias.example", "-> host1.example" },
	{ MD_CNAME, "x.alias.example", "host1.example." },
	{ MD_A, "alias.example", "NODATA" },
	/*
	 * DNAME: names below its owner, not the owner (RFC 6672 2.3); it hides what is below.
	 */
	{ MD_TXT, "a.b.old.example", "-> a.b.new.example.net" },
	{ MD_A, "below.old.example", "-> below.new.example.net" },
	{ MD_CNAME, "a.b.old.example", "a.b.new.example.net." },
	{ MD_TXT, "old.example", "\"beside\"" },
	{ MD_A, "old.example", "NODATA" },
	/* Delegations belong to others, but for the DS; the apex' own DS is the parent's. */
	{ MD_NS, "subdel.example", "not covered" },
	{ MD_TXT, "subdel.example", "not covered" },
	{ MD_DS, "subdel.example",
	  "1 8 2 0011223344556677889900112233445566778899001122334455667788990011" },
	{ MD_DS, "x.subdel.example", "not covered" },
	{ MD_DS, "host1.example", "NODATA" },
	{ MD_DS, "example", "not covered" },
	{ MD_A, "com", "not covered" },
	{ MD_A, "xexample", "not covered" },
};

static void
a_zone_answers_as_its_server_would(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_zone *z = read_text(mem, example);

	(void)state;
	assert_string_equal(md_zone_apex(z), "example");
	assert_null(md_zone_warnings(z)[0]);
	for (size_t i = 0; i < COUNT(questions); i++) {
		print_message("  %s %s\n", md_type_name(mem, questions[i].type),
		              questions[i].name);
		assert_string_equal(ask(z, mem, questions[i].type, questions[i].name),
		                    questions[i].answer);
	}
	md_zone_free(z);
	md_arena_free(mem);
}

static void
a_root_zone_is_the_whole_world(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_zone *z = read_text(mem, ". SOA a. b. 1 2 3 4 5\n"
	                                   "example. SOA a. b. 1 2 3 4 5\n"
	                                   "example. NS ns.example.\n"
	                                   "example. DS 1 8 2 00\n"
	                                   "ns.example. A 192.0.2.1\n");

	(void)state;
	assert_string_equal(md_zone_apex(z), ".");
	assert_string_equal(ask(z, mem, MD_NS, "example"), "ns.example.");
	assert_string_equal(ask(z, mem, MD_DS, "example"), "1 8 2 00");
	assert_string_equal(ask(z, mem, MD_A, "ns.example"), "192.0.2.1");
	assert_string_equal(ask(z, mem, MD_A, "com"), "NXDOMAIN");
	assert_string_equal(ask(z, mem, MD_A, "."), "NODATA");
	md_zone_free(z);
	md_arena_free(mem);
}

static void
the_apex_is_the_soa_the_origin_or_the_shortest_name(void **state)
{
	static const struct {
		const char *text, *apex;
	} cases[] = {
		{ "$ORIGIN com.\nexample SOA a b 1 2 3 4 5\n", "example.com" },
		{ "$ORIGIN Example.com.\n_dmarc TXT \"x\"\n$ORIGIN com.\n", "example.com" },
		{ "_dmarc.example.com. TXT \"x\"\nexample.com. MX 0 .\n", "example.com" },
	};
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_zone *z = read_text(mem, cases[i].text);

		assert_string_equal(md_zone_apex(z), cases[i].apex);
		md_zone_free(z);
	}
	md_arena_free(mem);
}

static void
records_keep_their_line_and_ttl(void **state)
{
	static const char text[] = "; a comment (with \"odd\" signs\n"
	                           "$ORIGIN x.\n"
	                           "\n"
	                           "@ SOA a b (\n"
	                           "  1 2 ; serial)\n"
	                           "\n"
	                           "  3 4 5 )\n"
	                           "$TTL 1h30m\n"
	                           "a\tTXT\t\"semi;colon\" \"(paren\" ( \"b\"\r\n"
	                           "\t) ; end\n"
	                           " IN 60 A 192.0.2.1\n"
	                           " 61 IN AAAA ::1\n"
	                           "b CLASS1 TYPE1 \\# 4 c0000202\n"
	                           "\\@ 2 A 192.0.2.3\n"
	                           "\\100.c 1d A 192.0.2.4";
	static const struct {
		uint16_t type;
		const char *name, *rdata;
		uint32_t line, ttl;
	} cases[] = {
		{ MD_SOA, "x", "a.x. b.x. 1 2 3 4 5", 4, 3600 },
		{ MD_TXT, "a.x", "\"semi;colon\" \"(paren\" \"b\"", 9, 5400 },
		{ MD_A, "a.x", "192.0.2.1", 11, 60 },
		{ MD_AAAA, "a.x", "::1", 12, 61 },
		{ MD_A, "b.x", "192.0.2.2", 13, 5400 },
		{ MD_A, "\\@.x", "192.0.2.3", 14, 2 },
		{ MD_A, "d.c.x", "192.0.2.4", 15, 86400 },
	};
	struct md_arena *mem = md_arena_new();
	struct md_zone *z = read_text(mem, text);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct md_question q = { cases[i].name, cases[i].type, 0, "" };
		struct md_dns d = { .fact = { .why = "" }, .origin = "" };

		print_message("  %s\n", cases[i].rdata);
		assert_true(md_zone_covers(z, q.name, q.type));
		md_zone_find(z, mem, &q, &d);
		assert_int_equal(d.n, 1);
		assert_string_equal(md_rr_text(mem, &d.rr[0]), cases[i].rdata);
		assert_int_equal(d.rr[0].line, cases[i].line);
		assert_int_equal(d.rr[0].ttl, cases[i].ttl);
		assert_int_equal(d.ttl, cases[i].ttl);
	}
	md_zone_free(z);
	md_arena_free(mem);
}

static void
signatures_come_along_when_asked_for(void **state)
{
	static const char text[] =
	        "x. SOA a. b. 1 2 3 4 5\n"
	        "x. TXT \"t\"\n"
	        "x. RRSIG TXT 8 1 60 20300101000000 20250101000000 7 x. AAAA\n"
	        "x. RRSIG SOA 8 1 60 20300101000000 20250101000000 7 x. AAAA\n";
	const struct md_question q = { "x", MD_TXT, MD_DO, "" };
	struct md_dns d = { .fact = { .why = "" }, .origin = "" };
	struct md_arena *mem = md_arena_new();
	struct md_zone *z = read_text(mem, text);

	(void)state;
	md_zone_find(z, mem, &q, &d);
	assert_int_equal(d.n, 2);
	assert_int_equal(d.rr[0].type, MD_TXT);
	assert_int_equal(d.rr[1].type, MD_RRSIG);
	assert_int_equal(d.rr[1].sec.covered, MD_TXT);
	md_zone_free(z);
	md_arena_free(mem);
}

static void
a_dname_can_make_a_name_too_long(void **state)
{
	char text[400] = "$ORIGIN x.\na DNAME ", name[300] = "";
	struct md_arena *mem = md_arena_new();
	struct md_zone *z;

	(void)state;
	for (int i = 0; i < 100; i++) {
		strncat(text, "l.", 3);
		strncat(name, "k.", 3);
	}
	strncat(text, "\n", 2);
	strncat(name, "a.x", 4);
	z = read_text(mem, text);
	assert_non_null(strstr(ask(z, mem, MD_A, name), "YXDOMAIN"));
	md_zone_free(z);
	md_arena_free(mem);
}

static const struct {
	const char *text, *why;
} refused[] = {
	{ "", "x.zone: no records in it" },
	{ "; nothing\n\n", "x.zone: no records in it" },
	{ "\n@ SOA a. b. 1 2 3 4 5\n", "x.zone:2: \"@\" is relative, and no $ORIGIN" },
	{ "x. MX 10 mail\n", "x.zone:1: \"10 mail\" holds a relative name, and no $ORIGIN" },
	{ "$ORIGIN x\n", "x.zone:1: \"x\" is relative" },
	{ "$INCLUDE other.zone\n", "x.zone:1: $INCLUDE is not followed: put \"other.zone\"" },
	{ "$generate 9-1 a$ A 192.0.2.$\n", "x.zone:1: $GENERATE \"9-1\" is no range" },
	{ "$GENERATE 1-9/0 a$. A 192.0.2.$\n", "x.zone:1: $GENERATE \"1-9/0\" is no range" },
	{ "$GENERATE 1-9\n", "x.zone:1: $GENERATE without a record" },
	{ "\n$GENERATE 1-9 a${1,2,q}. A 192.0.2.1\n", "x.zone:2: $GENERATE: " },
	{ "$GENERATE 1-9 a${-2}. A 192.0.2.1\n", "x.zone:1: $GENERATE: " },
	{ "$GENERATE 1-9 a$. A 192.0.2.300\n", "x.zone:1: \"192.0.2.300\" is no A record" },
	{ "$GENERATE 0-65536 a$. A 192.0.2.1\n",
	  "x.zone:1: $GENERATE 0-65536: it makes more than 65536 records" },
	{ "$FOO\n", "x.zone:1: \"$FOO\" is no directive" },
	{ "$TTL soon\n", "x.zone:1: $TTL \"soon\" is no time" },
	{ "$TTL 2147483648\n", "x.zone:1: $TTL \"2147483648\" is no time" },
	{ " A 192.0.2.1\n", "x.zone:1: a line that begins with a blank" },
	{ "x. CH TXT \"v\"\n", "x.zone:1: class \"CH\": only IN" },
	{ "x. CLASS3 TXT \"v\"\n", "x.zone:1: class \"CLASS3\": only IN" },
	{ "x. FOO bar\n", "x.zone:1: \"FOO\" is no type of record" },
	{ "x. ANY bar\n", "x.zone:1: \"ANY\" is no type of record" },
	{ "x.\n", "x.zone:1: \"\" is no type of record" },
	{ "x. A 192.0.2\n", "x.zone:1: \"192.0.2\" is no A record" },
	{ "x. MX 65536 y.\n", "x.zone:1: \"65536 y.\" is no MX record: the preference" },
	{ "x. TXT \"abc\ny. A 192.0.2.1\n", "x.zone:1: a quoted string has no end" },
	{ "x. SOA a. b. ( 1 2 3\n4 5\n", "x.zone:1: \"(\" without \")\"" },
	{ "x. SOA a. b. 1 2 3 4 5 )\n", "x.zone:1: \")\" without \"(\"" },
	{ "a..b. A 192.0.2.1\n", "x.zone:1: \"a..b.\" is no domain name" },
};

/* A line of $GENERATE, and records that it makes; of BIND's reference manual. */
static const struct {
	const char *line, *name, *rdata; /* rdata NULL: no such name */
	uint16_t type;
} series[] = {
	{ "$GENERATE 1-3 h$ A 192.0.2.$", "h1.x", "192.0.2.1", MD_A },
	{ "$GENERATE 1-3 h$ A 192.0.2.$", "h3.x", "192.0.2.3", MD_A },
	{ "$GENERATE 1-3 h$ A 192.0.2.$", "h4.x", NULL, MD_A },
	{ "$GENERATE 0-8/4 h$ 60 IN MX 1$ m$", "h8.x", "18 m8.x.", MD_MX },
	{ "$GENERATE 0-8/4 h$ 60 IN MX 1$ m$", "h5.x", NULL, MD_MX },
	{ "$GENERATE 8-10 h${2,4,d} A 192.0.2.${-8}", "h0012.x", "192.0.2.2", MD_A },
	{ "$GENERATE 10-11 h${0,3,x} A 192.0.2.1", "h00b.x", "192.0.2.1", MD_A },
	{ "$GENERATE 10-11 h${0,0,X} A 192.0.2.1", "hb.x", "192.0.2.1", MD_A },
	{ "$GENERATE 8-9 h${0,0,o} A 192.0.2.1", "h11.x", "192.0.2.1", MD_A },
	{ "$GENERATE 18-18 ${0,4,n} PTR h$", "2.1.x", "h18.x.", MD_PTR },
	{ "$GENERATE 1-1 t$ TXT \"a\\$b$$c$\"", "t1.x", "\"a$b$c1\"", MD_TXT },
};

static void
a_series_is_written_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(series); i++) {
		struct md_arena *mem = md_arena_new();
		const char *text =
		        md_printf(mem, "$ORIGIN x.\n@ SOA a b 1 2 3 4 5\n%s\n", series[i].line);
		const char *why = "";
		struct md_zone *z = md_zone_read(mem, "x.zone", md_str(text), &why);
		const struct md_question q = { series[i].name, series[i].type, 0, "" };
		struct md_dns d = { .origin = "" };

		print_message("  %s: %s\n", series[i].line, series[i].name);
		if (z == NULL)
			fail_msg("%s", why);
		md_zone_find(z, mem, &q, &d);
		assert_int_equal(d.n, series[i].rdata != NULL);
		if (series[i].rdata != NULL)
			assert_string_equal(md_rr_text(mem, &d.rr[0]), series[i].rdata);
		if (series[i].rdata != NULL)
			assert_int_equal(d.rr[0].line, 3);
		md_zone_free(z);
		md_arena_free(mem);
	}
}

static void
a_faulty_zone_is_refused_with_its_line(void **state)
{
	struct md_arena *mem = md_arena_new();
	const char *why = "";

	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		why = "";
		assert_null(md_zone_read(mem, "x.zone", md_str(refused[i].text), &why));
		print_message("  %s\n", why);
		assert_int_equal(strncmp(why, refused[i].why, strlen(refused[i].why)), 0);
	}
	assert_null(md_zone_read(mem, "x.zone", (struct md_str){ "\nx\0", 3 }, &why));
	assert_string_equal(why, "x.zone:2: a NUL octet: this is no text");
	assert_null(md_zone_open(mem, "/nonexistent", &why));
	assert_string_equal(why, "/nonexistent: No such file or directory");
	md_arena_free(mem);
}

static const struct {
	const char *text, *warning;
} warned[] = {
	{ "x. TXT v=spf1 -all\n", "x.zone:1: TXT of x: unquoted, so these are 2 strings" },
	{ "x. TXT v=DMARC1; p=none\n",
	  "x.zone:1: TXT of x: unquoted, so it ends before the \";\"" },
	{ "x. SOA a. b. 1 2 3 4 5\ny. A 192.0.2.1\n",
	  "x.zone:2: y is not in the zone x: ignored" },
	{ "x. A 192.0.2.1\nx. CNAME y.\n", "x.zone:1: x has a CNAME beside other records" },
	{ "x. CNAME z.\nx. CNAME y.\n", "x.zone:1: x has a CNAME beside other records" },
	{ "x. TXT word ; a comment\n", NULL },
	{ "x. TXT \"a\" \"b\"; a comment\n", NULL },
};

static void
what_is_hardly_meant_is_warned_of(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(warned); i++) {
		struct md_zone *z = read_text(mem, warned[i].text);
		const char *const *warnings = md_zone_warnings(z);

		print_message("  %s\n", warnings[0] != NULL ? warnings[0] : warned[i].text);
		if (warned[i].warning == NULL)
			assert_null(warnings[0]);
		else
			assert_int_equal(strncmp(warnings[0], warned[i].warning,
			                         strlen(warned[i].warning)),
			                 0);
		md_zone_free(z);
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_zone_answers_as_its_server_would),
		cmocka_unit_test(a_root_zone_is_the_whole_world),
		cmocka_unit_test(the_apex_is_the_soa_the_origin_or_the_shortest_name),
		cmocka_unit_test(records_keep_their_line_and_ttl),
		cmocka_unit_test(signatures_come_along_when_asked_for),
		cmocka_unit_test(a_dname_can_make_a_name_too_long),
		cmocka_unit_test(a_series_is_written_out),
		cmocka_unit_test(a_faulty_zone_is_refused_with_its_line),
		cmocka_unit_test(what_is_hardly_meant_is_warned_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
