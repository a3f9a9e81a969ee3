/* Reverse names that providers make up, and names that somebody chose. */
#include "unit.h"

#include "base/arena.h"
#include "domain/generic_name.h"

static const struct {
	const char *address, *name, *why;
} cases[] = {
	{ "192.0.2.31", "192-0-2-31.example.net", "has the address in it" },
	{ "192.0.2.31", "host.31.2.0.192.example.net", "has the address in it" },
	{ "192.0.2.31", "static.31.2.0.192.clients.your-server.de", "has the address in it" },
	{ "192.0.2.31", "ip192000002031.example.net", "has the address in it" },
	{ "192.0.2.31", "pc000201f.example.net", NULL },
	{ "192.0.2.31", "c000021f.dip0.example.net", "has the address in it" },
	{ "192.0.2.31", "ec2-192-0-2-31.compute-1.amazonaws.com", "has the address in it" },
	{ "192.0.2.31", "ec2-192-0-2-31.eu-west-1.compute.amazonaws.com",
	  "has the address in it" },
	{ "192.0.2.31", "dhcp-7.example.net", "has \"dhcp\" in it" },
	{ "2001:db8::1", "v6.dyn.example.net", "has \"dyn\" in it" },
	{ "192.0.2.31", "31.dsl.example.net", "has \"dsl\" and a number of the address in it" },
	{ "192.0.2.31", "31.pool.example.net",
	  "has \"pool\" and a number of the address in it" },
	{ "2001:db8::1", "2001-0db8-0000-0000-0000-0000-0000-0001.example.net",
	  "has the address in it" },
	{ "2001:db8::1",
	  "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.example.net",
	  "has the address in it" },
	/* Names of mail hosts, numbers and all. */
	{ "192.0.2.31", "mail.example.com", NULL },
	{ "192.0.2.31", "mail-192-0-2-31.example.com", NULL },
	{ "192.0.2.31", "a2-31.smtp-out.example.com", NULL },
	{ "192.0.2.31", "o31.outbound.example.net", NULL },
	{ "192.0.2.31", "pool.example.net", NULL },
	{ "192.0.2.31", "server31.example.net", NULL },
	{ "192.0.2.31", "31.dyn.com", NULL },
	{ "192.0.2.31", "dynamics.example.com", NULL },
	{ "192.0.2.31", "dynamic-mail.example.com", NULL },
	{ "192.0.2.31", "dyn.com", NULL },
	{ "192.0.2.31", "cable31.co.uk", NULL },
	{ "2001:db8::1", "mx1.example.net", NULL },
};

static void
generic_names_are_told_from_chosen_ones(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_addr addr;
		const char *why;

		print_message("  %s\n", cases[i].name);
		assert_true(md_addr_parse(md_str(cases[i].address), &addr));
		why = md_generic_name(mem, cases[i].name, addr);
		if (cases[i].why == NULL)
			assert_null(why);
		else
			assert_string_equal(why != NULL ? why : "", cases[i].why);
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(generic_names_are_told_from_chosen_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
