/* The resolver against servers that are slow, silent, wrong, or worse. */
#include "unit.h"

#include <stdio.h>
#include <sys/resource.h>

#include "asking.h"
#include "base/arena.h"

static const struct {
	const char *udp, *tcp, *udp2; /* scripts of faulty.h; udp2: of a second server */
	const char *why;              /* "" when it is to be answered */
	unsigned queries;             /* over UDP, to both */
	const char *first;            /* outcome of the first attempt, NULL when of no matter */
} one_question[] = {
	{ "a", NULL, NULL, "", 1, "NOERROR" },
	{ "x", NULL, NULL, "", 1, "NXDOMAIN" },
	{ "--a", NULL, NULL, "", 3, "no answer within 0.1 s" },
	{ "-", NULL, NULL, "no answer from @1 within 0.1 s (4 tries)", 4, NULL },
	{ "-", NULL, "-", "no answer from @1 and @2 within 0.1 s each (4 tries)", 4, NULL },
	{ "-", NULL, "a", "", 2, NULL },
	{ "f", NULL, NULL, "SERVFAIL from @1", 2, "SERVFAIL" },
	{ "fa", NULL, NULL, "", 2, "SERVFAIL" },
	{ "f", NULL, "a", "", 2, "SERVFAIL" },
	{ "f", NULL, "-", "SERVFAIL from @1; no answer from @2 within 0.1 s (2 tries)", 4,
	  NULL },
	{ "r", NULL, NULL, "REFUSED from @1", 1, "REFUSED" },
	{ "r", NULL, "a", "", 2, "REFUSED" },
	{ "r", NULL, "r", "REFUSED from @1 and @2", 2, NULL },
	{ "d", NULL, NULL, "only a referral to other servers from @1", 1, NULL },
	{ "t", "a", NULL, "", 1, "truncated: asked again over TCP" },
	{ "t", NULL, NULL, "truncated over UDP, and TCP to @1 was refused", 1, NULL },
	{ "t", NULL, "a", "", 2, NULL },
	{ "t", "-", NULL, "truncated over UDP, and TCP to @1 gave no answer within 0.1 s", 2,
	  NULL },
	{ "t", "z", NULL, "truncated over UDP, and TCP to @1 ended before the reply", 1, NULL },
	{ "t", "i", NULL, "truncated over UDP, and TCP to @1 brought a reply to something else",
	  1, NULL },
	{ "t", "t", NULL, "unreadable answer from @1: truncated, although it came over TCP", 2,
	  NULL },
	{ "i", NULL, NULL,
	  "no answer from @1 within 0.1 s (4 tries); dropped 4 replies with a wrong id", 4,
	  "no answer within 0.1 s; dropped 1 reply with a wrong id" },
	{ "I", NULL, NULL, "", 1, "NOERROR" },
	{ "q", NULL, NULL,
	  "no answer from @1 within 0.1 s (4 tries); dropped 4 replies to another question", 4,
	  NULL },
	{ "p", NULL, NULL, "no answer from @1 within 0.1 s (4 tries)", 4, NULL },
	{ "g", NULL, NULL,
	  "no answer from @1 within 0.1 s (4 tries); dropped what was no DNS reply", 4, NULL },
	{ "ga", NULL, NULL, "", 2, NULL },
	{ "c", NULL, NULL, "", 2, "letters changed their case: asked again in lower case" },
	{ "C", NULL, NULL, "", 2, "letters changed their case: asked again in lower case" },
	{ "e", NULL, NULL, "", 2, "no EDNS there (FORMERR or NOTIMP): asked again without" },
	{ "E", NULL, NULL, "", 2, "no EDNS there (FORMERR or NOTIMP): asked again without" },
	{ "ma", NULL, NULL, "", 2, NULL },
};

/* A long name, so that random case leaves it in lower case once in 2^40 times. */
#define NAME "a-name-that-has-many-letters-for-case.example"

static void
test_one_question(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(one_question); i++) {
		struct md_arena *mem = md_arena_new();
		struct faulty f[2];
		const size_t n = one_question[i].udp2 != NULL ? 2 : 1;
		struct seen s = { 0 };
		struct md_resolver *r;
		unsigned queries;

		faulty_open(&f[0], one_question[i].udp, one_question[i].tcp);
		faulty_open(&f[1], n > 1 ? one_question[i].udp2 : "a", NULL);
		r = new_resolver(mem,
		                 (const char *[]){ f[0].name, n > 1 ? f[1].name : NULL, NULL });
		ask(r, NAME, "", &s);
		run(r, f, n, 5);
		queries = f[0].udp_queries + f[1].udp_queries;

		assert_int_equal(s.calls, 1);
		assert_string_equal(s.why, expected(mem, one_question[i].why, f));
		assert_int_equal(s.answered, one_question[i].why[0] == '\0');
		assert_int_equal(queries, one_question[i].queries);
		assert_int_equal(s.nattempts, queries + f[0].tcp_queries +
		                                      (one_question[i].udp[0] == 't' &&
		                                       one_question[i].tcp == NULL));
		if (one_question[i].first != NULL)
			assert_string_equal(s.first, one_question[i].first);
		assert_int_equal(s.truncated, one_question[i].udp[0] == 't');
		md_resolver_free(r);
		faulty_close(&f[0]);
		faulty_close(&f[1]);
		md_arena_free(mem);
	}
}

static void
test_remembers_what_a_server_cannot(void **state)
{
	struct seen s = { 0 };
	struct pair p;

	(void)state;
	open_pair(&p, "e");
	ask(p.resolver, NAME, "", &s);
	run(p.resolver, &p.server, 1, 5);
	assert_int_equal(p.server.udp_queries, 2);
	ask(p.resolver, NAME, "", &s);
	run(p.resolver, &p.server, 1, 5);
	assert_int_equal(p.server.udp_queries, 3); /* without EDNS at once */

	p.server.udp_script = "c";
	ask(p.resolver, NAME, "", &s);
	run(p.resolver, &p.server, 1, 5);
	assert_int_equal(p.server.udp_queries, 5);
	ask(p.resolver, NAME, "", &s);
	run(p.resolver, &p.server, 1, 5);
	assert_int_equal(p.server.udp_queries, 6); /* in lower case at once */
	assert_memory_equal(p.server.last + 13, "a-name-that-has", 15);
	close_pair(&p);
}

static void
test_names_its_server(void **state)
{
	static const struct {
		const char *server, *why;
	} refused[] = {
		{ "10.0.0.1", "not asked: 10.0.0.1 is a private address (RFC 1918)" },
		{ "127.0.0.1", "not asked: 127.0.0.1 is a loopback address (RFC 1122)" },
		{ "::ffff:127.0.0.1",
		  "not asked: ::ffff:127.0.0.1 is an IPv4-mapped address (RFC 4291)" },
		{ "ns.example", "ns.example is no name server's address" },
	};
	struct faulty f[2];
	struct md_arena *mem = md_arena_new();
	struct md_resolver *r;
	struct seen s = { 0 };

	(void)state;
	faulty_open(&f[0], "f", NULL);
	faulty_open(&f[1], "a", NULL);
	r = new_resolver(mem, (const char *[]){ f[0].name, f[1].name, NULL });
	for (size_t i = 0; i < COUNT(refused); i++) {
		s = (struct seen){ 0 };
		ask(r, "direct.example", refused[i].server, &s);
		run(r, f, 2, 5);
		assert_int_equal(s.calls, 1);
		assert_false(s.answered);
		assert_string_equal(s.why, refused[i].why);
	}
	s = (struct seen){ 0 };
	ask(r, "direct.example", f[0].name, &s); /* one of the resolvers, and only that */
	run(r, f, 2, 5);
	assert_string_equal(s.why, expected(mem, "SERVFAIL from @1", f));
	assert_int_equal(f[1].udp_queries, 0);
	md_resolver_free(r);
	faulty_close(&f[0]);
	faulty_close(&f[1]);
	md_arena_free(mem);
}

static void
test_impossible_name(void **state)
{
	struct seen s = { 0 };
	struct pair p;

	(void)state;
	open_pair(&p, "a");
	ask(p.resolver,
	    "a-label-of-more-than-sixty-three-octets-cannot-be-sent-in-any-question.example",
	    "", &s);
	run(p.resolver, &p.server, 1, 5);
	assert_int_equal(s.calls, 1);
	assert_string_equal(s.why, "no such name can be in the DNS: a label over 63 or a name "
	                           "over 253 octets");
	assert_int_equal(p.server.udp_queries, 0);
	close_pair(&p);
}

/* Nobody listens: the system says so at once (ICMP), and we do not wait. */
static void
test_closed_port(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct seen s[20] = { 0 };
	const double start = seconds();
	struct md_resolver *r;
	struct faulty f;

	(void)state;
	faulty_open(&f, "a", NULL);
	faulty_close(&f);
	r = new_resolver(mem, (const char *[]){ f.name, NULL });
	for (size_t i = 0; i < COUNT(s); i++) {
		char name[32];

		snprintf(name, sizeof(name), "n%zu.example", i);
		ask(r, name, "", &s[i]);
	}
	run(r, NULL, 0, 5);
	for (size_t i = 0; i < COUNT(s); i++)
		assert_string_equal(
		        s[i].why, expected(mem, "@1 cannot be asked: Connection refused", &f));
	assert_true(seconds() - start < WAIT);
	md_resolver_free(r);
	md_arena_free(mem);
}

static void
test_no_descriptors_left(void **state)
{
	struct rlimit before, none = { 0 };
	struct seen s = { 0 };
	struct pair p;

	(void)state;
	open_pair(&p, "a");
	getrlimit(RLIMIT_NOFILE, &before);
	none.rlim_max = before.rlim_max;
	setrlimit(RLIMIT_NOFILE, &none);
	ask(p.resolver, "x.example", "", &s);
	run(p.resolver, &p.server, 1, 5);
	setrlimit(RLIMIT_NOFILE, &before);
	assert_string_equal(
	        s.why, expected(p.mem, "@1 cannot be asked: Too many open files", &p.server));
	ask(p.resolver, "x.example", "", &s);
	run(p.resolver, &p.server, 1, 5);
	assert_true(s.answered);
	close_pair(&p);
}

static void
test_addresses(void **state)
{
	static const struct {
		const char *server, *name; /* NULL: no address */
	} cases[] = {
		{ "192.0.2.53", "192.0.2.53" },
		{ "192.0.2.53:53", "192.0.2.53" },
		{ "192.0.2.53:5353", "192.0.2.53:5353" },
		{ "2001:db8::53", "2001:db8::53" },
		{ "2001:DB8:0::53", "2001:db8::53" },
		{ "[2001:db8::53]", "2001:db8::53" },
		{ "[2001:db8::53]:5353", "[2001:db8::53]:5353" },
		{ "fe80::1%1", "fe80::1%1" },
		{ "", NULL },
		{ "192.0.2.53:", NULL },
		{ "192.0.2.53:0", NULL },
		{ "192.0.2.53:65536", NULL },
		{ "192.0.2.53:53x", NULL },
		{ "[2001:db8::53", NULL },
		{ "[2001:db8::53]5353", NULL },
		{ "fe80::1%", NULL },
		{ "ns.example", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_arena *mem = md_arena_new();
		const char *servers[] = { cases[i].server, NULL }, *why = "";
		const struct md_resolver_options o = { .servers = servers };
		struct md_resolver *r = md_resolver_new(mem, &o, &why);

		if (cases[i].name == NULL) {
			assert_null(r);
			assert_non_null(strstr(why, "is no resolver's address"));
		} else {
			assert_string_equal(md_resolver_servers(r)[0], cases[i].name);
			assert_null(md_resolver_servers(r)[1]);
		}
		md_resolver_free(r);
		md_arena_free(mem);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_question),
		cmocka_unit_test(test_remembers_what_a_server_cannot),
		cmocka_unit_test(test_names_its_server),
		cmocka_unit_test(test_impossible_name),
		cmocka_unit_test(test_closed_port),
		cmocka_unit_test(test_no_descriptors_left),
		cmocka_unit_test(test_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
