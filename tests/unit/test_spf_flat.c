/* A flattened SPF record gives every address the result of the original, or none is made. */
#include "unit.h"

#include <stdio.h>

#include "spf/check_host.h"
#include "spf/flat.h"
#include "world.h"

enum { ADDRESSES = 200, TERMS_MAX = 24, WORLDS = 10 };

/* Numbers that look random and are the same in every run (xorshift). */
static uint32_t state = 20240607;

static uint32_t
any(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % below;
}

/* ---- what is asked in a world ---- */

static struct md_addr addresses[ADDRESSES];
static enum md_spf_result results[ADDRESSES];
static struct md_spf_flat flat; /* its strings live as long as the world */

static void
ask(struct md_ctx *c)
{
	const struct md_spf_tree *tree = md_spf_tree(c, md_domain(c));

	flat = *md_spf_flatten(md_mem(c), tree);
	for (size_t i = 0; i < ADDRESSES; i++) {
		const struct md_spf_query query = {
			.ip = addresses[i],
			.mail_from = md_reverse_path_read(md_mem(c), "a@example.com"),
			.helo = "",
			.limits = { 1000, 1000, 100, 100 },
		};

		results[i] = md_spf_check_host(c, &query)->result;
	}
}

/* ---- random worlds ---- */

/* Few bits, so that networks touch and hold each other. */
static const char *
any_network(struct md_arena *mem)
{
	if (any(4) == 0)
		return md_printf(mem, "ip6:2001:db8:%x::/%u", any(8), 46 + any(20));
	return md_printf(mem, "ip4:192.0.%u.%u/%u", any(2), any(256), 26 + any(7));
}

static const char *
any_term(struct md_arena *mem, unsigned depth)
{
	switch (any(24)) {
	case 0:
		return "a:h1.example.com/30";
	case 1:
		return "mx:example.com";
	case 2:
		return "a:none.example.com";
	case 3:
	case 4:
	case 5:
		if (depth < 3)
			return md_printf(mem, "include:r%u.example.com", depth + 1 + any(2));
		return any_network(mem);
	default:
		return any_network(mem);
	}
}

static const char *
any_record(struct md_arena *mem, unsigned depth)
{
	static const char *const ends[] = { "-all", "~all", "?all", "" };
	struct md_buf out = { .mem = mem };
	const unsigned n = TERMS_MAX / 2 + any(TERMS_MAX);

	md_buf_printf(&out, "v=spf1");
	for (unsigned i = 0; i < n; i++)
		md_buf_printf(&out, " %s", any_term(mem, depth));
	if (depth < 3 && any(4) == 0)
		md_buf_printf(&out, " redirect=r%u.example.com", depth + 1);
	else
		md_buf_printf(&out, " %s", ends[any(4)]);
	return md_buf_str(&out);
}

/* As one or more quoted strings, which the facts file has between escaped quotes. */
static const char *
in_strings(struct md_arena *mem, const char *text)
{
	struct md_str rest = md_str(text);
	struct md_buf out = { .mem = mem };

	while (rest.len > 200) {
		md_buf_printf(&out, "%.200s\\\" \\\"", rest.p);
		rest = md_str_skip(rest, 200);
	}
	md_buf_add(&out, rest);
	return md_buf_str(&out);
}

static void
choose_addresses(struct md_arena *mem)
{
	for (size_t i = 0; i < ADDRESSES; i++) {
		const char *text =
		        any(5) == 0 ? md_printf(mem, "2001:db8:%x:%x::1", any(10), any(65536))
		                    : md_printf(mem, "192.0.%u.%u", any(3), any(256));

		assert_true(md_addr_parse(md_str(text), &addresses[i]));
	}
}

static const struct record hosts[] = {
	{ "h1.example.com", "A", "192.0.1.17" },
	{ "h1.example.com", "A", "192.0.1.18" },
	{ "h1.example.com", "AAAA", "2001:db8:3::1" },
	{ "example.com", "MX", "10 h1.example.com." },
};

static void
random_records_keep_their_results(void **unused)
{
	unsigned done = 0;

	(void)unused;
	for (unsigned i = 0; i < WORLDS; i++) {
		struct md_arena *mem = md_arena_new();
		enum md_spf_result before[ADDRESSES];
		struct record records[COUNT(hosts) + 12];
		size_t n = COUNT(hosts);
		struct world w;

		memcpy(records, hosts, sizeof(hosts));
		choose_addresses(mem);
		for (unsigned j = 1; j <= 4; j++)
			records[n++] =
			        (struct record){ md_printf(mem, "r%u.example.com", j), "TXT",
				                 in_strings(mem, any_record(mem, j)) };
		records[n++] = (struct record){ "example.com", "TXT",
			                        in_strings(mem, any_record(mem, 0)) };
		world_open(&w, records, n, ask);
		memcpy(before, results, sizeof(before));
		n = COUNT(hosts);
		for (size_t j = 0; j < flat.nrecords && flat.refused[0] == '\0'; j++) {
			const struct md_spf_flat_record *r = &flat.records[j];

			assert_true(strlen(r->owner) + strlen(r->text) <= 450);
			records[n++] = (struct record){ md_strdup(mem, r->owner), "TXT",
				                        in_strings(mem, r->text) };
		}
		print_message("  %zu networks in %zu records; %s\n", flat.nnetworks,
		              flat.nrecords, flat.refused);
		if (flat.refused[0] != '\0') {
			world_close(&w);
			md_arena_free(mem);
			continue;
		}
		done++;
		world_close(&w);
		world_open(&w, records, n, ask);
		for (size_t j = 0; j < ADDRESSES; j++)
			assert_int_equal(results[j], before[j]);
		world_close(&w);
		md_arena_free(mem);
	}
	assert_true(done > WORLDS / 2);
}

/* ---- what is refused ---- */

static const struct {
	const char *record, *text; /* NULL: refused */
} cases[] = {
	{ "v=spf1 -all", "v=spf1 -all" },
	{ "v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 ~all", "v=spf1 ip4:192.0.2.0/24 ~all" },
	{ "v=spf1 ip4:192.0.2.77/25 ip4:192.0.2.1 ?all", "v=spf1 ip4:192.0.2.0/25 ?all" },
	{ "v=spf1 ip4:192.0.2.0 ip4:192.0.2.1 ip4:192.0.2.3 ip4:192.0.2.2 -all",
	  "v=spf1 ip4:192.0.2.0/30 -all" },
	{ "v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all",
	  "v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all" },
	{ "v=spf1 a:h1.example.com exp=e.example.com -all",
	  "v=spf1 ip4:192.0.1.17 ip4:192.0.1.18 ip6:2001:db8:3::1 exp=e.example.com -all" },
	/* RFC 7208 4.7: neutral when nothing matches; 5.1: nothing counts behind all */
	{ "v=spf1 ip4:192.0.2.1", "v=spf1 ip4:192.0.2.1 ?all" },
	{ "v=spf1 -all ip4:192.0.2.1 exists:%{i}.example.com", "v=spf1 -all" },
	/* the result depends on more than the address, or cannot be known */
	{ "v=spf1 exists:h1.example.com -all", NULL },
	{ "v=spf1 ptr -all", NULL },
	{ "v=spf1 a:%{l}.example.com -all", NULL },
	{ "v=spf1 include:%{i}.example.com -all", NULL },
	{ "v=spf1 include:slow.example.com -all", NULL },
	{ "v=spf1 a:slow.example.com -all", NULL },
	{ "v=spf1 include:gone.example.com -all", NULL },
	{ "v=spf1 include:example.com -all", NULL },
	{ "v=spf1 include:bad.example.com -all", NULL },
	/* the order of terms matters, or everybody passes */
	{ "v=spf1 -ip4:192.0.2.1 ip4:192.0.2.0/24 -all", NULL },
	{ "v=spf1 ?include:neg.example.com -all", NULL },
	{ "v=spf1 include:neg.example.com -all", NULL },
	{ "v=spf1 +all", NULL },
	{ "v=spf1 include:all.example.com -all", NULL },
};

static const struct record others[] = {
	{ "h1.example.com", "A", "192.0.1.17" },
	{ "h1.example.com", "A", "192.0.1.18" },
	{ "h1.example.com", "AAAA", "2001:db8:3::1" },
	{ "slow.example.com", "TXT", NULL },
	{ "slow.example.com", "A", NULL },
	{ "bad.example.com", "TXT", "v=spf1 ip4:nonsense -all" },
	{ "neg.example.com", "TXT", "v=spf1 ~ip4:192.0.2.1 ip4:192.0.2.0/24 -all" },
	{ "all.example.com", "TXT", "v=spf1 +all" },
};

static void
what_is_not_equal_is_refused(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct record records[COUNT(others) + 1];
		struct world w;

		memcpy(records, others, sizeof(others));
		records[COUNT(others)] =
		        (struct record){ "example.com", "TXT", cases[i].record };
		world_open(&w, records, COUNT(records), ask);
		print_message("  %s: %s\n", cases[i].record, flat.refused);
		if (cases[i].text == NULL) {
			assert_string_not_equal(flat.refused, "");
		} else {
			assert_string_equal(flat.refused, "");
			assert_int_equal(flat.nrecords, 1);
			assert_string_equal(flat.records[0].text, cases[i].text);
		}
		world_close(&w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_records_keep_their_results),
		cmocka_unit_test(what_is_not_equal_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
