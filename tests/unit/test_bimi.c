/* BIMI assertion records by their draft, and https URIs by RFC 3986. */
#include "unit.h"

#include "base/arena.h"
#include "faults.h"
#include "record/bimi.h"
#include "record/https_uri.h"

static const struct {
	const char *text, *logo, *evidence;
	bool declined;
	const char *faults;
} cases[] = {
	{ "v=BIMI1; l=https://example.com/a.svg; a=https://example.com/a.pem",
	  "https://example.com/a.svg", "https://example.com/a.pem", false, "" },
	{ "v = BIMI1;l = https://example.com/a.svg ; avp=personal;",
	  "https://example.com/a.svg", "", false, "" },
	{ "v=BIMI1; l=; a=;", "", "", true, "" }, /* the draft's declination */
	{ "v=BIMI1; l=;", "", "", true, "" },
	{ "v=BIMI1; l=; a=https://example.com/a.pem", "", "https://example.com/a.pem", false,
	  "" },
	{ "v=BIMI1; l=HTTPS://example.com:8443/a.SVGZ?x=1; lps=; avp=brand; e=x",
	  "HTTPS://example.com:8443/a.SVGZ?x=1", "", false, "" },
	/* faults */
	{ "v=BIMI1", "", "", false, "7+0 l= is missing\n" },
	{ "v=bimi1; l=", "", "", true, "0+1 it does not begin with \"v=BIMI1\"\n" },
	{ "l=; v=BIMI1", "", "", true, "0+1 it does not begin with \"v=BIMI1\"\n" },
	{ "v=BIMI1; l=http://example.com/a.svg", "http://example.com/a.svg", "", false,
	  "11+24 l= is not a URI that begins with https://\n" },
	{ "v=BIMI1; l=https://a.example/a.svg,https://b.example/b.svg",
	  "https://a.example/a.svg,https://b.example/b.svg", "", false,
	  "34+1 l= has a comma, which must be encoded as %2C\n" },
	{ "v=BIMI1; l=https://example.com/a.png", "https://example.com/a.png", "", false,
	  "32+4 l= is no SVG image\n" },
	{ "v=BIMI1; l=https:///a.svg; a=self", "https:///a.svg", "self", false,
	  "11+14 l= names no host\n29+4 a= is not a URI that begins with https://\n" },
	{ "v=BIMI1; l=https://example.com/a b.svg", "https://example.com/a b.svg", "", false,
	  "32+1 l= has a character that URIs cannot have\n" },
	{ "v=BIMI1; l=; avp=both", "", "", true, "17+4 avp= is neither brand nor personal\n" },
	{ "v=BIMI1; l=; l=", "", "", true, "13+1 there is a second l=\n" },
	{ "v=BIMI1;; l=", "", "", true, "8+1 there is a semicolon too many\n" },
	{ "v=BIMI1; l", "", "", false, "9+1 \"l\" has no \"=\"\n10+0 l= is missing\n" },
};

static void
records_are_read_and_their_faults_placed(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct md_bimi r = md_bimi_parse(mem, md_str(cases[i].text));

		print_message("  %s\n", cases[i].text);
		assert_string_equal(faults_text(mem, &r.faults), cases[i].faults);
		assert_string_equal(md_show(mem, r.logo), cases[i].logo);
		assert_string_equal(md_show(mem, r.evidence), cases[i].evidence);
		assert_int_equal(r.declined, cases[i].declined);
	}
	md_arena_free(mem);
}

static void
hosts_are_found_in_uris(void **state)
{
	static const struct {
		const char *uri, *host;
	} uris[] = {
		{ "https://example.com", "example.com" },
		{ "https://example.com/", "example.com" },
		{ "https://user:pw@example.com:443/x@y", "example.com" },
		{ "https://example.com?q=a/b", "example.com" },
		{ "https://example.com#a@b", "example.com" },
		{ "https://[2001:db8::1]:443/x", "[2001:db8::1]" },
		{ "https://192.0.2.1/%20", "192.0.2.1" },
		{ "https://", NULL },
		{ "https://:443/", NULL },
		{ "https://[2001:db8::1/", NULL },
		{ "https:example.com", NULL },
		{ "http://example.com", NULL },
		{ "https://example.com/%2", NULL },
		{ "https://ex\xc3\xa4mple.com/", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(uris); i++) {
		struct md_str host, at;
		const char *why;
		const bool ok = md_https_uri_host(md_str(uris[i].uri), &host, &why, &at);

		print_message("  %s\n", uris[i].uri);
		assert_int_equal(ok, uris[i].host != NULL);
		if (ok)
			assert_true(md_str_eq(host, uris[i].host));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_read_and_their_faults_placed),
		cmocka_unit_test(hosts_are_found_in_uris),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
