/*
 * ARC validation against the ValiMail suite.
 *
 * It is found in $MAILDIAG_SHARED or ../shared; without it the test is skipped.  The suite is
 * of 2018 and written for a draft; where RFC 8617 says otherwise we follow the RFC:
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <jansson.h>

#include "arc/arc.h"
#include "ask/check.h"
#include "maildiag.h"

static const struct {
	const char *id, *result, *because;
} readings[] = {
	{ "ams-fields-c-na", "fail",
	  "4.1.2: as in RFC 6376 3.5, where no c= is simple/simple" },
	{ "ams-fields-h-empty", "fail", "4.1.2: as in RFC 6376 3.5, where h= is not empty" },
	{ "cv-fail-i1-as-cv-fail", "fail", "5.2 step 2: cv=fail is a chain that fails" },
	{ "cv-fail-i2-as2-fail", "fail", "5.2 step 2: cv=fail is a chain that fails" },
	{ "cv-fail-i2-as1-fail", "fail", "5.2 step 3.C: no cv= may be fail" },
};

static struct {
	char result[16], why[512];
} now;

static void
evaluate(struct md_ctx *c)
{
	const struct md_arc *arc = md_arc_validate(c);

	if (md_waiting(c))
		return;
	snprintf(now.result, sizeof(now.result), "%s", md_arc_result_name(arc->result));
	snprintf(now.why, sizeof(now.why), "%s", arc->why);
}

static const struct md_check arc_check = { .name = "arc", .title = "ARC", .run = evaluate };

static const char *
text_of(json_t *c, const char *key)
{
	const char *text = json_string_value(json_object_get(c, key));

	return text != NULL ? text : "";
}

static void
validate(json_t *c, const char *zone)
{
	static const struct md_check *const checks[] = { &arc_check, NULL };
	const char *const zones[] = { zone, NULL };
	const struct md_engine_options eo = { .zones = zones, .offline = true };
	const struct md_message_source message = { .name = text_of(c, "id"),
		                                   .octets = text_of(c, "message"),
		                                   .len = strlen(text_of(c, "message")) };
	const struct md_run_options ro = { .message = &message, .now = 1500000000 };
	char *why = NULL;
	struct md_engine *engine = md_engine_new(&eo, &why);
	struct md_run *run;

	if (engine == NULL)
		fail_msg("%s", why);
	strcpy(now.result, "none"); /* what has no header field has no chain */
	run = md_run_new(engine, checks, &ro, &why);
	while (run != NULL && !md_run_done(run))
		md_engine_step(engine, -1);
	md_run_free(run);
	md_engine_free(engine);
	free(why);
}

static const char *
expected(json_t *c)
{
	for (size_t i = 0; i < COUNT(readings); i++)
		if (strcmp(readings[i].id, text_of(c, "id")) == 0)
			return readings[i].result;
	return text_of(c, "expect");
}

static bool
try_case(json_t *c)
{
	char path[] = "/tmp/maildiag-arc-XXXXXX";
	const int fd = mkstemp(path);
	FILE *out = fd >= 0 ? fdopen(fd, "w") : NULL;
	bool good;

	assert_non_null(out);
	fputs(text_of(c, "zone"), out);
	fclose(out);
	now.why[0] = '\0';
	validate(c, path);
	unlink(path);
	good = strcmp(now.result, expected(c)) == 0;
	if (!good)
		print_message("  %s: %s (%s); expected %s\n", text_of(c, "id"), now.result,
		              now.why, expected(c));
	else if (getenv("ARC_VERBOSE") != NULL)
		print_message("  %s: %s (%s)\n", text_of(c, "id"), now.result, now.why);
	return good;
}

static FILE *
open_suite(void)
{
	const char *shared = getenv("MAILDIAG_SHARED");
	char path[4096];

	snprintf(path, sizeof(path), "%s/data/arc-suite/cases.jsonl",
	         shared != NULL ? shared : SOURCE_DIR "/../shared");
	return fopen(path, "r");
}

static void
the_suite_passes(void **state)
{
	FILE *suite = open_suite();
	unsigned cases = 0, bad = 0;
	char *line = NULL;
	size_t room = 0;

	(void)state;
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
	for (size_t i = 0; i < COUNT(readings); i++)
		print_message("our reading: %s is %s, RFC 8617 %s\n", readings[i].id,
		              readings[i].result, readings[i].because);
	print_message("%u cases, %u wrong\n", cases, bad);
	assert_true(cases > 150);
	assert_int_equal(bad, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_suite_passes) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
