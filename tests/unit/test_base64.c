/* Base64 by RFC 4648 (its test vectors are in section 10), and what is wrong with the rest. */
#include "unit.h"

#include "base/arena.h"
#include "base/base64.h"

static const struct {
	const char *text, *bytes;
	size_t fault_at;
	const char *why;
} cases[] = {
	{ "", "", 0, "" },
	{ "Zg==", "f", 0, "" },
	{ "Zm8=", "fo", 0, "" },
	{ "Zm9v", "foo", 0, "" },
	{ "Zm9vYg==", "foob", 0, "" },
	{ "Zm9vYmE=", "fooba", 0, "" },
	{ "Zm9vYmFy", "foobar", 0, "" },
	{ "+/+/", "\xfb\xff\xbf", 0, "" },
	{ " Zm 9v\r\n\tYg = = ", "foob", 0, "" },
	{ "Zm8", "fo", 3, "a lacking \"=\" at the end" },
	{ "Zg", "f", 2, "a lacking \"=\" at the end" },
	{ "Zg=", "f", 3, "a lacking \"=\" at the end" },
	{ "Zm9vY", "foo", 5, "a cut-off end: one character of four is there" },
	{ "Zm9v=", "foo", 4, "a \"=\" too many at the end" },
	{ "Zm8==", "fo", 4, "a \"=\" too many at the end" },
	{ "Zg===", "f", 4, "a \"=\" too many at the end" },
	{ "=", "", 0, "a \"=\" too many at the end" },
	{ "Zg==Zg==", "f", 4, "more text after the padding" },
	{ "Zm9v\"Ym", "foo", 4, "a quotation mark inside the value" },
	{ "Zm9v\\", "foo", 4, "a backslash inside the value" },
	{ "Zm9v-_", "foo", 4, "a character of the other, URL-safe base64 alphabet" },
	{ "Zm9v,", "foo", 4, "a character that base64 does not have" },
	{ "\xc3\xa4", "", 0, "a character that base64 does not have" },
};

static void
text_is_decoded_up_to_its_first_fault(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct md_base64 got = md_base64_decode(mem, md_str(cases[i].text));

		print_message("  %s\n", cases[i].text);
		assert_string_equal(got.why, cases[i].why);
		assert_int_equal(got.fault_at, cases[i].fault_at);
		assert_int_equal(got.len, strlen(cases[i].bytes));
		assert_memory_equal(got.bytes, cases[i].bytes, got.len);
	}
	md_arena_free(mem);
}

static void
bytes_are_encoded_and_padded(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const size_t len = strlen(cases[i].bytes);
		unsigned char *bytes = md_alloc(mem, len);

		if (cases[i].why[0] != '\0' || strchr(cases[i].text, ' ') != NULL)
			continue;
		memcpy(bytes, cases[i].bytes, len);
		assert_string_equal(md_base64_encode(mem, bytes, len), cases[i].text);
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_decoded_up_to_its_first_fault),
		cmocka_unit_test(bytes_are_encoded_and_padded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
