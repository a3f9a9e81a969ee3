/* Reverse-paths as people and trace fields write them. */
#include "unit.h"

#include "base/arena.h"
#include "base/reverse_path.h"

static const struct {
	const char *written;
	bool given, null;
	const char *local, *domain, *text;
} paths[] = {
	{ "", false, false, "", "", "" },
	{ "<>", true, true, "", "", "<>" },
	{ "ann@example.com", true, false, "ann", "example.com", "ann@example.com" },
	{ "<ann@Example.COM>", true, false, "ann", "Example.COM", "ann@Example.COM" },
	{ "example.com", true, false, "", "example.com", "example.com" },
	{ "<example.com>", true, false, "", "example.com", "example.com" },
	/* RFC 5321 4.1.2: the local-part may be quoted, and have an @ then */
	{ "\"a@b\"@example.com", true, false, "\"a@b\"", "example.com", "\"a@b\"@example.com" },
	{ "ann@[192.0.2.1]", true, false, "ann", "[192.0.2.1]", "ann@[192.0.2.1]" },
	{ "@example.com", true, false, "", "example.com", "@example.com" },
	{ "ann@", true, false, "ann", "", "ann@" },
	{ "@", true, false, "", "", "@" },
	{ "<", true, false, "", "<", "<" },
};

static void
paths_are_read(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(paths); i++) {
		const struct md_reverse_path path = md_reverse_path_read(mem, paths[i].written);

		assert_int_equal(path.given, paths[i].given);
		assert_int_equal(path.null, paths[i].null);
		assert_string_equal(path.local, paths[i].local);
		assert_string_equal(path.domain, paths[i].domain);
		assert_string_equal(path.text, paths[i].text);
	}
	md_arena_free(mem);
}

static const struct {
	const char *written, *text;
} spelled[] = {
	{ "Ann@EXAMPLE.com", "Ann@new.example" },
	{ "EXAMPLE.com", "new.example" },
	{ "@EXAMPLE.com", "@new.example" },
	{ "<\"a@b\"@c>", "\"a@b\"@new.example" },
};

static void
a_domain_is_spelled_otherwise(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(spelled); i++) {
		const struct md_reverse_path was =
		        md_reverse_path_read(mem, spelled[i].written);
		const struct md_reverse_path path =
		        md_reverse_path_spelled(mem, &was, "new.example");

		assert_true(path.given && !path.null);
		assert_string_equal(path.local, was.local);
		assert_string_equal(path.domain, "new.example");
		assert_string_equal(path.text, spelled[i].text);
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_are_read),
		cmocka_unit_test(a_domain_is_spelled_otherwise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
