/* Lists of report URIs: RFC 3986, RFC 6068, and section 4.8 of RFC 9989. */
#include "unit.h"

#include "base/arena.h"
#include "record/mailto.h"

static const struct {
	const char *uri;
	bool valid;          /* a URI that counts by RFC 9989 4.10.1 */
	const char *mailbox; /* "" when no report can come there; then `fault` is said */
	const char *host, *fault;
	const char *mended; /* NULL: as it is */
} uris[] = {
	{ "mailto:a@example.com", true, "a@example.com", "example.com", "", NULL },
	{ "MAILTO:a@Example.COM", true, "a@Example.COM", "example.com", "", NULL },
	{ "mailto:a@example.com.", true, "a@example.com.", "example.com", "", NULL },
	{ "mailto:a+b=c@x-1.example.com", true, "a+b=c@x-1.example.com", "x-1.example.com", "",
	  NULL },
	/* obs-dmarc-report-size is legal and means nothing */
	{ "mailto:a@example.com!10m", true, "a@example.com", "example.com", "", NULL },
	{ "mailto:a@example.com!1048576", true, "a@example.com", "example.com", "", NULL },
	{ "mailto:a@example.com!10x", false, "", "", "%21", NULL },
	{ "mailto:a%21b@example.com", true, "a!b@example.com", "example.com", "", NULL },
	{ "mailto:a!b@example.com", false, "", "", "%21", "mailto:a%21b@example.com" },
	{ "mailto:a@example.com?subject=dmarc", true, "a@example.com", "example.com", "",
	  NULL },
	{ "a@example.com", false, "", "", "no scheme", "mailto:a@example.com" },
	{ "<a@example.com>", false, "", "", "brackets", "mailto:a@example.com" },
	{ "mailto://a@example.com", true, "", "", "//", "mailto:a@example.com" },
	{ "mailto:a@example.com b@example.com", false, "", "", "blank",
	  "mailto:a@example.com,mailto:b@example.com" },
	{ "mailto: a@example.com", false, "", "", "blank", "mailto:a@example.com" },
	/* any scheme is a URI, but nobody needs to support it */
	{ "https://example.com/dmarc", true, "", "", "by mail alone",
	  "https://example.com/dmarc" },
	{ "mailto:nobody", true, "", "", "@", "" },
	{ "mailto:mailto:a@example.com", true, "", "", "twice", "mailto:a@example.com" },
	{ "mailto:MAILTO:mailto:a@example.com", true, "", "", "twice", "mailto:a@example.com" },
	{ "mailto:a:b@example.com", true, "", "", "before the @", "" },
	{ "mailto:%22a:b%22@example.com", true, "\"a:b\"@example.com", "example.com", "",
	  NULL },
	{ "mailto:@example.com", true, "", "", "before the @", "" },
	{ "mailto:a@", true, "", "", "after the @", "" },
	{ "mailto:a@exa_mple.com", true, "", "", "after the @", "" },
	{ "mailto:a@[192.0.2.1]", true, "", "", "after the @", "" },
	{ "mailto:a@b@example.com", true, "", "", "before the @", "" },
	{ "mailto:a%00@example.com", true, "", "", "before the @", "" },
	{ "mailto:a@example.com%00.net", true, "", "", "after the @", "" },
	{ "mailto:a%4@example.com", false, "", "", "hexadecimal", "" },
	{ "mailto:a@ex\xc3\xa4mple.com", false, "", "", "octet", "" },
	{ "", false, "", "", "empty", "" },
};

static void
each_uri_is_judged_twice(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(uris); i++) {
		struct md_uris list;
		const struct md_uri *uri;

		print_message("  %s\n", uris[i].uri);
		md_uris_parse(mem, md_str(uris[i].uri), &list);
		assert_int_equal(list.n, 1);
		uri = &list.uri[0];
		assert_int_equal(uri->valid, uris[i].valid);
		assert_string_equal(uri->mailbox, uris[i].mailbox);
		assert_string_equal(uri->host, uris[i].host);
		assert_int_equal(*uri->fault == '\0', *uris[i].fault == '\0');
		assert_non_null(strstr(uri->fault, uris[i].fault));
		assert_string_equal(md_uris_mend(mem, md_str(uris[i].uri)),
		                    uris[i].mended != NULL   ? uris[i].mended
		                    : *uris[i].fault == '\0' ? uris[i].uri
		                                             : "");
	}
	md_arena_free(mem);
}

static const struct {
	const char *list;
	size_t n, good;
} lists[] = {
	{ "mailto:a@x.example,mailto:b@y.example", 2, 2 },
	{ "mailto:a@x.example , mailto:b@y.example", 2, 2 },
	{ "mailto:a@x.example,", 2, 1 },
	{ ",mailto:a@x.example", 2, 1 },
	{ "mailto:a@x.example,,mailto:b@y.example", 3, 2 },
	{ "mailto:a@x.example,b@y.example", 2, 1 },
	{ "mailto:a@x.example!10m,mailto:b@y.example!5g", 2, 2 },
};

static void
lists_go_on_after_a_fault(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		struct md_uris uris_of;
		size_t good = 0;

		print_message("  %s\n", lists[i].list);
		md_uris_parse(mem, md_str(lists[i].list), &uris_of);
		assert_int_equal(uris_of.n, lists[i].n);
		for (size_t j = 0; j < uris_of.n; j++)
			good += *uris_of.uri[j].mailbox != '\0';
		assert_int_equal(good, lists[i].good);
	}
	md_arena_free(mem);
}

static void
a_long_list_is_bounded(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf text = { .mem = mem };
	struct md_uris list;

	(void)state;
	for (unsigned i = 0; i < 100; i++)
		md_buf_printf(&text, "mailto:a%u@example.com,", i);
	md_uris_parse(mem, md_str(md_buf_str(&text)), &list);
	assert_int_equal(list.n, MD_URIS_MAX);
	assert_int_equal(list.n + list.omitted, 101);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_uri_is_judged_twice),
		cmocka_unit_test(lists_go_on_after_a_fault),
		cmocka_unit_test(a_long_list_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
