/* Shards of names, and a set of many. */
#include "unit.h"

#include "../../cmd/bulk/name_set.h"
#include "../../cmd/bulk/rate.h"
#include "base/arena.h"

/* By sha256sum: the first 16 digits of each, modulo 7 and 1000, plus 1. */
static const struct {
	const char *name;
	unsigned of_7, of_1000;
} shards[] = {
	{ "example.com", 6, 310 }, { "xn--bcher-kva.example", 4, 161 }, { "a", 5, 251 },
	{ "d1.example", 4, 73 },   { "_dmarc.example.org", 6, 179 },
};

static void
shards_are_what_sha256_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(shards) / sizeof(*shards); i++) {
		const struct cli_name_hash d = cli_name_hash_of(md_str(shards[i].name));

		for (unsigned n = 1; n <= 1000; n++) {
			if (n <= 7)
				assert_int_equal(cli_shard_has(&(struct cli_shard){ n, 7 }, &d),
				                 n == shards[i].of_7);
			assert_int_equal(cli_shard_has(&(struct cli_shard){ n, 1000 }, &d),
			                 n == shards[i].of_1000);
		}
		assert_true(cli_shard_has(&(struct cli_shard){ 1, 1 }, &d));
		assert_true(cli_shard_has(&(struct cli_shard){ 0, 0 }, &d));
	}
}

enum { MANY = 100000 };

static struct cli_name_hash
digest_of(struct md_arena *mem, unsigned i)
{
	return cli_name_hash_of(md_str(md_printf(mem, "d%u.example", i)));
}

static void
a_set_has_what_was_added(void **state)
{
	struct cli_name_set *names = cli_name_set_new();
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (unsigned i = 0; i < 2 * MANY; i += 2) {
		const struct cli_name_hash d = digest_of(mem, i);

		assert_false(cli_name_set_has(names, &d));
		cli_name_set_add(names, &d);
		cli_name_set_add(names, &d);
		assert_int_equal(cli_name_set_count(names), i / 2 + 1);
	}
	for (unsigned i = 0; i < 2 * MANY; i++) {
		const struct cli_name_hash d = digest_of(mem, i);

		assert_int_equal(cli_name_set_has(names, &d), i % 2 == 0);
	}
	md_arena_free(mem);
	cli_name_set_free(names);
}

/* 100 domains and 1000 octets a second. */
static void
the_rate_of_the_last_seconds(void **state)
{
	struct cli_rate t = { .n = 0 };
	struct cli_rate_point now = { 0, 0, 0 };

	(void)state;
	assert_true(cli_rate_now(&t, now) == 0);
	assert_true(cli_rate_seconds_left(&t, now, 1000) < 0);
	for (; now.ms < 200000; now.ms += 250) {
		now.done = (size_t)now.ms / 10;
		now.taken = (uint64_t)now.ms;
		cli_rate_note(&t, now);
		if (now.ms == 0)
			continue;
		assert_int_equal((int)(cli_rate_now(&t, now) + 0.5), 100);
		assert_int_equal((int)(cli_rate_seconds_left(&t, now, now.taken + 5000) + 0.5),
		                 5);
	}
	assert_true(cli_rate_seconds_left(&t, now, 1) < 0);
	for (size_t i = 0; i < CLI_RATE_SECONDS; i++, now.ms += 1000)
		cli_rate_note(&t, now);
	now.taken += 100; /* the list is read, and nothing is done */
	assert_true(cli_rate_seconds_left(&t, now, now.taken + 5000) < 0);
}

static void
durations_are_words(void **state)
{
	static const struct {
		double seconds;
		const char *words;
	} cases[] = {
		{ 0, "0 s" },          { 59.9, "59 s" },       { 60, "1 min" },
		{ 3599, "59 min" },    { 3600, "1 h 00 min" }, { 11100, "3 h 05 min" },
		{ 86400, "1 d 00 h" }, { 200000, "2 d 07 h" },
	};
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(cli_rate_duration(mem, cases[i].seconds), cases[i].words);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shards_are_what_sha256_says),
		cmocka_unit_test(a_set_has_what_was_added),
		cmocka_unit_test(the_rate_of_the_last_seconds),
		cmocka_unit_test(durations_are_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
