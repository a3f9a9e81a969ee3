/* Lines of earlier output: which count, and which do not. */
#include "unit.h"

#include "../../cmd/bulk/lines.h"

#define HEAD                                                                                        \
	"{\"schema\":\"maildiag-report/1\",\"tool\":{\"name\":\"maildiag\",\"version\":\"0.1.0\"}," \
	"\"time\":\"2026-11-22T07:00:00Z\",\"subject\":{\"kind\":\"domain\",\"name\":"
#define CSV "domain,verdict,complete\n"

/* Lines in front of the one that is meant, and what that is: a domain, or NULL. */
static const struct {
	const char *before, *line, *domain;
} cases[] = {
	{ "", HEAD "\"a.example\"}}", "a.example" },
	{ "", HEAD "\"a.example\",\"role\":\"parked\"},\"checks\":[]}", "a.example" },
	{ HEAD "\"a.example\"}}\n", HEAD "\"b.example\"}}", "b.example" },
	/* A quotation mark in a text has a backslash in front. */
	{ "", HEAD "\"a.example\",\"x\":\"{\\\"schema\\\":\\\"maildiag-report/1\\\"\"}}",
	  "a.example" },
	{ "", HEAD "\"a.example\"}", "a.example" },
	{ "", HEAD "\"a.example\",", NULL },
	{ "", HEAD "\"a.example\"", NULL },
	{ "", HEAD "\"a.example", NULL },
	{ "", HEAD "\"a\\u0041.example\"}}", NULL },
	{ "", HEAD "\"a example\"}}", NULL },
	{ "", HEAD "\"\"}}", NULL },
	{ "", HEAD "\"a.example\",\"role\":" HEAD "\"b.example\"}}", NULL },
	{ "", " " HEAD "\"a.example\"}}", NULL },
	{ "", "", NULL },
	{ "", "}", NULL },
	{ "", "a.example,pass,yes", NULL },
	{ CSV, "a.example,pass,yes", "a.example" },
	{ CSV, "\\045a.example,pass,yes", "\\045a.example" },
	{ CSV "b.example,pass,yes\n", "a.example,,", "a.example" },
	{ CSV, "a.example,pass", NULL },
	{ CSV, "a.example,pass,yes,", NULL },
	{ CSV, "a.exab.example,pass,a.example,pass,yes", NULL },
	{ CSV, ",pass,yes", NULL },
	{ CSV, "a example,pass,yes", NULL },
	{ CSV, "\"a.example\",pass,yes", NULL },
	{ CSV, HEAD "\"a.example\"}}", NULL },
	{ CSV, "domain,verdict,complete", NULL },
	{ CSV, "", NULL },
};

static void
lines_count_when_they_are_ours_and_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct cli_lines lines = { .columns = 0 };
		struct md_str rest = md_str(cases[i].before), line, name = { "", 0 };
		enum cli_line is;

		while (md_str_cut(&rest, '\n', &line))
			cli_line_read(&lines, line, &name);
		is = cli_line_read(&lines, md_str(cases[i].line), &name);
		if ((is == CLI_LINE_DOMAIN) != (cases[i].domain != NULL))
			fail_msg("%s", cases[i].line);
		if (is == CLI_LINE_DOMAIN && !md_str_eq(name, cases[i].domain))
			fail_msg("%s: %.*s", cases[i].line, MD_FMT(name));
	}
}

static const struct {
	const char *before, *torn;
	bool ours;
} torn[] = {
	{ "", "{", true },
	{ "", HEAD, true },
	{ "", HEAD "\"a.exam", true },
	{ "", HEAD "\"a.example\",\"x\":[1,2", true },
	{ "", "d", true },
	{ "", "domain,verdict,comp", true },
	{ "", "hello", false },
	{ "", "{}", false },
	{ "", "a.example", false },
	{ CSV, "a.exa", true },
	{ CSV, "\\045a.example,pa", true },
	{ CSV, "a b", false },
	{ CSV, "{", false },
	{ HEAD "\"a.example\"}}\n", "{\"sch", true },
	{ HEAD "\"a.example\"}}\n", "domain,", false },
};

static void
half_a_line_is_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(torn) / sizeof(*torn); i++) {
		struct cli_lines lines = { .columns = 0 };
		struct md_str rest = md_str(torn[i].before), line, name;

		while (md_str_cut(&rest, '\n', &line))
			cli_line_read(&lines, line, &name);
		if (cli_line_begins(&lines, md_str(torn[i].torn)) != torn[i].ours)
			fail_msg("%s", torn[i].torn);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_count_when_they_are_ours_and_whole),
		cmocka_unit_test(half_a_line_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
