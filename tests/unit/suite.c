/* Suites that are not ours to ship: a case a line, in JSON. */
#include "unit.h"

#include "suite.h"

#include <stdio.h>
#include <stdlib.h>

static FILE *
open_suite(const char *file)
{
	const char *shared = getenv("MAILDIAG_SHARED");
	char path[4096];

	snprintf(path, sizeof(path), "%s/data/%s",
	         shared != NULL ? shared : SOURCE_DIR "/../shared", file);
	return fopen(path, "r");
}

void
suite_passes(const char *file, unsigned more_than, bool (*try_case)(json_t *))
{
	FILE *suite = open_suite(file);
	unsigned cases = 0, bad = 0;
	char *line = NULL;
	size_t room = 0;

	if (suite == NULL) {
		print_message("skipped: no suite in $MAILDIAG_SHARED or ../shared\n");
		skip();
	}
	while (getline(&line, &room, suite) > 0) {
		json_t *c = json_loads(line, JSON_ALLOW_NUL, NULL);

		assert_non_null(c);
		cases++;
		bad += !try_case(c);
		json_decref(c);
	}
	free(line);
	fclose(suite);
	print_message("%u cases, %u wrong\n", cases, bad);
	assert_true(cases > more_than);
	assert_int_equal(bad, 0);
}

const char *
suite_text(const json_t *c, const char *key)
{
	const char *text = json_string_value(json_object_get(c, key));

	return text != NULL ? text : "";
}
