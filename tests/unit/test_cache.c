/* Facts that serve many runs: what is kept, how long, and what goes first. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "fact/cache.h"
#include "kind/dns.h"

static struct md_fact *
fact(const char *name, enum md_state state, uint32_t ttl, const char *origin)
{
	static const struct md_attempt attempt = { .server = "192.0.2.53",
		                                   .outcome = "silence" };
	const struct md_dns f = {
		.fact = { .kind = &md_dns_kind,
		          .state = state,
		          .why = state == MD_UNKNOWN ? "no answer" : "" },
		.question = { .name = name, .type = MD_TXT, .server = "" },
		.canonical = name,
		.ttl = ttl,
		.nattempts = origin[0] != '\0',
		.attempts = &attempt,
		.origin = origin,
	};

	return &md_dns_pack(&f)->fact;
}

static struct md_question
question(const char *name)
{
	return (struct md_question){ .name = name, .type = MD_TXT, .server = "" };
}

static struct md_fact *
find(struct md_cache *c, const char *name, int64_t now)
{
	const struct md_question q = question(name);

	return md_cache_find(c, &md_dns_kind, &q, now);
}

static uint32_t
ttl_of(const struct md_fact *f)
{
	return ((const struct md_dns *)f)->ttl;
}

static void
keeps_as_long_as_the_ttl(void **state)
{
	static const struct {
		enum md_state state;
		uint32_t ttl;
		const char *origin;
		int64_t last; /* ms after it was put, at which it is still there; -1: for good
		               */
	} cases[] = {
		{ MD_PRESENT, 300, "network", 299999 },
		{ MD_PRESENT, 0, "network", -2 },
		{ MD_PRESENT, 0, "example.zone", -1 },
		{ MD_PRESENT, 4000000, "network", 24 * 3600 * 1000 - 1 },
		{ MD_ABSENT, 0, "network", 59999 },
		{ MD_UNKNOWN, 0, "network", 4999 },
		{ MD_UNKNOWN, 0, "", -2 }, /* nobody was asked: it says nothing about later */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct md_cache *c = md_cache_new(1 << 20);
		const int64_t last = cases[i].last;

		md_cache_put(c,
		             fact("a.example", cases[i].state, cases[i].ttl, cases[i].origin),
		             1000);
		if (last == -1)
			assert_non_null(find(c, "a.example", INT64_MAX - 1));
		else if (last >= 0)
			assert_non_null(find(c, "a.example", 1000 + last));
		if (last != -1)
			assert_null(find(c, "a.example", 1000 + (last < 0 ? 0 : last + 1)));
		assert_null(find(c, "b.example", 1000));
		md_cache_free(c);
	}
}

static void
drops_what_was_not_used_for_longest(void **state)
{
	struct md_cache *c = md_cache_new(16 << 10);
	size_t there = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		char *name = NULL;

		assert_true(asprintf(&name, "n%d.example", i) > 0);
		md_cache_put(c, fact(name, MD_PRESENT, 300, "network"), 0);
		free(name);
		assert_non_null(find(c, "n0.example", 0)); /* used all the time */
	}
	for (int i = 0; i < 1000; i++) {
		char *name = NULL;

		assert_true(asprintf(&name, "n%d.example", i) > 0);
		there += find(c, name, 0) != NULL;
		free(name);
	}
	assert_in_range(there, 2, 16 * 1024 / 128);
	assert_non_null(find(c, "n999.example", 0));
	md_cache_free(c);
}

static void
takes_the_newer(void **state)
{
	struct md_cache *c = md_cache_new(1 << 20);

	(void)state;
	md_cache_put(c, fact("a.example", MD_UNKNOWN, 0, "network"), 0);
	md_cache_put(c, fact("a.example", MD_PRESENT, 300, "network"), 10);
	assert_int_equal(find(c, "a.example", 20)->state, MD_PRESENT);
	md_cache_free(c);
}

/* The same name and type, but asked otherwise: another answer may be true. */
static void
tells_questions_apart(void **state)
{
	static const struct md_question questions[] = {
		{ .name = "a.example", .type = MD_TXT, .server = "" },
		{ .name = "a.example", .type = MD_A, .server = "" },
		{ .name = "a.example", .type = MD_TXT, .flags = MD_DO, .server = "" },
		{ .name = "a.example", .type = MD_TXT, .flags = MD_CD, .server = "" },
		{ .name = "a.example", .type = MD_TXT, .flags = MD_NO_RD, .server = "" },
		{ .name = "a.example", .type = MD_TXT, .server = "192.0.2.1" },
		{ .name = "a.example", .type = MD_TXT, .server = "192.0.2.2" },
	};
	const size_t n = sizeof(questions) / sizeof(*questions);
	struct md_cache *c = md_cache_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		const struct md_dns f = {
			.fact = { .kind = &md_dns_kind, .state = MD_PRESENT, .why = "" },
			.question = questions[i],
			.canonical = "a.example",
			.ttl = (uint32_t)i + 1,
			.origin = "network"
		};

		assert_null(md_cache_find(c, &md_dns_kind, &questions[i], 0));
		md_cache_put(c, &md_dns_pack(&f)->fact, 0);
	}
	for (size_t i = 0; i < n; i++)
		assert_int_equal(ttl_of(md_cache_find(c, &md_dns_kind, &questions[i], 0)),
		                 i + 1);
	md_cache_free(c);
}

/* What the target of an alias lacks is not known for longer than that it is the target. */
static void
heeds_the_ttl_of_aliases(void **state)
{
	static const struct md_rr alias = {
		.owner = "a.example", .type = MD_CNAME, .ttl = 5, .name = "b.example"
	};
	const struct md_dns f = {
		.fact = { .kind = &md_dns_kind, .state = MD_ABSENT, .why = "" },
		.question = question("a.example"),
		.canonical = "b.example",
		.ttl = 5,
		.naliases = 1,
		.aliases = &alias,
		.origin = "network"
	};
	struct md_cache *c = md_cache_new(1 << 20);

	(void)state;
	md_cache_put(c, &md_dns_pack(&f)->fact, 0);
	assert_non_null(find(c, "a.example", 4999));
	assert_null(find(c, "a.example", 5000));
	md_cache_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_as_long_as_the_ttl),
		cmocka_unit_test(drops_what_was_not_used_for_longest),
		cmocka_unit_test(takes_the_newer),
		cmocka_unit_test(heeds_the_ttl_of_aliases),
		cmocka_unit_test(tells_questions_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
