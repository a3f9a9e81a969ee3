/* How many addresses an SPF tree lets pass, each counted once. */
#include <stdlib.h>

#include "spf/tree.h"

/* IPv4 addresses, or the first 64 bits of IPv6 ones; both ends belong to it. */
struct range {
	uint64_t first, last;
};

struct cover {
	struct md_arena *mem;
	struct range *ranges[2]; /* IPv4, IPv6 */
	size_t n[2];
};

static void
add(struct cover *cover, struct md_addr network, unsigned prefix)
{
	const unsigned family = network.family == 6, bits = family == 1 ? 64 : 32;
	struct range r = { 0 };
	uint64_t hosts;

	for (size_t i = 0; i < bits / 8; i++)
		r.first = r.first << 8 | network.bytes[i];
	hosts = prefix == 0     ? UINT64_MAX >> (64 - bits)
	        : prefix < bits ? (UINT64_C(1) << (bits - prefix)) - 1
	                        : 0;
	r.first &= ~hosts;
	r.last = r.first | hosts;
	MD_PUSH(cover->mem, cover->ranges[family], cover->n[family], r);
}

static void
add_term(struct cover *cover, const struct md_spf_visit *visit)
{
	const struct md_spf_term *term = visit->term;

	if (term->qualifier != '+')
		return;
	if (term->kind == MD_SPF_IP4 || term->kind == MD_SPF_IP6)
		add(cover, term->network,
		    term->kind == MD_SPF_IP4 ? term->prefix4 : term->prefix6);
	for (size_t i = 0; i < visit->naddresses; i++)
		add(cover, visit->addresses[i],
		    visit->addresses[i].family == 4 ? term->prefix4 : term->prefix6);
}

static int
by_first(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

/* The size of the union; UINT64_MAX also for one more than that. */
static uint64_t
count(struct range *ranges, size_t n)
{
	uint64_t total = 0, next = 0; /* next: the first that is not counted yet */

	if (n > 0)
		qsort(ranges, n, sizeof(*ranges), by_first);
	for (size_t i = 0; i < n; i++) {
		const uint64_t first = ranges[i].first > next ? ranges[i].first : next;

		if (ranges[i].last < first)
			continue;
		total += ranges[i].last - first + 1;
		next = ranges[i].last + 1;
		if (next == 0) /* up to the very last */
			return total == 0 ? UINT64_MAX : total;
	}
	return total;
}

static void
add_node(struct cover *cover, const struct md_spf_node *node)
{
	for (size_t i = 0; node->passes && i < node->n; i++)
		if (md_spf_reached(node->record, node->visits[i].term))
			add_term(cover, &node->visits[i]);
}

/* Not so where one family is known, and the other was left out by choice (bulk). */
static bool
lacks_answer(const struct md_spf_visit *visit)
{
	return visit->unknown != NULL &&
	       !(visit->unknown->fact.by_choice && visit->naddresses > 0);
}

/* Whether anybody whom the term permits can send over the Internet (RFC 6890). */
static bool
is_on_internet(const struct md_spf_visit *visit)
{
	const struct md_spf_term *term = visit->term;

	if (term->kind == MD_SPF_IP4 || term->kind == MD_SPF_IP6)
		return !md_spf_is_private(term);
	for (size_t i = 0; i < visit->naddresses; i++) {
		const struct md_addr addr = visit->addresses[i];
		const unsigned prefix = addr.family == 4 ? term->prefix4 : term->prefix6;

		if (md_addr_special(addr) == NULL || prefix < md_addr_bits(addr))
			return true;
	}
	return false;
}

static void
note_the_rest(struct md_spf_tree *tree, const struct md_spf_node *node)
{
	tree->in_part |= node->passes && node->state == MD_SPF_NODE_UNKNOWN;
	for (size_t i = 0; node->passes && i < node->n; i++) {
		const struct md_spf_term *term = node->visits[i].term;

		if (term->qualifier != '+' || !md_spf_reached(node->record, term))
			continue;
		tree->on_internet |= is_on_internet(&node->visits[i]);
		tree->everybody |= term->kind == MD_SPF_ALL;
		tree->in_part |= lacks_answer(&node->visits[i]);
	}
}

/* The record of `tree->nodes[first]` and those below it, which follow it in the list. */
static void
cover_subtree(struct md_arena *mem, struct md_spf_tree *tree, size_t first)
{
	struct md_spf_node *node = tree->nodes[first];
	struct cover cover = { .mem = mem };

	add_node(&cover, node);
	for (size_t i = first + 1; i < tree->nnodes && tree->nodes[i]->depth > node->depth; i++)
		add_node(&cover, tree->nodes[i]);
	node->ipv4 = count(cover.ranges[0], cover.n[0]);
	node->ipv6 = count(cover.ranges[1], cover.n[1]);
}

void
md_spf_tree_cover(struct md_arena *mem, struct md_spf_tree *tree)
{
	for (size_t i = 0; i < tree->nnodes; i++) {
		cover_subtree(mem, tree, i);
		note_the_rest(tree, tree->nodes[i]);
	}
	tree->ipv4 = tree->root->ipv4;
	tree->ipv6 = tree->root->ipv6;
}
