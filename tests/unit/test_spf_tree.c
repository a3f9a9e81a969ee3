/* The cost tree of SPF records: what is counted, what is not, and where it ends. */
#include "unit.h"

#include "spf/tree.h"
#include "world.h"

static const struct md_spf_tree *tree;

static void
ask(struct md_ctx *c)
{
	tree = md_spf_tree(c, md_domain(c));
}

/* RFC 7208 4.6.4 says what counts; 5.1, 6.1 what is never reached. */
static const struct {
	const char *record;
	unsigned terms, voids4, voids6;
	size_t nodes;
	uint64_t ipv4, ipv6;
} costs[] = {
	{ "v=spf1 -all", 0, 0, 0, 1, 0, 0 },
	{ "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/48 ip4:192.0.2.77 -all", 0, 0, 0, 1, 256,
	  65536 },
	{ "v=spf1 -ip4:192.0.2.0/24 ?ip4:198.51.100.1 -all", 0, 0, 0, 1, 0, 0 },
	{ "v=spf1 a mx -all", 2, 0, 1, 1, 2, 1 },
	{ "v=spf1 a/24 mx/24 -all", 2, 0, 1, 1, 256, 1 },
	{ "v=spf1 a:gone.example.net a:v4.example.com exists:gone.example.net -all", 3, 2, 3, 1,
	  1, 0 },
	{ "v=spf1 mx:gone.example.net ptr exp=e.example.com -all", 2, 1, 1, 1, 0, 0 },
	{ "v=spf1 -all a mx include:two.example.net", 0, 0, 0, 1, 0, 0 },
	{ "v=spf1 include:two.example.net a:v4.example.com -all", 4, 0, 1, 2, 3, 1 },
	{ "v=spf1 -include:two.example.net -all", 3, 0, 0, 2, 0, 0 },
	{ "v=spf1 redirect=two.example.net a:v4.example.com", 4, 0, 1, 2, 3, 1 },
	{ "v=spf1 redirect=two.example.net ~all", 0, 0, 0, 1, 0, 0 },
	{ "v=spf1 include:two.example.net include:two.example.net -all", 6, 0, 0, 3, 2, 1 },
	{ "v=spf1 include:loop.example.net -all", 2, 0, 0, 3, 0, 0 },
	{ "v=spf1 include:%{d2}.example.net -all", 1, 0, 0, 2, 0, 0 },
	{ "v=spf1 include:%{i}.example.net exists:%{l}.example.net -all", 2, 0, 0, 2, 0, 0 },
	{ "v=spf1 include:gone.example.net include:slow.example.net -all", 2, 0, 0, 3, 0, 0 },
	{ "v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all", 0, 0, 0, 1, 4294967296, 0 },
	{ "v=spf1 ip6:::/0 -all", 0, 0, 0, 1, 0, UINT64_MAX },
};

static const struct record others[] = {
	{ "example.com", "A", "192.0.2.1" },
	{ "example.com", "AAAA", "2001:db8::1" },
	{ "example.com", "MX", "10 v4.example.com." },
	{ "v4.example.com", "A", "192.0.2.2" },
	{ "two.example.net", "TXT", "v=spf1 a mx ?all" },
	{ "two.example.net", "A", "198.51.100.1" },
	{ "two.example.net", "AAAA", "2001:db8:1::1" },
	{ "two.example.net", "MX", "10 mx.example.net." },
	{ "mx.example.net", "A", "198.51.100.2" },
	{ "mx.example.net", "AAAA", "2001:db8:1::2" },
	{ "loop.example.net", "TXT", "v=spf1 include:loop.example.net -all" },
	{ "slow.example.net", "TXT", NULL },
};

static void
costs_are_counted(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(costs); i++) {
		struct record records[COUNT(others) + 1];
		struct world w;

		memcpy(records, others, sizeof(others));
		records[COUNT(others)] =
		        (struct record){ "example.com", "TXT", costs[i].record };
		world_open(&w, records, COUNT(records), ask);
		print_message("  %s: %u terms, %u and %u void\n", costs[i].record, tree->terms,
		              tree->voids[0], tree->voids[1]);
		assert_int_equal(tree->terms, costs[i].terms);
		assert_int_equal(tree->voids[0], costs[i].voids4);
		assert_int_equal(tree->voids[1], costs[i].voids6);
		assert_int_equal(tree->nnodes, costs[i].nodes);
		assert_true(tree->ipv4 == costs[i].ipv4);
		assert_true(tree->ipv6 == costs[i].ipv6);
		world_close(&w);
	}
}

static const struct {
	const char *record;
	enum md_spf_node_state child;
} children[] = {
	{ "v=spf1 include:two.example.net -all", MD_SPF_NODE_SOUND },
	{ "v=spf1 include:EXAMPLE.com. -all", MD_SPF_NODE_LOOP },
	{ "v=spf1 include:gone.example.net -all", MD_SPF_NODE_NONE },
	{ "v=spf1 include:mx.example.net -all", MD_SPF_NODE_NONE },
	{ "v=spf1 redirect=slow.example.net", MD_SPF_NODE_UNKNOWN },
	{ "v=spf1 include:%{l}.example.net -all", MD_SPF_NODE_SENDER },
	{ "v=spf1 include:a..example.net -all", MD_SPF_NODE_IMPOSSIBLE },
};

static void
children_are_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(children); i++) {
		struct record records[COUNT(others) + 1];
		struct world w;

		memcpy(records, others, sizeof(others));
		records[COUNT(others)] =
		        (struct record){ "example.com", "TXT", children[i].record };
		world_open(&w, records, COUNT(records), ask);
		print_message("  %s\n", children[i].record);
		assert_true(tree->nnodes > 1);
		assert_int_equal(tree->nodes[1]->state, children[i].child);
		world_close(&w);
	}
}

static void
registrable_targets_are_seen(void **state)
{
	static const struct record records[] = {
		{ "example.com", "TXT",
		  "v=spf1 include:a.free.net include:b.taken.net include:c.corp.internal -all" },
		{ "taken.net", "NS", "ns.taken.net." },
	};
	struct world w;

	(void)state;
	world_open(&w, records, COUNT(records), ask);
	assert_int_equal(tree->nnodes, 4);
	assert_string_equal(tree->nodes[1]->unregistered, "free.net");
	assert_string_equal(tree->nodes[2]->unregistered, "");
	assert_string_equal(tree->nodes[3]->unregistered, "");
	world_close(&w);
}

/* Every record included three times over: more than 200 in all. */
static void
monsters_are_cut(void **state)
{
	static const struct record records[] = {
		{ "example.com", "TXT",
		  "v=spf1 include:a.m.net include:b.m.net include:c.m.net include:d.m.net" },
		{ "a.m.net", "TXT", "v=spf1 include:e.m.net include:f.m.net include:g.m.net" },
		{ "b.m.net", "TXT", "v=spf1 include:e.m.net include:f.m.net include:g.m.net" },
		{ "c.m.net", "TXT", "v=spf1 include:e.m.net include:f.m.net include:g.m.net" },
		{ "d.m.net", "TXT", "v=spf1 include:e.m.net include:f.m.net include:g.m.net" },
		{ "e.m.net", "TXT", "v=spf1 include:h.m.net include:i.m.net include:j.m.net" },
		{ "f.m.net", "TXT", "v=spf1 include:h.m.net include:i.m.net include:j.m.net" },
		{ "g.m.net", "TXT", "v=spf1 include:h.m.net include:i.m.net include:j.m.net" },
		{ "h.m.net", "TXT",
		  "v=spf1 include:k.m.net include:k.m.net include:k.m.net "
		  "include:k.m.net include:k.m.net" },
		{ "i.m.net", "TXT",
		  "v=spf1 include:k.m.net include:k.m.net include:k.m.net "
		  "include:k.m.net include:k.m.net" },
		{ "j.m.net", "TXT",
		  "v=spf1 include:k.m.net include:k.m.net include:k.m.net "
		  "include:k.m.net include:k.m.net" },
		{ "k.m.net", "TXT", "v=spf1 -all" },
	};
	struct world w;

	(void)state;
	world_open(&w, records, COUNT(records), ask);
	assert_string_not_equal(tree->cut, "");
	assert_true(tree->terms > tree->limits.terms);
	assert_int_equal(tree->nnodes, 200);
	world_close(&w);
}

static bool afforded[4];

static void
afford(struct md_ctx *c)
{
	md_dns(c, MD_TXT, "known.example.net");
	afforded[0] = md_dns_afford(c, MD_TXT, "Known.Example.NET", 1);
	afforded[1] = md_dns_afford(c, MD_TXT, "one.example.net", 1);
	afforded[2] = md_dns_afford(c, MD_TXT, "two.example.net", 1);
	afforded[3] = md_dns_afford(c, MD_TXT, "known.example.net", 1);
}

/* What was asked already costs nothing; what is new has one bound for all attempts. */
static void
questions_are_paid_once(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, NULL, 0, afford);
	assert_true(afforded[0]);
	assert_false(afforded[2]);
	assert_true(afforded[3]);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions_are_paid_once),
		cmocka_unit_test(costs_are_counted),
		cmocka_unit_test(children_are_told_apart),
		cmocka_unit_test(registrable_targets_are_seen),
		cmocka_unit_test(monsters_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
