/* No control character of somebody's record reaches a terminal. */
#include "unit.h"

#include "base/arena.h"
#include "base/escape.h"

static void
escapes_what_is_not_visible(void **state)
{
	static const struct {
		const char *text, *utf8, *ascii;
	} cases[] = {
		{ "", "", "" },
		{ "v=spf1 -all", "v=spf1 -all", "v=spf1 -all" },
		{ "a\\010b", "a\\010b", "a\\010b" }, /* escaped once is enough */
		{ "\033[31mred", "\\027[31mred", "\\027[31mred" },
		{ "a\nb\tc\rd", "a\\010b\\009c\\013d", "a\\010b\\009c\\013d" },
		{ "\x7f", "\\127", "\\127" },
		{ "b\xc3\xbc"
		  "cher",
		  "b\xc3\xbc"
		  "cher",
		  "b\\195\\188cher" },
		{ "\xc2\x9b"
		  "31m",
		  "\\194\\15531m", "\\194\\15531m" }, /* C1 CSI */
		{ "\xc3", "\\195", "\\195" },         /* cut off */
		{ "\xff"
		  "a",
		  "\\255a", "\\255a" },                                   /* no UTF-8 */
		{ "\xc0\xaf", "\\192\\175", "\\192\\175" },               /* overlong "/" */
		{ "\xed\xa0\x80", "\\237\\160\\128", "\\237\\160\\128" }, /* surrogate */
		{ "\xe2\x80\xae"
		  "x",
		  "\\226\\128\\174x", "\\226\\128\\174x" }, /* U+202E */
		/* commands to the runners of CI systems */
		{ "a ##[group]b", "a ##\\091group]b", "a ##\\091group]b" },
		{ "##VSO[task.x y]", "##VSO\\091task.x y]", "##VSO\\091task.x y]" },
		{ "::add-mask::x", "\\058:add-mask::x", "\\058:add-mask::x" },
		{ "a ::error file=z::x", "a \\058:error file=z::x", "a \\058:error file=z::x" },
		{ "#[1] ip6:::1 ::1 ::ffff:192.0.2.1 a::error b",
		  "#[1] ip6:::1 ::1 ::ffff:192.0.2.1 a::error b",
		  "#[1] ip6:::1 ::1 ::ffff:192.0.2.1 a::error b" },
		{ "\xf4\x90\x80\x80", "\\244\\144\\128\\128", "\\244\\144\\128\\128" },
	};
	struct md_arena *mem = md_arena_new();

	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_string_equal(md_escape(mem, md_str(cases[i].text), true), cases[i].utf8);
		assert_string_equal(md_escape(mem, md_str(cases[i].text), false),
		                    cases[i].ascii);
	}
	assert_string_equal(md_escape(mem, (struct md_str){ "a\0b", 3 }, true), "a\\000b");
	md_arena_free(mem);
	(void)state;
}

static void
knows_how_wide_text_is(void **state)
{
	static const struct {
		const char *text;
		unsigned width;
	} cases[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "b\xc3\xbc"
		  "cher",
		  6 },
		{ "u\xcc\x88", 1 },                /* u and a combining diaeresis */
		{ "\xe4\xbe\x8b\xe3\x81\x88", 4 }, /* two East Asian characters */
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(md_escape_width(md_str(cases[i].text)), cases[i].width);
	(void)state;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes_what_is_not_visible),
		cmocka_unit_test(knows_how_wide_text_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
