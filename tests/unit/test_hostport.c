/* Servers as people name them. */
#include "unit.h"

#include "base/arena.h"
#include "base/hostport.h"

/* NULL: refused. */
static const struct {
	const char *given, *text;
} servers[] = {
	{ "localhost", "localhost:783" },
	{ "127.0.0.1:17830", "127.0.0.1:17830" },
	{ "filter.example.com:1", "filter.example.com:1" },
	{ "::1", "[::1]:783" },
	{ "[::1]", "[::1]:783" },
	{ "[2001:db8::1]:7830", "[2001:db8::1]:7830" },
	{ "", NULL },
	{ ":783", NULL },
	{ "a b", NULL },
	{ "a/b", NULL },
	{ "a:", NULL },
	{ "a:0", NULL },
	{ "a:65536", NULL },
	{ "a:7:8", NULL },
	{ "a:+7", NULL },
	{ "[::1", NULL },
	{ "[]:7", NULL },
	{ "[127.0.0.1]:7", NULL },
	{ "[::1]7", NULL },
};

static const struct {
	const char *given, *text, *path;
} urls[] = {
	{ "http://localhost:11334", "localhost:11334", "" },
	{ "http://localhost:11334/", "localhost:11334", "" },
	{ "HTTPS://a.example/filter/", "a.example:443", "/filter" },
	{ "http://[::1]/x/y", "[::1]:80", "/x/y" },
	{ "localhost:11334", NULL, NULL },
	{ "ftp://a", NULL, NULL },
	{ "http://", NULL, NULL },
	{ "http:///x", NULL, NULL },
	{ "http://me:secret@a", NULL, NULL },
	{ "http://a/x?y", NULL, NULL },
	{ "http://a/x y", NULL, NULL },
	{ "http://a:b", NULL, NULL },
	{ "htt", NULL, NULL },
};

static void
servers_are_read(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(servers); i++) {
		struct md_hostport server;
		const char *why = "";
		const bool good =
		        md_hostport_read(mem, md_str(servers[i].given), "783", &server, &why);

		assert_int_equal(good, servers[i].text != NULL);
		if (good)
			assert_string_equal(server.text, servers[i].text);
		else
			assert_string_not_equal(why, "");
	}
	md_arena_free(mem);
}

static void
urls_are_read(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(urls); i++) {
		struct md_hostport server;
		struct md_str path;
		const char *why = "";
		const bool good =
		        md_hostport_of_url(mem, md_str(urls[i].given), &server, &path, &why);

		assert_int_equal(good, urls[i].text != NULL);
		if (good) {
			assert_string_equal(server.text, urls[i].text);
			assert_true(md_str_eq(path, urls[i].path));
		} else {
			assert_string_not_equal(why, "");
		}
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(servers_are_read),
		cmocka_unit_test(urls_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
