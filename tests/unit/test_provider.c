/* Providers by the names of mail hosts and SPF includes, and the data files built in. */
#include "unit.h"

#include "ask/datafile.h"
#include "domain/provider.h"

static const char file[] =
        "# comment\n"
        "One\tmail.one.example\t_spf.one.example,alt.example\ts1,s2\tx\tsource\n"
        "Two\t-\tTwo.example\t-\t-\tsource\n";

static const struct {
	const char *mx, *spf, *provider; /* NULL: nobody's */
} cases[] = {
	{ "mail.one.example", NULL, "One" },
	{ "a.b.mail.one.example", NULL, "One" },
	{ "one.example", NULL, NULL },
	{ "xmail.one.example", NULL, NULL },
	{ "mail.one.example.org", NULL, NULL },
	{ "-", NULL, NULL },
	{ ".", NULL, NULL },
	{ NULL, "_spf.one.example", "One" },
	{ NULL, "eu.alt.example", "One" },
	{ NULL, "two.example", "Two" },
	{ NULL, "mail.one.example", NULL },
};

/* The first of the file whose name it is; false when it is nobody's. */
static bool
find(const char *mx, const char *spf, struct md_provider *p)
{
	struct md_tsv lines = { .rest = md_str(file) };

	while (md_provider_next(&lines, p))
		if (mx != NULL ? md_provider_has_mx(p, mx) : md_provider_has_spf(p, spf))
			return true;
	return false;
}

static void
providers_are_known_by_their_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_provider p;
		const bool found = find(cases[i].mx, cases[i].spf, &p);

		print_message("  %s %s\n", cases[i].mx != NULL ? "MX" : "SPF",
		              cases[i].mx != NULL ? cases[i].mx : cases[i].spf);
		assert_int_equal(found, cases[i].provider != NULL);
		if (found)
			assert_true(md_str_eq(p.name, cases[i].provider));
	}
}

static const void *
count_lines(struct md_arena *mem, struct md_str text)
{
	size_t *n = md_alloc(mem, sizeof(*n));
	struct md_str line;

	while (md_str_cut(&text, '\n', &line))
		++*n;
	return n;
}

static void
a_data_file_is_read_once(void **state)
{
	struct md_arena *mem = md_arena_new();
	const char *why;
	struct md_datafiles *files = md_datafiles_open(mem, NULL, &why);
	const size_t *lines = md_datafiles_read(files, "providers", count_lines);

	(void)state;
	assert_true(*lines > 10);
	assert_ptr_equal(md_datafiles_read(files, "providers", count_lines), lines);
	assert_ptr_not_equal(md_datafiles_read(files, "selectors", count_lines), lines);
	assert_int_equal(*(const size_t *)md_datafiles_read(files, "none", count_lines), 0);
	md_arena_free(mem);
}

static void
a_dash_is_nothing(void **state)
{
	struct md_provider p;

	(void)state;
	assert_true(find(NULL, "two.example", &p));
	assert_int_equal(p.mx.len, 0);
	assert_int_equal(p.selectors.len, 0);
	assert_true(md_str_eq(p.spf, "Two.example"));
}

/* Each line of a built-in file has as many columns as its head describes, and none is empty. */
static void
built_in_files_are_complete(void **state)
{
	static const struct {
		const char *name;
		size_t columns;
	} files[] = { { "providers", 6 }, { "selectors", 3 } };

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		const struct md_builtin *b = md_builtins;
		struct md_str f[6];
		struct md_tsv lines;
		size_t n;

		while (b->name != NULL && strcmp(b->name, files[i].name) != 0)
			b++;
		assert_non_null(b->name);
		lines = (struct md_tsv){ .rest = { b->text, b->len } };
		while ((n = md_tsv_next(&lines, f, 6)) > 0) {
			assert_int_equal(n, files[i].columns);
			for (size_t k = 0; k < n; k++)
				assert_true(f[k].len > 0);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(providers_are_known_by_their_names),
		cmocka_unit_test(a_data_file_is_read_once),
		cmocka_unit_test(a_dash_is_nothing),
		cmocka_unit_test(built_in_files_are_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
