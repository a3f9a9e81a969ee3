/* Links that filters have rewritten: what they were, and who it was. */
#include <stdio.h>

#include "unit.h"

#include "base/arena.h"
#include "repair/lines.h"
#include "repair/rewriters.h"

static const struct {
	const char *now, *was, *by;
	unsigned way;
} cases[] = {
	/* Microsoft: the parameter url, escaped; what it adds to HTML goes, too. */
	{ "see https://nam02.safelinks.protection.outlook.com/"
	  "?url=http%3A%2F%2Fexample.org%2Fa%3Fb%3D1%26c%3D%2520&data=05%7C01&sdata=x%3D&reserved=0.",
	  "see http://example.org/a?b=1&c=%20.", "Microsoft Safe Links", 0 },
	{ "<a href=\"https://eur01.safelinks.protection.outlook.com/"
	  "?url=https%3A%2F%2Fexample.org%2F%3Fa%26b&amp;data=1&amp;reserved=0\" "
	  "originalsrc=\"https://example.org/?a&amp;b\" shash=\"a/b=\" id=\"1\">",
	  "<a href=\"https://example.org/?a&amp;b\" id=\"1\">", "Microsoft Safe Links", 0 },
	{ "<a href=\"https://eur01.safelinks.protection.outlook.com/"
	  "?url=https%3A%2F%2Fexample.org%2F%3Fa%26b&amp;data=1&amp;reserved=0\">",
	  "<a href=\"https://example.org/?a&b\">", "Microsoft Safe Links", 1 },
	{ "https://eur01.safelinks.protection.outlook.com/"
	  "?url=https%3A%2F%2Fexample.org%2F&data=1&reserved=0 x",
	  "https://example.org x", "Microsoft Safe Links", 2 },
	/* Proofpoint, three generations. */
	{ "(https://urldefense.proofpoint.com/v1/url?u=http://example.org/a%3Fb%3D1&k=x%3D%3D)",
	  "(http://example.org/a?b=1)", "Proofpoint URL Defense", 0 },
	{ "https://urldefense.proofpoint.com/v2/"
	  "url?u=https-3A__www.example.org_a-5Fb_-3Fc-3D1-26d&d=DwMFaQ&c=x&r=y",
	  "https://www.example.org/a_b/?c=1&d", "Proofpoint URL Defense", 0 },
	{ "https://urldefense.com/v3/__https://example.org/a__;!!Ab1!xy-Z_9$ and more",
	  "https://example.org/a and more", "Proofpoint URL Defense", 0 },
	/* "*" is a character of "%+" in base64, "**C" four of the others */
	{ "https://urldefense.us/v3/__https://example.org/a*b*c__;JSs!!Ab1!xyZ$",
	  "https://example.org/a%b+c", "Proofpoint URL Defense", 0 },
	{ "https://urldefense.com/v3/__https://example.org/**Cz__;w6TDtsO8w58!!Ab1!xyZ$",
	  "https://example.org/\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9fz", "Proofpoint URL Defense",
	  0 },
	/* The others that hold the link. */
	{ "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fexample.org%2fa%3fb&c=E,1,x&typo=1",
	  "https://example.org/a?b", "Barracuda Link Protection", 0 },
	{ "https://secure-web.cisco.com/1xYz-9_a/https%3A%2F%2Fexample.org%2Fa, or",
	  "https://example.org/a, or", "Cisco Secure Email", 0 },
	{ "https://protect2.fireeye.com/v1/url?k=1-2&q=1&e=3&u=https%3A%2F%2Fexample.org%2Fa",
	  "https://example.org/a", "Trellix Email Security", 0 },
	{ "https://imsva91-ctp.trendmicro.com/wis/clicktime/v1/"
	  "query?url=https%3a%2f%2fexample.org%2fa&umid=1&auth=2",
	  "https://example.org/a", "Trend Micro", 0 },
	{ "https://eu-central-1.protection.sophos.com/?d=example.org&u=aHR0cHM6Ly9leGFtcGxlLm9yZy9h"
	  "&i=NQ==",
	  "https://example.org/a", "Sophos Email", 0 },
	{ "https://url.avanan.click/v2/___https://example.org/a___.YXBz",
	  "https://example.org/a", "Check Point Harmony Email", 0 },
	{ "https://mail.example.net/fmlurlsvc/?fewReq=:B:x&url=https%3a%2f%2fexample.org%2fa",
	  "https://example.org/a", "Fortinet FortiMail", 0 },
	/* Two filters, one after the other: the last one's alone, and both. */
	{ "https://a.safelinks.protection.outlook.com/?url=https%3A%2F%2Furldefense.com%2Fv3%2F__"
	  "https%3A%2F%2Fexample.org%2Fa__%3B%21%21Ab1%21xyZ%24&data=1&reserved=0",
	  "https://urldefense.com/v3/__https://example.org/a__;!!Ab1!xyZ$",
	  "Microsoft Safe Links", 0 },
	{ "https://a.safelinks.protection.outlook.com/?url=https%3A%2F%2Furldefense.com%2Fv3%2F__"
	  "https%3A%2F%2Fexample.org%2Fa__%3B%21%21Ab1%21xyZ%24&data=1&reserved=0",
	  "https://example.org/a", "Microsoft Safe Links", 4 },
	/* Who is seen, though nothing can be undone. */
	{ "https://protect-eu.mimecast.com/s/AbC?domain=example.org", NULL, "Mimecast", 0 },
	{ "https://url.uk.m.mimecastprotect.com/s/AbC", NULL, "Mimecast", 0 },
	/* Nobody. */
	{ "https://www.mimecast.com/ and https://example.org/?url=https%3A%2F%2Fx", NULL, NULL,
	  0 },
	{ "https://safelinks.protection.outlook.com.example/?url=x", NULL, NULL, 0 },
	{ "http://, ://, https:// and s://", NULL, NULL, 0 },
	/* Damaged ones stay as they are. */
	{ "https://urldefense.com/v3/__https://example.org/a", NULL, "Proofpoint URL Defense",
	  0 },
	{ "https://secure-web.cisco.com/", NULL, "Cisco Secure Email", 0 },
	{ "https://x.safelinks.protection.outlook.com/?url", NULL, "Microsoft Safe Links", 0 },
};

static void
links(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0; i < MD_COUNT(cases); i++) {
		struct md_arena *mem = md_arena_new();
		const char *text =
		        md_printf(mem, "From: a@example.com\r\n\r\n%s\r\n", cases[i].now);
		const char *why = "", *by = "", *seen;
		const struct md_message *m = md_message_read(mem, md_str(text), &why);
		struct md_buf out = { .mem = mem };
		size_t n;
		bool sound;

		assert_non_null(m);
		sound = md_undo_links(&out, m, cases[i].way, &by) == (cases[i].was != NULL);
		seen = md_link_rewriter(m->body, &n);
		sound = sound && (cases[i].by == NULL) == (seen == NULL) &&
		        (seen == NULL || strcmp(seen, cases[i].by) == 0);
		if (cases[i].was != NULL)
			sound = sound && strcmp(by, cases[i].by) == 0 &&
			        strcmp(md_buf_str(&out),
			               md_printf(mem, "%s\r\n", cases[i].was)) == 0;
		if (!sound)
			printf("case %zu: by %s: %s", i, seen != NULL ? seen : "nobody",
			       md_buf_str(&out));
		wrong += !sound;
		md_arena_free(mem);
	}
	assert_int_equal(wrong, 0);
}

/* Parts in a code are decoded, mended, and written in it again. */
static void
links_in_codes(void **state)
{
	static const char text[] =
	        "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
	        "--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
	        "caf=C3=A9 https://linkprotect.cudasvc.com/url?a=3Dhttps%3a%2f%2fexample=\r\n"
	        ".org%2fa&c=3DE\r\n"
	        "--b\r\nContent-Transfer-Encoding: base64\r\n\r\n"
	        "aHR0cHM6Ly9saW5rcHJvdGVjdC5jdWRhc3ZjLmNvbS91cmw/YT1odHRwczovL2V4YW1wbGUub3Jn\r\n"
	        "L2ImYz1FCg==\r\n"
	        "--b--\r\n";
	static const char was[] = "--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
	                          "caf=C3=A9 https://example.org/a\r\n"
	                          "--b\r\nContent-Transfer-Encoding: base64\r\n\r\n"
	                          "aHR0cHM6Ly9leGFtcGxlLm9yZy9iCg==\r\n"
	                          "--b--\r\n";
	struct md_arena *mem = md_arena_new();
	struct md_buf out = { .mem = mem };
	const char *why = "", *by = "";
	const struct md_message *m = md_message_read(mem, md_str(text), &why);

	(void)state;
	assert_non_null(m);
	assert_true(md_undo_links(&out, m, 0, &by));
	assert_string_equal(md_buf_str(&out), was);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links),
		cmocka_unit_test(links_in_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
