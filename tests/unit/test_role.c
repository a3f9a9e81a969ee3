/* What an SPF record says at a glance: one half of a domain's role. */
#include "unit.h"

#include "auth/role.h"

/* RFC 7208 4.5, 4.6.1, 4.6.2, 6.1. */
static const struct {
	const char *record;
	enum md_spf_stance stance;
} records[] = {
	{ "v=spf1 -all", MD_STANCE_REFUSES },
	{ "V=SPF1  -ALL ", MD_STANCE_REFUSES },
	{ "v=spf1", MD_STANCE_OPEN },
	{ "v=spf1 ~all", MD_STANCE_OPEN },
	{ "v=spf1 ?all", MD_STANCE_OPEN },
	{ "v=spf1 -mx -all", MD_STANCE_OPEN },
	{ "v=spf1 exp=why.example.com -all", MD_STANCE_OPEN },
	{ "v=spf1 note=x -all", MD_STANCE_OPEN },
	{ "v=spf1 all", MD_STANCE_PERMITS },
	{ "v=spf1 +all", MD_STANCE_PERMITS },
	{ "v=spf1 mx -all", MD_STANCE_PERMITS },
	{ "v=spf1 -a ip4:192.0.2.1 -all", MD_STANCE_PERMITS },
	{ "v=spf1 redirect=_spf.example.com", MD_STANCE_PERMITS },
	{ "v=spf1 exists:%{i}.a=b.example.com -all", MD_STANCE_PERMITS },
};

static void
stance_of_spf_records(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(records); i++) {
		print_message("  %s\n", records[i].record);
		assert_int_equal(md_spf_stance(mem, md_str(records[i].record)),
		                 records[i].stance);
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stance_of_spf_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
