/* A report rendered: nothing hostile passes, and each format is what it promises to be. */
#include "unit.h"

#include "kind/kinds.h"

#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "ask/check.h"
#include "maildiag.h"

static const struct md_rule rules[] = {
	[0] = {
		.id = "test.fault",
		.severity = MD_FAIL,
		.title = "Something is wrong",
		.fix = "Mend it.",
		.reference = "RFC 0 section 1",
	},
	[1] = {
		.id = "test.blind",
		.severity = MD_UNSURE,
		.title = "Something cannot be seen",
		.fix = "Look there.",
		.reference = "",
	},
};

static const struct md_check check = {
	.name = "test",
	.title = "Test",
	MD_RULES(rules),
};

/* What somebody may have put into his records. */
#define EVIL "\033[2J\033]0;x\a\r\n\xff\xc2\x9b\xe2\x80\xae"

static struct md_finding finding = {
	.rule = &rules[0],
	.severity = MD_FAIL,
	.subject = EVIL,
	.evidence = "saw " EVIL,
	.record = "example.com. TXT \"one\"\nexample.com. TXT \""
	          "\x1b"
	          "\"",
	.ask_of = EVIL,
	.ask = "example.com. TXT \"one\"\nexample.com. TXT \""
	       "\x1b"
	       "\"",
	.excerpt = { .text = { EVIL, sizeof(EVIL) - 1 }, .offset = 2, .len = 1 },
};
static struct md_gap gap = { .kind = MD_LIMIT, .rule = &rules[1], .fact = EVIL, .why = EVIL };
static struct md_note note = { .label = "record", .text = EVIL };
static struct md_result result = {
	.check = &check,
	.skipped = "",
	.findings = &finding,
	.notes = &note,
	.gaps = &gap,
};
static const struct md_subject subject = {
	.kind = &md_subject_domain,
	.domain = "xn--bcher-kva.example",
	.mail_from = { .given = true, .local = "", .domain = EVIL, .text = EVIL },
	.helo = EVIL,
};

/* The report in some format; free it. */
static char *
rendered(const char *format, struct md_style style)
{
	struct md_report report = {
		.kinds = md_kinds,
		.subject = &subject,
		.role_why = EVIL,
		.nresults = 1,
		.results = &result,
	};
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	md_report_judge(&report, NULL);
	assert_true(md_render(format, &report, &style, out));
	fclose(out);
	assert_int_equal(strlen(text), len);
	return text;
}

static void
text_has_no_control_characters(void **state)
{
	static const struct md_style styles[] = {
		{ .utf8 = true },
		{ .utf8 = false },
		{ .utf8 = true, .verbose = true, .columns = 30 },
		{ .utf8 = true, .quiet = true },
	};

	for (size_t i = 0; i < COUNT(styles); i++) {
		char *text = rendered("text", styles[i]);

		for (const char *p = text; *p != '\0'; p++) {
			const unsigned char c = (unsigned char)*p;

			assert_true(c == '\n' || (c >= 0x20 && c != 0x7f));
			assert_true(styles[i].utf8 || c < 0x7f);
		}
		assert_null(strstr(text, "\xc2\x9b"));
		assert_null(strstr(text, "\xe2\x80\xae"));
		free(text);
	}
	(void)state;
}

static void
shows_names_as_people_write_them_where_the_terminal_can(void **state)
{
	char *utf8 = rendered("text", (struct md_style){ .utf8 = true });
	char *ascii = rendered("text", (struct md_style){ .utf8 = false });

	assert_non_null(strstr(utf8, "b\xc3\xbc"
	                             "cher.example (xn--bcher-kva.example)"));
	assert_null(strstr(ascii, "b\xc3\xbc"));
	assert_non_null(strstr(ascii, "xn--bcher-kva.example"));
	free(utf8);
	free(ascii);
	(void)state;
}

static void
records_stand_at_the_edge_unbroken(void **state)
{
	char *text = rendered("text", (struct md_style){ .columns = 30 });

	assert_non_null(strstr(text, "\nexample.com. TXT \"one\"\n"));
	free(text);
	(void)state;
}

static void
quiet_is_one_line(void **state)
{
	char *text = rendered("text", (struct md_style){ .quiet = true, .columns = 30 });

	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
	free(text);
	(void)state;
}

static void
json_carries_presentation_form(void **state)
{
	char *text = rendered("json", (struct md_style){ 0 });
	json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	const json_t *one, *found;

	assert_non_null(document);
	one = json_array_get(json_object_get(document, "checks"), 0);
	found = json_array_get(json_object_get(one, "findings"), 0);
	assert_string_equal(json_string_value(json_object_get(found, "evidence")),
	                    "saw \\027[2J\\027]0;x\\007\\013\\010\\255\\194\\155"
	                    "\\226\\128\\174");
	assert_string_equal(json_string_value(json_object_get(found, "record")),
	                    "example.com. TXT \"one\"\nexample.com. TXT \"\\027\"");
	found = json_object_get(found, "excerpt");
	assert_int_equal(json_integer_value(json_object_get(found, "offset")), 5);
	assert_int_equal(json_integer_value(json_object_get(found, "length")), 1);
	json_decref(document);
	free(text);
	(void)state;
}

static void
jsonl_is_one_line(void **state)
{
	char *text = rendered("jsonl", (struct md_style){ 0 });
	json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(document);
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
	json_decref(document);
	free(text);
	(void)state;
}

static void
knows_no_other_format(void **state)
{
	assert_false(md_render("html", NULL, NULL, stdout));
	(void)state;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_has_no_control_characters),
		cmocka_unit_test(shows_names_as_people_write_them_where_the_terminal_can),
		cmocka_unit_test(records_stand_at_the_edge_unbroken),
		cmocka_unit_test(quiet_is_one_line),
		cmocka_unit_test(json_carries_presentation_form),
		cmocka_unit_test(jsonl_is_one_line),
		cmocka_unit_test(knows_no_other_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
