/* Texts as they were before a word processor or a web panel had them. */
#include "unit.h"

#include "base/arena.h"
#include "record/txt_meant.h"

static const struct {
	const char *text, *meant;
} cases[] = {
	{ "v=spf1 mx -all", "v=spf1 mx -all" },
	{ "\"v=spf1 mx -all\"", "v=spf1 mx -all" },
	{ "\\\"v=spf1 mx -all\\\"", "v=spf1 mx -all" },
	{ "v=DKIM1; p=MIIB\" \"IjAN", "v=DKIM1; p=MIIBIjAN" },
	{ "\"v=DKIM1; p=MIIB\"\"IjAN\"", "v=DKIM1; p=MIIBIjAN" },
	{ "v=spf1\xC2\xA0mx \xE2\x80\x93"
	  "all",
	  "v=spf1 mx -all" },
	{ "\xE2\x80\x9Cv=spf1 mx \xE2\x88\x92"
	  "all\xE2\x80\x9D",
	  "v=spf1 mx -all" },
	{ "\xEF\xBB\xBFv=DMARC1; p=none", "v=DMARC1; p=none" },
	{ "v=spf1\tmx -all\r\n", "v=spf1 mx -all" },
	{ "v=spf1 a:caf\xC3\xA9.example -all", NULL },
	{ "v=spf1 mx\xA0-all", NULL },
	{ "", "" },
};

static void
pasted_texts_are_made_plain(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *meant = md_txt_meant(mem, md_str(cases[i].text));

		print_message("  %s\n", md_show(mem, md_str(cases[i].text)));
		if (cases[i].meant == NULL)
			assert_null(meant);
		else
			assert_string_equal(meant != NULL ? meant : "(riddle)", cases[i].meant);
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pasted_texts_are_made_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
