/* MTA-STS records by the grammar of RFC 8461 3.1. */
#include "unit.h"

#include "base/arena.h"
#include "faults.h"
#include "record/mta_sts.h"

#define ID32 "0123456789abcdefghijABCDEFGHIJ01"

static const struct {
	const char *text, *id, *faults;
} cases[] = {
	{ "v=STSv1; id=20160831085700Z;", "20160831085700Z", "" }, /* the RFC's example */
	{ "v=STSv1;id=1", "1", "" },
	{ "v=STSv1 ;\tid=1 ; ", "1", "" },
	{ "v=STSv1; id=" ID32, ID32, "" },
	{ "v=STSv1; x-1.y_z=a:b<c>; id=1; 1a=~", "1", "" },
	{ "v=STSv1; id=1; id=1;", "1", "" },
	{ "v=STSv1; id=1; ID=2;", "1", "" },
	/* faults */
	{ "", "", "0+0 it does not begin with \"v=STSv1;\"\n0+0 id= is missing\n" },
	{ "v=STSv1", "", "7+0 id= is missing\n" },
	{ "v=STSv1;", "", "8+0 id= is missing\n" },
	{ "v=STSv1; ID=1", "", "13+0 id= is missing\n" },
	{ "v=STSV1; id=1", "1", "0+7 it does not begin with \"v=STSv1;\"\n" },
	{ "V=STSv1; id=1", "1", "0+7 it does not begin with \"v=STSv1;\"\n" },
	{ " v=STSv1; id=1", "1", "0+8 it does not begin with \"v=STSv1;\"\n" },
	{ "v = STSv1; id=1", "1", "0+9 it does not begin with \"v=STSv1;\"\n" },
	{ "v=STSv1 id=1", "1", "7+0 a \";\" is missing after \"v=STSv1\"\n" },
	{ "v=STSv10; id=1", "1", "0+8 the version is not exactly \"v=STSv1\"\n" },
	{ "v=STSv1, id=1", "",
	  "0+13 the version is not exactly \"v=STSv1\"\n13+0 id= is missing\n" },
	{ "v=STSv1; id=", "", "12+0 id= has no value\n" },
	{ "v=STSv1; id=" ID32 "x", ID32 "x", "12+33 id= is longer than 32 characters\n" },
	{ "v=STSv1; id=2026-01-01", "2026-01-01",
	  "16+1 id= has a character that is neither letter nor digit\n" },
	{ "v=STSv1; id = 1", "",
	  "9+2 \"id\" has a blank beside its \"=\"\n15+0 id= is missing\n" },
	{ "v=STSv1; id=1; id=2", "1", "18+1 there are two different id=\n" },
	{ "v=STSv1;; id=1", "1", "8+0 there is a semicolon too many\n" },
	{ "v=STSv1; id=1; mode", "1", "15+4 \"mode\" is no field: it has no \"=\"\n" },
	{ "v=STSv1; id=1; -x=1", "1", "15+2 \"-x\" is no name of a field\n" },
	{ "v=STSv1; id=1; x=", "1", "15+1 \"x\" has no value\n" },
	{ "v=STSv1; id=1; x=a=b", "1",
	  "18+1 \"x\" has a value with a character that values cannot have\n" },
	{ "v=STSv1; id=1; x=a b", "1",
	  "18+1 \"x\" has a value with a character that values cannot have\n" },
};

static void
records_are_read_and_their_faults_placed(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct md_mta_sts r = md_mta_sts_parse(mem, md_str(cases[i].text));

		print_message("  %s\n", cases[i].text);
		assert_string_equal(faults_text(mem, &r.faults), cases[i].faults);
		assert_string_equal(md_show(mem, r.id), cases[i].id);
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_read_and_their_faults_placed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
