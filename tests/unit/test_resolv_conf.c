/* Reading resolv.conf(5). */
#include "unit.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "resolver/resolv_conf.h"

static const struct {
	const char *text;
	size_t n;
	const char *first;
	unsigned timeout, attempts;
} cases[] = {
	{ "nameserver 192.0.2.53\n", 1, "192.0.2.53", 0, 0 },
	{ "nameserver 192.0.2.53", 1, "192.0.2.53", 0, 0 },
	{ "# a comment\n\n;another\nnameserver\t2001:db8::53 \r\nnameserver 192.0.2.53\n", 2,
	  "2001:db8::53", 0, 0 },
	{ "nameserver 192.0.2.53\noptions edns0 timeout:3 attempts:1 trust-ad\n", 1,
	  "192.0.2.53", 3, 1 },
	{ "nameserver 192.0.2.53\noptions timeout:999 attempts:999\n", 1, "192.0.2.53", 30, 5 },
	{ "nameserver 192.0.2.53\noptions timeout:x attempts:-1\n", 1, "192.0.2.53", 0, 0 },
	{ "nameservers 192.0.2.53\nsearch example.com\n", 0, NULL, 0, 0 },
	{ "nameserver\n", 0, NULL, 0, 0 },
	{ "", 0, NULL, 0, 0 },
};

static void
test_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_arena *mem = md_arena_new();
		struct md_resolv_conf conf;
		char path[] = "/tmp/resolv.conf.XXXXXX";
		const char *why = "";
		const int fd = mkstemp(path);
		const size_t len = strlen(cases[i].text);

		assert_int_equal(write(fd, cases[i].text, len), len);
		close(fd);
		assert_int_equal(md_resolv_conf_read(mem, path, &conf, &why), cases[i].n > 0);
		unlink(path);
		assert_int_equal(conf.n, cases[i].n);
		if (conf.n > 0)
			assert_string_equal(conf.servers[0], cases[i].first);
		else
			assert_non_null(strstr(why, "has no nameserver"));
		assert_int_equal(conf.timeout, cases[i].timeout);
		assert_int_equal(conf.attempts, cases[i].attempts);
		md_arena_free(mem);
	}
}

static void
test_no_file(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_resolv_conf conf;
	const char *why = "";

	(void)state;
	assert_false(md_resolv_conf_read(mem, "/nowhere/resolv.conf", &conf, &why));
	assert_string_equal(why,
	                    "no resolver: cannot read /nowhere/resolv.conf (No such file or "
	                    "directory); name one with --resolver");
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_no_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
