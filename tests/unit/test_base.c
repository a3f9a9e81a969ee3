/* Arena, text views, addresses and names. */
#include "unit.h"

#include <stdlib.h>

#include "base/addr.h"
#include "base/arena.h"
#include "base/name.h"
#include "base/str.h"

static void
arrays_grow_and_keep_their_elements(void **state)
{
	struct md_arena *mem = md_arena_new();
	int *numbers = NULL;
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 1000; i++)
		MD_PUSH(mem, numbers, n, i);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(numbers[i], i);
	md_arena_free(mem);
}

static const struct {
	const char *text, *printed, *reverse, *special;
} addresses[] = {
	{ "192.0.2.1", "192.0.2.1", "1.2.0.192.in-addr.arpa", NULL },
	{ "10.1.2.3", "10.1.2.3", "3.2.1.10.in-addr.arpa", "a private address (RFC 1918)" },
	{ "172.31.0.1", "172.31.0.1", "1.0.31.172.in-addr.arpa",
	  "a private address (RFC 1918)" },
	{ "172.32.0.1", "172.32.0.1", "1.0.32.172.in-addr.arpa", NULL },
	{ "100.64.0.1", "100.64.0.1", "1.0.64.100.in-addr.arpa",
	  "a carrier-grade NAT address (RFC 6598)" },
	{ "2001:DB8::1", "2001:db8::1",
	  "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", NULL },
	{ "fd00::1", "fd00::1",
	  "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa",
	  "a unique local address (RFC 4193)" },
	{ "192.0.2.01", NULL, NULL, NULL },
	{ "192.0.2", NULL, NULL, NULL },
	{ "192.0.2.256", NULL, NULL, NULL },
	{ "fe80::1%eth0", NULL, NULL, NULL },
	{ "", NULL, NULL, NULL },
};

static void
count_up(void *n)
{
	++*(int *)n;
}

/* Of 200 branches two of three are thrown away; what is kept stays as it was written. */
static void
branches_are_kept_or_thrown_away(void **state)
{
	struct md_arena *mem = md_arena_new();
	const char *kept[200] = { NULL };
	int ended = 0;

	(void)state;
	for (int i = 0; i < 200; i++) {
		struct md_arena *branch = md_arena_branch(mem);
		struct md_arena *inner = md_arena_branch(mem);
		const char *text = md_printf(branch, "%*d", i * 7 % 1999, i);

		kept[i] = md_printf(inner, "%d and %d", i, i);
		md_arena_defer(branch, count_up, &ended);
		md_arena_keep(inner);
		assert_int_equal(atoi(text), i);
		if (i % 3 == 0) {
			kept[i] = text;
			md_arena_keep(branch);
		} else {
			md_arena_free(branch);
		}
	}
	for (int i = 0; i < 200; i++)
		assert_int_equal(atoi(kept[i]), i);
	assert_int_equal(ended, 200 - 67);
	md_arena_free(mem);
	assert_int_equal(ended, 200);
}

static void
addresses_are_read_printed_and_reversed(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(addresses); i++) {
		struct md_addr a;
		const bool ok = md_addr_parse(md_str(addresses[i].text), &a);

		print_message("  %s\n", addresses[i].text);
		assert_int_equal(ok, addresses[i].printed != NULL);
		if (!ok)
			continue;
		assert_string_equal(md_addr_print(mem, a), addresses[i].printed);
		assert_string_equal(md_addr_reverse(mem, a, NULL), addresses[i].reverse);
		if (addresses[i].special == NULL)
			assert_null(md_addr_special(a));
		else
			assert_string_equal(md_addr_special(a), addresses[i].special);
	}
	md_arena_free(mem);
}

static void
networks_hold_what_agrees_in_the_prefix(void **state)
{
	static const struct {
		const char *addr, *network;
		unsigned prefix;
		bool in;
	} cases[] = {
		{ "192.0.2.77", "192.0.2.0", 24, true },
		{ "192.0.3.1", "192.0.2.0", 24, false },
		{ "192.0.3.1", "192.0.2.0", 23, true },
		{ "255.0.0.1", "1.2.3.4", 0, true },
		{ "192.0.2.1", "192.0.2.1", 32, true },
		{ "192.0.2.1", "192.0.2.0", 32, false },
		{ "192.0.2.1", "2001:db8::", 0, false },
		{ "2001:db8:8000::", "2001:db8::", 33, false },
		{ "2001:db8:7fff::1", "2001:db8::", 33, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_addr a, n;

		assert_true(md_addr_parse(md_str(cases[i].addr), &a));
		assert_true(md_addr_parse(md_str(cases[i].network), &n));
		assert_int_equal(md_addr_in(a, n, cases[i].prefix), cases[i].in);
	}
}

static const struct {
	const char *typed, *name; /* NULL: refused, and `says` is in the reason */
	const char *says;
} typed[] = {
	{ "Example.COM.", "example.com", "" },
	{ "b\xc3\xbc"
	  "cher.example",
	  "xn--bcher-kva.example", "" },
	{ "_dmarc.example.com", "_dmarc.example.com", "" },
	{ "192.0.2.1", NULL, "--ip 192.0.2.1" },
	{ "[2001:db8::1]", NULL, "--ip 2001:db8::1" },
	{ "https://example.com/path", NULL, "did you mean example.com?" },
	{ "user@example.com", NULL, "did you mean example.com?" },
	{ "a..b", NULL, "empty label" },
	{ ".", NULL, "root" },
	{ "", NULL, "empty name" },
	{ "exa mple.com", NULL, "blank" },
	{ "example.com:25", NULL, "colon" },
	{ "a.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL, "63" },
	{ "\xff\xfe.example", NULL, "not a domain name" },
};

static void
what_people_type_becomes_a_name_or_a_reason(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(typed); i++) {
		const char *why = NULL, *name = md_name_from_user(mem, typed[i].typed, &why);

		print_message("  %s: %s\n", typed[i].typed, name != NULL ? name : why);
		if (typed[i].name == NULL) {
			assert_null(name);
			assert_non_null(strstr(why, typed[i].says));
		} else {
			assert_string_equal(name, typed[i].name);
		}
	}
	md_arena_free(mem);
}

static void
names_have_labels_and_ancestors(void **state)
{
	(void)state;
	assert_int_equal(md_name_labels("."), 0);
	assert_int_equal(md_name_labels("a.b.c"), 3);
	assert_int_equal(md_name_labels("a\\.b.c"), 2);
	assert_string_equal(md_name_parent("a\\.b.c"), "c");
	assert_string_equal(md_name_parent("c"), ".");
	assert_string_equal(md_name_last("a.b.c", 2), "b.c");
	assert_true(md_name_under("a.b.c", "b.c"));
	assert_true(md_name_under("b.c", "b.c"));
	assert_true(md_name_under("b.c", "."));
	assert_false(md_name_under("ab.c", "b.c"));
	assert_false(md_name_under("c", "b.c"));
	assert_true(md_name_is_hostname("mx-1.example.com"));
	assert_false(md_name_is_hostname("mx_1.example.com"));
	assert_false(md_name_is_hostname("-mx.example.com"));
	assert_false(md_name_is_hostname("192.0.2.1"));
}

static void
one_name_has_one_text(void **state)
{
	static const struct {
		const char *written, *canonical;
	} cases[] = {
		{ "Example.COM.", "example.com" },
		{ "example.com", "example.com" },
		{ "", "." },
		{ ".", "." },
		{ "a\\.b.c.", "a\\.b.c" },
		{ "a.\\.", "a.\\." }, /* the last dot belongs to the label */
		{ "a\\046b.c", "a\\.b.c" },
		{ "\\065\\b\\195.c", "ab\\195.c" },
		{ "a b;\"\\@.c", "a\\032b\\;\\\"\\@.c" },
		{ "\xc3.c", "\\195.c" },
	};
	static const uint8_t wire[] = { 3, 'A', '.', 0xff, 1, '\\', 0, 9 };
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *text = md_name_normal(mem, md_str(cases[i].written));

		assert_string_equal(text, cases[i].canonical);
		assert_string_equal(md_name_normal(mem, md_str(text)), text);
	}
	assert_string_equal(md_name_from_wire(mem, wire, sizeof(wire)), "a\\.\\255.\\\\");
	assert_string_equal(md_name_from_wire(mem, wire, 3), "a\\.");
	assert_string_equal(md_name_from_wire(mem, wire, 0), ".");
	md_arena_free(mem);
}

static void
foreign_bytes_are_shown_in_presentation_form(void **state)
{
	struct md_arena *mem = md_arena_new();
	const char bytes[] = "a\"\\\n\xc3\x7f";

	(void)state;
	assert_string_equal(md_show(mem, (struct md_str){ bytes, 6 }),
	                    "a\"\\\\\\010\\195\\127");
	assert_string_equal(md_quote(mem, (struct md_str){ bytes, 2 }), "\"a\\\"\"");
	md_arena_free(mem);
}

static void
the_nearest_word_is_one_typing_error_away(void **state)
{
	static const char *const words[] = { "include", "redirect", "ip4", "ip6", NULL };

	(void)state;
	assert_string_equal(md_nearest(md_str("inclued"), words), "include");
	assert_string_equal(md_nearest(md_str("ipv4"), words), "ip4");
	assert_string_equal(md_nearest(md_str("redirct"), words), "redirect");
	assert_null(md_nearest(md_str("xyzzy"), words));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arrays_grow_and_keep_their_elements),
		cmocka_unit_test(branches_are_kept_or_thrown_away),
		cmocka_unit_test(addresses_are_read_printed_and_reversed),
		cmocka_unit_test(networks_hold_what_agrees_in_the_prefix),
		cmocka_unit_test(what_people_type_becomes_a_name_or_a_reason),
		cmocka_unit_test(names_have_labels_and_ancestors),
		cmocka_unit_test(one_name_has_one_text),
		cmocka_unit_test(foreign_bytes_are_shown_in_presentation_form),
		cmocka_unit_test(the_nearest_word_is_one_typing_error_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
