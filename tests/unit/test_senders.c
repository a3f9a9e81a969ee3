/* Where sending addresses are found. */
#include "unit.h"

#include "domain/senders.h"
#include "world.h"

static const struct record records[] = {
	{ "example.com", "MX", "10 mx1.example.com." },
	{ "example.com", "MX", "20 inside.example.com." },
	{ "mx1.example.com", "A", "192.0.2.1" },
	{ "mx1.example.com", "AAAA", "2001:db8::1" },
	{ "inside.example.com", "A", "10.0.0.1" },
	{ "example.com", "A", "192.0.2.80" },
	{ "out.example.com", "A", "192.0.2.3" },
	{ "example.com", "TXT",
	  "v=spf1 a ip4:192.0.2.1 ip4:198.51.100.0/24 ip6:2001:db8::9 -ip4:192.0.2.66 "
	  "ip4:10.9.9.9 a:out.example.com a:%{d}.example.net a:out.example.com/28 "
	  "include:example.net ~all" },
};

/* Those of SPF in the order of the record, then what only the MX has; nothing private. */
static const struct {
	const char *address, *origin, *host;
} found[] = {
	{ "192.0.2.1", "SPF ip4:192.0.2.1", "mx1.example.com" },
	{ "2001:db8::9", "SPF ip6:2001:db8::9", "" },
	{ "192.0.2.3", "SPF a:out.example.com", "out.example.com" },
	{ "2001:db8::1", "MX mx1.example.com", "mx1.example.com" },
};

static struct md_senders senders;

static void
ask(struct md_ctx *c)
{
	senders = *md_senders(c);
}

static void
single_addresses_of_the_own_record_send(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct world w;

	(void)state;
	world_open(&w, records, COUNT(records), ask);
	assert_int_equal(senders.n, COUNT(found));
	assert_int_equal(senders.nsending, 3);
	for (size_t i = 0; i < COUNT(found); i++) {
		assert_string_equal(md_addr_print(mem, senders.all[i].addr), found[i].address);
		assert_string_equal(senders.all[i].origin_text, found[i].origin);
		assert_string_equal(senders.all[i].host, found[i].host);
	}
	world_close(&w);
	md_arena_free(mem);
}

static void
mx_in_spf_makes_mx_hosts_senders(void **state)
{
	const struct record with_mx[] = {
		{ "example.com", "MX", "10 mx1.example.com." },
		{ "mx1.example.com", "A", "192.0.2.1" },
		{ "example.com", "TXT", "v=spf1 mx -all" },
	};
	struct world w;

	(void)state;
	world_open(&w, with_mx, COUNT(with_mx), ask);
	assert_int_equal(senders.n, 1);
	assert_int_equal(senders.nsending, 1);
	assert_int_equal(senders.all[0].origin, MD_SENDER_SPF);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(single_addresses_of_the_own_record_send),
		cmocka_unit_test(mx_in_spf_makes_mx_hosts_senders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
