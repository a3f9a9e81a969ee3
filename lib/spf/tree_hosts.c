/* The lookups of a, mx and exists in a cost tree: which find nothing, for which clients. */
#include "base/name.h"
#include "spf/tree.h"

/* A record may name thousands of hosts; the report says so when this is not enough. */
enum { MOST_LOOKUPS = 400 };

struct asking {
	struct md_ctx *c;
	struct md_spf_tree *tree;
	unsigned lookups;
	bool ipv6;
};

/* NULL beyond the bound. */
static const struct md_dns *
look(struct asking *a, struct md_spf_visit *visit, uint16_t type, const char *name)
{
	const struct md_dns *fact;

	if (a->lookups == MOST_LOOKUPS) {
		a->tree->cut =
		        "the tree asks for more than 400 hosts; the rest was not looked up";
		return NULL;
	}
	if (!md_spf_tree_affords(a->c, a->tree, type, name))
		return NULL;
	a->lookups++;
	fact = md_dns(a->c, type, name);
	if (fact->fact.state == MD_UNKNOWN && visit->unknown == NULL)
		visit->unknown = fact;
	return fact;
}

static void
note_void(struct md_spf_visit *visit, unsigned family)
{
	visit->is_void[family] = true;
	visit->void_queries[family]++;
}

static void
look_host(struct asking *a, struct md_spf_visit *visit, const char *host)
{
	struct md_addr *addresses = NULL;
	size_t n = 0;

	for (size_t i = 0; i < visit->naddresses; i++)
		MD_PUSH(md_mem(a->c), addresses, n, visit->addresses[i]);
	for (unsigned family = 0; family < (a->ipv6 ? 2u : 1u); family++) {
		const struct md_dns *fact = look(a, visit, family == 0 ? MD_A : MD_AAAA, host);

		if (fact == NULL)
			continue;
		if (fact->fact.state == MD_ABSENT)
			note_void(visit, family);
		for (size_t i = 0; i < fact->n; i++)
			MD_PUSH(md_mem(a->c), addresses, n, fact->rr[i].addr);
	}
	visit->addresses = addresses;
	visit->naddresses = n;
}

static void
look_mx(struct asking *a, struct md_spf_visit *visit)
{
	const struct md_dns *mx = look(a, visit, MD_MX, visit->target);

	if (mx == NULL)
		return;
	if (mx->fact.state == MD_ABSENT) {
		note_void(visit, 0);
		note_void(visit, 1);
	}
	visit->mx_hosts = mx->n;
	for (size_t i = 0; i < mx->n && i < a->tree->limits.mx_names; i++)
		if (md_name_labels(mx->rr[i].mx.exchange) > 0) /* "." is no host (RFC 7505) */
			look_host(a, visit, mx->rr[i].mx.exchange);
}

/* RFC 7208 5.7: exists asks for A, whatever the client's family. */
static void
look_exists(struct asking *a, struct md_spf_visit *visit)
{
	const struct md_dns *fact = look(a, visit, MD_A, visit->target);

	if (fact != NULL && fact->fact.state == MD_ABSENT) {
		note_void(visit, 0);
		note_void(visit, 1);
	}
}

static void
look_term(struct asking *a, struct md_spf_visit *visit)
{
	if (visit->number == 0 || visit->target[0] == '\0' || !md_name_fits(visit->target))
		return;
	if (visit->term->kind == MD_SPF_A)
		look_host(a, visit, visit->target);
	else if (visit->term->kind == MD_SPF_MX)
		look_mx(a, visit);
	else if (visit->term->kind == MD_SPF_EXISTS)
		look_exists(a, visit);
}

static bool
asks_hosts(const struct md_spf_visit *visit)
{
	return visit->number > 0 &&
	       (visit->term->kind == MD_SPF_A || visit->term->kind == MD_SPF_MX ||
	        visit->term->kind == MD_SPF_EXISTS);
}

static void
add_voids(struct md_spf_tree *tree, struct md_spf_node *node, const struct md_spf_visit *visit)
{
	for (unsigned family = 0; family < 2; family++) {
		node->voids[family] += visit->is_void[family];
		tree->void_queries[family] += visit->void_queries[family];
	}
}

/* From the leaves up: what stands below a record stands behind it in the list. */
static void
sum_voids(struct md_spf_tree *tree)
{
	for (size_t i = tree->nnodes; i-- > 0;) {
		struct md_spf_node *above = tree->nodes[i]->parent;

		for (unsigned family = 0; above != NULL && family < 2; family++)
			above->voids[family] += tree->nodes[i]->voids[family];
	}
	for (unsigned family = 0; family < 2; family++)
		tree->voids[family] = tree->root->voids[family];
}

void
md_spf_tree_hosts(struct md_ctx *c, struct md_spf_tree *tree)
{
	struct asking a = { .c = c, .tree = tree };
	unsigned terms = 0;

	for (size_t i = 0; i < tree->nnodes; i++)
		for (size_t j = 0; j < tree->nodes[i]->n; j++)
			terms += asks_hosts(&tree->nodes[i]->visits[j]);
	/* In bulk, IPv6 is asked for only where it can exceed the limit. */
	a.ipv6 = md_eager(c) || terms > tree->limits.voids;
	for (size_t i = 0; i < tree->nnodes; i++) {
		struct md_spf_node *node = tree->nodes[i];

		for (size_t j = 0; j < node->n; j++) {
			look_term(&a, &node->visits[j]);
			add_voids(tree, node, &node->visits[j]);
		}
	}
	sum_voids(tree);
}
