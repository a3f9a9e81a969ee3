/*
 * ARC validation against the ValiMail suite.
 *
 * It is found in $MAILDIAG_SHARED or ../shared; without it the test is skipped.  The suite is
 * of 2018 and written for a draft; where RFC 8617 says otherwise we follow the RFC:
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "arc/arc.h"
#include "offline.h"
#include "suite.h"

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

static void
validate(json_t *c)
{
	static const struct md_check *const checks[] = { &arc_check, NULL };
	const struct md_message_source message = { .name = suite_text(c, "id"),
		                                   .octets = suite_text(c, "message"),
		                                   .len = strlen(suite_text(c, "message")) };
	const struct md_run_options options = { .message = &message, .now = 1500000000 };
	struct offline f;

	offline_open_zone(&f, suite_text(c, "zone"));
	strcpy(now.result, "none"); /* what has no header field is refused, and has no chain */
	now.why[0] = '\0';
	if (offline_start(&f, checks, &options))
		offline_finish(&f);
	offline_close(&f);
}

static const char *
expected(json_t *c)
{
	for (size_t i = 0; i < COUNT(readings); i++)
		if (strcmp(readings[i].id, suite_text(c, "id")) == 0)
			return readings[i].result;
	return suite_text(c, "expect");
}

static bool
try_case(json_t *c)
{
	bool good;

	validate(c);
	good = strcmp(now.result, expected(c)) == 0;
	if (!good)
		print_message("  %s: %s (%s); expected %s\n", suite_text(c, "id"), now.result,
		              now.why, expected(c));
	else if (getenv("ARC_VERBOSE") != NULL)
		print_message("  %s: %s (%s)\n", suite_text(c, "id"), now.result, now.why);
	return good;
}

static void
the_suite_passes(void **state)
{
	(void)state;
	suite_passes("arc-suite/cases.jsonl", 150, try_case);
	for (size_t i = 0; i < COUNT(readings); i++)
		print_message("our reading: %s is %s, RFC 8617 %s\n", readings[i].id,
		              readings[i].result, readings[i].because);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_suite_passes) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
