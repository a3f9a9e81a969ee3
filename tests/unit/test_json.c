/* JSON: what is refused and why, values by their keys, and both forms in which it is written.
 */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "unit.h"
#include "json/read.h"
#include "json/write.h"

static const struct {
	const char *text, *why;
} refused[] = {
	{ "", "no JSON: '[' or '{' expected (at column 1)" },
	{ "x", "no JSON: '[' or '{' expected (at column 1)" },
	{ "\"a\"", "no JSON: '[' or '{' expected (at column 1)" },
	{ "[]", "no JSON object" },
	{ "{\"a\"", "no JSON: premature end (at column 5)" },
	{ "{\"a", "no JSON: premature end (at column 4)" },
	{ "{\"a\":", "no JSON: premature end (at column 6)" },
	{ "{\"a\":1", "no JSON: premature end (at column 7)" },
	{ "{\"a\" 1}", "no JSON: ':' expected (at column 6)" },
	{ "{a:1}", "no JSON: string expected (at column 2)" },
	{ "{\"a\":1,}", "no JSON: string expected (at column 8)" },
	{ "{\"a\":1 \"b\":2}", "no JSON: ',' or '}' expected (at column 8)" },
	{ "{\"a\":[1 2]}", "no JSON: ',' or ']' expected (at column 9)" },
	{ "{\"a\":yes}", "no JSON: unexpected token (at column 6)" },
	{ "{\"a\":01}", "no JSON: ',' or '}' expected (at column 7)" },
	{ "{\"a\":1.}", "no JSON: unexpected token (at column 8)" },
	{ "{\"a\":\"\\x\"}", "no JSON: invalid escape (at column 8)" },
	{ "{\"a\":\"\t\"}", "no JSON: control character in a string (at column 7)" },
	{ "{\"a\":1}x", "no JSON: end expected (at column 8)" },
	{ "{\"a\":1}{}", "no JSON: end expected (at column 8)" },
	{ "{\"a\":1,\"\\u0061\":2}", "no JSON: duplicate object key (at column 19)" },
	{ "{\"a\":[{\"b\":1,\"b\":1}]}", "no JSON: duplicate object key (at column 20)" },
	{ "{\"a\":\"\\ud800\"}", "no JSON: invalid Unicode escape (at column 14)" },
	{ "{\"a\":\"\\udc00\\ud800\"}", "no JSON: invalid Unicode escape (at column 20)" },
	{ "{\"a\":\"\\u0000\"}", "no JSON: invalid Unicode escape (at column 14)" },
	{ "{\"\\u0000\":1}", "no JSON: invalid Unicode escape (at column 11)" },
	{ "{\"a\":\"\xe9\"}", "no JSON: invalid UTF-8 (at column 1)" },
	{ "{\"a\":9223372036854775808}", "no JSON: too big a number (at column 25)" },
	{ "{\"a\":-9223372036854775809}", "no JSON: too big a number (at column 26)" },
	{ "{\"a\":1e400}", "no JSON: too big a number (at column 11)" },
};

static void
what_is_wrong_is_said(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct md_read in = { .mem = mem };
		struct md_members object;

		print_message("  %s\n", refused[i].text);
		assert_false(md_read_line(&in, md_str(refused[i].text), &object));
		assert_string_equal(in.why, refused[i].why);
		assert_int_equal(object.n, 0);
	}
	md_arena_free(mem);
}

/* A NUL is no end, wherever it stands. */
static void
no_octet_is_passed_over(void **state)
{
	static const char text[] = "{\"a\":1,\"b\":[true,\"x\"]}";
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++) {
		struct md_read in = { .mem = mem };
		struct md_members object;
		char more[sizeof(text)];

		memcpy(more, text, i);
		more[i] = '\0';
		memcpy(more + i + 1, text + i, sizeof(text) - i - 1);
		assert_false(md_read_line(&in, (struct md_str){ more, sizeof(more) }, &object));
	}
	md_arena_free(mem);
}

static void
values_are_found_by_their_keys(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_read in = { .mem = mem };
	struct md_members object, inner;
	const char *const *texts;
	int64_t number;
	size_t n;

	(void)state;
	assert_true(md_read_line(
	        &in,
	        md_str(" {\"t\\u0065xt\":\"a\\u00e9\\n\",\"least\":-9223372036854775808,"
	               "\"most\":9223372036854775807,\"zero\":-0,\"set\":true,\"unset\":false,"
	               "\"list\":[\"a\",\"b\"],\"none\":[],\"in\":{\"x\":{\"list\":1}}}\n"),
	        &object));
	assert_int_equal(object.n, 9);
	assert_string_equal(md_read_text(&in, &object, "text", ""), "a\303\251\n");
	assert_null(md_read_text(&in, &object, "tex", NULL));
	assert_true(md_read_integer(md_read_value(&object, "least"), &number));
	assert_true(number == INT64_MIN);
	assert_true(md_read_number(&in, &object, "most", INT64_MAX, 1) == INT64_MAX);
	assert_int_equal(md_read_number(&in, &object, "zero", 5, 1), 0);
	assert_int_equal(md_read_number(&in, &object, "missing", 5, 1), 1);
	assert_true(md_read_flag(&in, &object, "set"));
	assert_false(md_read_flag(&in, &object, "unset"));
	texts = md_read_texts(&in, &object, "list", 2, &n);
	assert_int_equal(n, 2);
	assert_string_equal(texts[1], "b");
	assert_non_null(md_read_array(&in, &object, "none", 0, &n));
	assert_null(md_read_array(&in, &object, "missing", 0, &n));
	assert_true(md_read_object(&in, md_read_value(&object, "in"), &inner));
	assert_false(md_read_object(&in, md_read_value(&object, "list"), &inner));
	assert_null(in.why);
	md_arena_free(mem);
}

static void
values_of_other_types_are_wrong(void **state)
{
	static const char text[] = "{\"t\":1,\"n\":1.0,\"m\":-1,\"f\":1,\"a\":{},\"l\":[1,2]}";
	struct md_arena *mem = md_arena_new();
	struct md_read in[7] = { { NULL, NULL } };
	struct md_members object;
	size_t n;

	(void)state;
	for (size_t i = 0; i < COUNT(in); i++)
		in[i].mem = mem;
	assert_true(md_read_line(&in[0], md_str(text), &object));
	md_read_text(&in[0], &object, "t", "");
	assert_string_equal(in[0].why, "\"t\" is no string");
	md_read_number(&in[1], &object, "n", 9, 0);
	assert_string_equal(in[1].why, "\"n\" is no number from 0 to 9");
	md_read_number(&in[2], &object, "m", 9, 0);
	assert_string_equal(in[2].why, "\"m\" is no number from 0 to 9");
	md_read_flag(&in[3], &object, "f");
	assert_string_equal(in[3].why, "\"f\" is neither true nor false");
	assert_null(md_read_array(&in[4], &object, "a", 9, &n));
	assert_string_equal(in[4].why, "\"a\" is no array");
	assert_null(md_read_array(&in[5], &object, "l", 1, &n));
	assert_string_equal(in[5].why, "\"l\" has more than 1 elements");
	md_read_texts(&in[6], &object, "l", 2, &n);
	assert_string_equal(in[6].why, "\"l\" has an element that is no string");
	assert_int_equal(n, 0);
	md_arena_free(mem);
}

static const char *
written(struct md_arena *mem, bool indented)
{
	struct md_json j = { .text.mem = mem, .indented = indented };

	md_json_open(&j, NULL, '{');
	md_json_text(&j, "text", "a\001\"\\\303\251");
	md_json_clean(&j, "clean", "{\b\f\n\r\t\002[");
	md_json_octets(&j, "octets", (struct md_str){ "\377\0", 2 });
	md_json_clean(&j, "command", "# ##[x ##vso[");
	md_json_hex(&j, "hex", (const unsigned char *)"\x0a\xff", 2);
	md_json_open(&j, "none", '{');
	md_json_close(&j, '}');
	md_json_open(&j, "list", '[');
	md_json_open(&j, NULL, '[');
	md_json_close(&j, ']');
	md_json_number(&j, NULL, -1);
	md_json_count(&j, NULL, UINT64_MAX);
	md_json_bool(&j, NULL, true);
	md_json_close(&j, ']');
	md_json_time(&j, "time", 1000000000);
	md_json_time(&j, "never", -1);
	md_json_value(&j, "value", md_str(" { \"\\u0061\" : [ 1.50 , null ] } "));
	md_json_close(&j, '}');
	return md_buf_str(&j.text);
}

static void
json_is_written_on_a_line_or_indented(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	assert_string_equal(
	        written(mem, false),
	        "{\"text\":\"a\\\\001\\\"\\\\\303\251\",\"clean\":\"{\\b\\f\\n\\r\\t\\u0002[\","
	        "\"octets\":\"\\\\255\\\\000\",\"command\":\"# \\u0023#[x \\u0023#vso[\","
	        "\"hex\":\"0aff\",\"none\":{},"
	        "\"list\":[[],-1,null,true],\"time\":\"2001-09-09T01:46:40Z\",\"never\":null,"
	        "\"value\":{\"a\":[1.50,null]}}");
	assert_string_equal(
	        written(mem, true),
	        "{\n  \"text\": \"a\\\\001\\\"\\\\\303\251\",\n"
	        "  \"clean\": \"{\\b\\f\\n\\r\\t\\u0002[\",\n"
	        "  \"octets\": \"\\\\255\\\\000\",\n"
	        "  \"command\": \"# \\u0023#[x \\u0023#vso[\",\n"
	        "  \"hex\": \"0aff\",\n  \"none\": {},\n"
	        "  \"list\": [\n    [],\n    -1,\n    null,\n    true\n  ],\n"
	        "  \"time\": \"2001-09-09T01:46:40Z\",\n  \"never\": null,\n"
	        "  \"value\": {\n    \"a\": [\n      1.50,\n      null\n    ]\n  }\n}");
	md_arena_free(mem);
}

static void
reals_have_ten_digits_and_a_point(void **state)
{
	static const struct {
		double value;
		const char *text;
	} cases[] = {
		{ 0, "0.0" },
		{ 3, "3.0" },
		{ -2.4, "-2.4" },
		{ 0.1 + 0.2, "0.3" },
		{ 1e6, "1000000.0" },
		{ 1e12, "1e12" },
		{ 1.5e-7, "1.5e-7" },
		{ 1e100, "1e100" },
		{ -1.0 / 3e200, "-3.333333333e-201" },
		{ INFINITY, "" },
		{ -INFINITY, "" },
		{ (double)NAN, "" },
	};
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_json j = { .text.mem = mem };

		md_json_real(&j, NULL, cases[i].value);
		assert_string_equal(md_buf_str(&j.text), cases[i].text);
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_is_said),
		cmocka_unit_test(no_octet_is_passed_over),
		cmocka_unit_test(values_are_found_by_their_keys),
		cmocka_unit_test(values_of_other_types_are_wrong),
		cmocka_unit_test(json_is_written_on_a_line_or_indented),
		cmocka_unit_test(reals_have_ten_digits_and_a_point),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
