/* Links of HTML (its standard's tokens, 13.2.5) and of plain text. */
#include "unit.h"

#include "base/arena.h"
#include "mail/links.h"

/* Links as URL=TEXT, a blank-less list with "|" between. */
static const struct {
	const char *html, *links;
} pages[] = {
	{ "<a href=\"https://x.test/\">go</a>", "https://x.test/=go" },
	{ "<A class=b HREF = 'https://x.test/?a=1&amp;b=2' target=_blank>go\r\n  <b>on</b> </A>",
	  "https://x.test/?a=1&b=2=go on" },
	{ "<a href=https://x.test/a>1</a><a href=https://y.test>2",
	  "https://x.test/a=1|https://y.test=2" },
	{ "<a name=x>no</a><a href>empty</a>", "=empty" },
	{ "<a href=a href=b>first</a>", "a=first" },
	{ "<a title=\"a > b\" href=a>x</a>", "a=x" },
	{ "<!-- <a href=no>no</a> --><a href=a>x</a>", "a=x" },
	{ "<style>a > b { } <a href=no></style><a href=a>x</a>", "a=x" },
	{ "<script>\"<a href=no>\"</script ><a href=a>x</a>", "a=x" },
	{ "<a href=a>one<a href=b>two</a>", "a=one|b=two" },
	{ "<map><area href=a></map>", "a=" },
	{ "<a href=a><img src=x alt=y></a>", "a=" },
	{ "<a href=a>x&#46;t&#x65;st&nbsp;&commat;&unknown;&#x200b;&zwnj;y</a>",
	  "a=x.test @&unknown;y" },
	{ "<a href=' h\ntt\tp://x.test '>x</a>", "http://x.test=x" },
	{ "1 < 2 <a href=a>x < y</a>", "a=x < y" },
	{ "<abbr href=no>x</abbr>", "" },
	{ "<a href=\"endless", "endless=" },
	{ "<a", "" },
	{ "<", "" },
	{ "<!--", "" },
	{ "<a href=", "=" },
	{ "", "" },
};

static const char *
printed(struct md_arena *mem, const struct md_links *links)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < links->n; i++)
		md_buf_printf(&out, "%s%s=%s", i > 0 ? "|" : "", links->all[i].url,
		              links->all[i].text);
	return md_buf_str(&out);
}

static void
html_links_are_found(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++) {
		print_message("  %s\n", pages[i].html);
		assert_string_equal(printed(mem, md_links_of_html(mem, md_str(pages[i].html))),
		                    pages[i].links);
	}
	md_arena_free(mem);
}

static void
plain_links_are_found(void **state)
{
	static const char text[] =
	        "See https://x.test/a?b=c, (http://y.test/) or\n<HTTP://Z.test>. "
	        "http:/no https:// mailto:a@b.test";
	struct md_arena *mem = md_arena_new();

	(void)state;
	assert_string_equal(printed(mem, md_links_of_plain(mem, md_str(text))),
	                    "https://x.test/a?b=c=|http://y.test/=|HTTP://Z.test=|https://=");
	md_arena_free(mem);
}

static void
links_are_bounded(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf text = { .mem = mem };
	const struct md_links *links;

	(void)state;
	for (unsigned i = 0; i < 1000; i++)
		md_buf_printf(&text, "<a href=http://x.test>%0300u</a> ", i);
	links = md_links_of_html(mem, md_str(md_buf_str(&text)));
	assert_int_equal(links->n, MD_LINKS_MOST);
	assert_int_equal(links->nomitted, 500);
	assert_int_equal(strlen(links->all[0].text), 200);
	assert_int_equal(md_links_of_plain(mem, md_str(md_buf_str(&text)))->nomitted, 500);
	md_arena_free(mem);
}

static const struct {
	const char *url, *host; /* NULL: none */
	const char *user;
} urls[] = {
	{ "https://Example.COM/x", "example.com", "" },
	{ "http://example.com:8080?x", "example.com", "" },
	{ "https://bank.test@evil.test/", "evil.test", "bank.test" },
	{ "https://evil.test\\@bank.test/", "evil.test", "" },
	{ "https://evil.test/@bank.test/", "evil.test", "" },
	{ "https://192.0.2.1/", "192.0.2.1", "" },
	{ "https://[2001:DB8::1]:443/", "[2001:db8::1]", "" },
	{ "https://[2001:DB8::1", NULL, "" },
	{ "https://b\xc3\xbc"
	  "cher.example/",
	  "xn--bcher-kva.example", "" },
	{ "https://", NULL, "" },
	{ "https:///x", NULL, "" },
	{ "mailto:a@b.test", NULL, "" },
	{ "/relative", NULL, "" },
};

static void
hosts_are_what_browsers_ask_for(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(urls); i++) {
		struct md_str user;
		const char *host = md_link_host(mem, md_str(urls[i].url), &user);

		print_message("  %s\n", urls[i].url);
		if (urls[i].host != NULL)
			assert_string_equal(host, urls[i].host);
		else
			assert_null(host);
		assert_true(md_str_eq(user, urls[i].user));
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html_links_are_found),
		cmocka_unit_test(plain_links_are_found),
		cmocka_unit_test(links_are_bounded),
		cmocka_unit_test(hosts_are_what_browsers_ask_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
