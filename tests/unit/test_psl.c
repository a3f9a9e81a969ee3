/* The Public Suffix List, on suffixes that have not moved in decades. */
#include "unit.h"

#include "domain/psl.h"

static const struct {
	const char *name, *organisational;
	bool suffix;
} names[] = {
	{ "com", "com", true },
	{ "example.com", "example.com", false },
	{ "a.b.example.com", "example.com", false },
	{ "co.uk", "co.uk", true },
	{ "example.co.uk", "example.co.uk", false },
	{ "www.example.co.uk", "example.co.uk", false },
	/* "*.ck" with the exception "!www.ck" */
	{ "any.ck", "any.ck", true },
	{ "a.b.any.ck", "b.any.ck", false },
	{ "www.ck", "www.ck", false },
	{ "mail.www.ck", "www.ck", false },
	/* the private section: registrants below are strangers to each other */
	{ "github.io", "github.io", true },
	{ "www.someone.github.io", "someone.github.io", false },
	/* not on the list: the prevailing rule is "*" */
	{ "bank.example", "bank.example", false },
	{ "mail.mega.bank.example", "bank.example", false },
	{ "example", "example", true },
	/* .xn--p1ai is listed as a U-label */
	{ "mail.example.xn--p1ai", "example.xn--p1ai", false },
	{ "_dmarc.example.com", "example.com", false },
	{ "a\\.b.com", "a\\.b.com", false },
	{ ".", ".", true },
};

static void
names_end_in_public_suffixes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		print_message("  %s\n", names[i].name);
		assert_string_equal(md_psl_organisational(names[i].name),
		                    names[i].organisational);
		assert_int_equal(md_psl_is_suffix(names[i].name), names[i].suffix);
	}
	assert_null(md_psl_organisational(NULL));
	assert_false(md_psl_is_suffix(NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_end_in_public_suffixes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
