/* Data files: which lines count, and where their fields begin and end. */
#include "unit.h"

#include "base/arena.h"
#include "base/tsv.h"

/* A text, and of each line that counts: its number, how many fields, the first three. */
static const struct {
	const char *text, *lines;
} cases[] = {
	{ "", "" },
	{ "\n\n", "" },
	{ "# comment\n \t \n", "" },
	{ "a", "1:1[a][][] " },
	{ "a\tb\n", "1:2[a][b][] " },
	{ "a\t\n", "1:2[a][][] " },
	{ "\tb\n", "1:2[][b][] " },
	{ "a\tb\tc\td\n", "1:4[a][b][c] " },
	{ " a b \t c\r\n", "1:2[a b][c][] " },
	{ "# x\na\n\n#\nb # no comment\n", "2:1[a][][] 5:1[b # no comment][][] " },
};

static void
lines_are_cut_into_fields(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_tsv t = { .rest = md_str(cases[i].text) };
		struct md_buf out = { .mem = mem };
		struct md_str f[3];
		size_t n;

		while ((n = md_tsv_next(&t, f, COUNT(f))) > 0)
			md_buf_printf(&out, "%u:%zu[%.*s][%.*s][%.*s] ", t.line, n,
			              MD_FMT(f[0]), MD_FMT(f[1]), MD_FMT(f[2]));
		assert_string_equal(md_buf_str(&out), cases[i].lines);
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_cut_into_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
