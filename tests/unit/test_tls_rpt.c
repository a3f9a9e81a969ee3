/* TLS-RPT records by the grammar of RFC 8460 3. */
#include "unit.h"

#include "base/arena.h"
#include "faults.h"
#include "record/tls_rpt.h"

/* Destinations as "mail HOST" or "https HOST", one a line. */
static const struct {
	const char *text, *uris, *faults;
} cases[] = {
	{ "v=TLSRPTv1;rua=mailto:reports@example.com", "mail example.com\n", "" },
	{ "v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt",
	  "https reporting.example.com\n", "" },
	{ "v=TLSRPTv1 ; rua=mailto:a%21b@example.com , HTTPS://Example.ORG:8443/x?y ; x=1;",
	  "mail example.com\nhttps example.org\n", "" },
	/* faults */
	{ "v=TLSRPTv1", "", "10+0 rua= is missing\n" },
	{ "v=TLSRPTv1; RUA=mailto:a@example.com", "", "36+0 rua= is missing\n" },
	{ "v=TLSRPTV1; rua=mailto:a@example.com", "mail example.com\n",
	  "0+10 it does not begin with \"v=TLSRPTv1;\"\n" },
	{ "v=TLSRPTv1; rua=", "", "16+0 rua= has no value\n" },
	{ "v=TLSRPTv1; rua= mailto:a@example.com", "",
	  "12+3 \"rua\" has a blank beside its \"=\"\n37+0 rua= is missing\n" },
	{ "v=TLSRPTv1; rua=a@example.com", "",
	  "16+13 no scheme: an address is written mailto:…\n" },
	{ "v=TLSRPTv1; rua=http://example.com/", "",
	  "16+4 the URI is neither mailto: nor https:\n" },
	{ "v=TLSRPTv1; rua=mailto:a@example.com!10m", "",
	  "36+4 there are no size limits in TLS-RPT; \"!\" must be encoded as %21\n" },
	{ "v=TLSRPTv1; rua=mailto:a!b@example.com", "",
	  "24+1 \"!\" must be written %21 in an address\n" },
	{ "v=TLSRPTv1; rua=https:///x,mailto:a@example.com", "mail example.com\n",
	  "16+10 the URI names no host\n" },
	{ "v=TLSRPTv1; rua=mailto:a@example.com,", "mail example.com\n",
	  "37+0 an empty place in the list\n" },
	{ "v=TLSRPTv1; rua=mailto:a@example.com; x=a=b", "mail example.com\n",
	  "41+1 \"x\" has a value with a character that values cannot have\n" },
};

static const char *
uris_text(struct md_arena *mem, const struct md_tls_rpt *record)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < record->n; i++)
		md_buf_printf(&out, "%s %s\n", record->uri[i].by_mail ? "mail" : "https",
		              record->uri[i].host);
	return md_buf_str(&out);
}

static void
records_are_read_and_their_faults_placed(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct md_tls_rpt r = md_tls_rpt_parse(mem, md_str(cases[i].text));

		print_message("  %s\n", cases[i].text);
		assert_string_equal(faults_text(mem, &r.faults), cases[i].faults);
		assert_string_equal(uris_text(mem, &r), cases[i].uris);
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_read_and_their_faults_placed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
