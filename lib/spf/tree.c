/* Building the cost tree of an SPF record, within bounds. */
#include "spf/tree.h"

#include <string.h>

#include "base/name.h"
#include "domain/provider.h"
#include "domain/psl.h"
#include "domain/registered.h"
#include "record/spf/macro.h"
#include "spf/check_host.h"

/* A hostile tree costs thousands of lookups, and a record can have thousands of terms. */
enum { MOST_NODES = 200, MOST_VISITS = 20000, DEEPEST = 20 };

struct builder {
	struct md_ctx *c;
	struct md_arena *mem;
	struct md_spf_tree *tree;
	struct md_spf_node **nodes;
	size_t nvisits;
};

/*
 * The name a term asks for, whoever sends; NULL when that depends on the message.  Of the
 * macros only d and o are known: mail from the domain itself is looked at.
 */
static const char *
fixed_target(const struct builder *b, const struct md_spf_node *node,
             const struct md_spf_term *term)
{
	const struct md_spf_macro_values values = {
		.domain = md_str(node->domain),
		.sender_domain = md_str(b->nodes[0]->domain),
	};

	if (term->domain.len == 0)
		return node->domain;
	if (md_spf_macro_uses(term->domain, "slipvhcrt"))
		return NULL;
	return md_name_normal(b->mem,
	                      md_str(md_show(b->mem, md_spf_macro_fit(md_spf_macro_expand(
	                                                     b->mem, term->domain,
	                                                     MD_SPF_IN_RECORD, &values)))));
}

static bool
is_ancestor(const struct md_spf_node *node, const char *domain)
{
	for (; node != NULL; node = node->parent)
		if (strcmp(node->domain, domain) == 0)
			return true;
	return false;
}

static bool
is_known_node(const struct builder *b, const char *domain)
{
	for (size_t i = 0; i < b->tree->nnodes; i++)
		if (b->nodes[i]->record != NULL && strcmp(b->nodes[i]->domain, domain) == 0)
			return true;
	return false;
}

static enum md_spf_node_state
load(const struct builder *b, struct md_spf_node *node)
{
	const struct md_spf_published *found = md_spf_published(b->c, node->domain);
	const char *unregistered = NULL;

	node->txt = found->txt;
	node->record = found->record;
	if (found->txt->fact.state == MD_WANTED || found->txt->fact.state == MD_UNKNOWN)
		return MD_SPF_NODE_UNKNOWN;
	if (node->parent != NULL && found->txt->fact.state == MD_ABSENT &&
	    found->txt->rcode == MD_NXDOMAIN &&
	    md_spf_tree_affords(b->c, b->tree, MD_NS,
	                        md_psl_organisational(found->txt->canonical)))
		unregistered = md_unregistered(b->c, found->txt->canonical);
	if (unregistered != NULL)
		node->unregistered = unregistered;
	if (found->n != 1)
		return found->n == 0 ? MD_SPF_NODE_NONE : MD_SPF_NODE_SEVERAL;
	return found->record->nfaults > 0 ? MD_SPF_NODE_FAULTY : MD_SPF_NODE_SOUND;
}

/* What the node will be, before or after its record is looked up. */
static enum md_spf_node_state
state_of(struct builder *b, struct md_spf_node *node, const char *target)
{
	if (target == NULL)
		return MD_SPF_NODE_SENDER;
	if (!md_name_fits(target) || md_name_labels(target) < 2)
		return MD_SPF_NODE_IMPOSSIBLE;
	if (is_ancestor(node->parent, target))
		return MD_SPF_NODE_LOOP;
	node->repeated = is_known_node(b, target);
	return load(b, node);
}

static void visit_terms(struct builder *, struct md_spf_node *);

static const char *
provider_of(const struct builder *b, const struct md_spf_node *node)
{
	const struct md_provider *p =
	        node->parent != NULL ? md_provider_of_spf(b->c, node->domain) : NULL;

	return p != NULL ? md_show(b->mem, p->name) : "";
}

static struct md_spf_node *
add_node(struct builder *b, struct md_spf_node *parent, const struct md_spf_term *via,
         const char *target)
{
	struct md_spf_node *node = md_alloc(b->mem, sizeof(*node));

	node->parent = parent;
	node->via = via;
	node->domain = target != NULL ? target : md_show(b->mem, via->domain);
	node->depth = parent != NULL ? parent->depth + 1 : 0;
	node->passes = parent == NULL || (parent->passes && via->qualifier != '-' &&
	                                  via->qualifier != '~' && via->qualifier != '?');
	node->unregistered = "";
	node->provider = provider_of(b, node);
	node->state = state_of(b, node, target);
	MD_PUSH(b->mem, b->nodes, b->tree->nnodes, node);
	if (node->record != NULL)
		visit_terms(b, node);
	return node;
}

/* False, and the tree says so, where a tree must end. */
static bool
within_bounds(struct builder *b, const struct md_spf_node *parent, const char *target)
{
	if (b->tree->nnodes == MOST_NODES)
		b->tree->cut = "more than 200 records; the rest was not followed";
	else if (parent->depth == DEEPEST)
		b->tree->cut = "records are nested more than 20 deep";
	else
		return target == NULL || !md_name_fits(target) ||
		       md_spf_tree_affords(b->c, b->tree, MD_TXT, target);
	return false;
}

static void
visit(struct builder *b, struct md_spf_node *node, struct md_spf_visit *visit)
{
	const struct md_spf_term *term = visit->term;
	const char *target;

	visit->target = "";
	if (!md_spf_counts(term) || !md_spf_reached(node->record, term))
		return;
	visit->number = ++b->tree->terms;
	target = fixed_target(b, node, term);
	visit->target = target != NULL ? target : "";
	b->tree->by_sender += target == NULL || term->kind == MD_SPF_PTR;
	if ((term->kind == MD_SPF_INCLUDE || term->kind == MD_SPF_REDIRECT) &&
	    within_bounds(b, node, target))
		visit->child = add_node(b, node, term, target);
	visit->after = b->tree->terms;
}

/*
 * In the order of evaluation: redirect comes last, wherever it stands (RFC 7208 6.1).  So where
 * a tree is cut, what is known is what a receiver meets first.  Questions go by breadth all the
 * same: an attempt asks for all that it sees, and what is below comes with the next.
 */
static void
visit_terms(struct builder *b, struct md_spf_node *node)
{
	const struct md_spf *record = node->record;

	b->nvisits += record->n;
	if (b->nvisits > MOST_VISITS) {
		b->tree->cut = "more than 20000 terms; the rest was not looked at";
		return;
	}
	node->n = record->n;
	node->visits = md_alloc(b->mem, node->n * sizeof(*node->visits));
	for (size_t i = 0; i < node->n; i++) {
		node->visits[i].term = &record->terms[i];
		if (record->terms[i].kind != MD_SPF_REDIRECT)
			visit(b, node, &node->visits[i]);
	}
	for (size_t i = 0; i < node->n; i++)
		if (record->terms[i].kind == MD_SPF_REDIRECT)
			visit(b, node, &node->visits[i]);
}

static const struct md_spf_node *
redirected(const struct md_spf_node *node)
{
	for (size_t i = 0; i < node->n; i++)
		if (node->visits[i].child != NULL &&
		    node->visits[i].term->kind == MD_SPF_REDIRECT)
			return node->visits[i].child;
	return NULL;
}

static const void *
build(struct md_ctx *c, const char *domain)
{
	struct md_spf_tree *tree = md_alloc(md_mem(c), sizeof(*tree));
	struct builder b = { .c = c, .mem = md_mem(c), .tree = tree };
	const struct md_spf_node *next;

	tree->cut = "";
	tree->limits = md_subject(c)->spf_limits;
	tree->root = add_node(&b, NULL, NULL, md_strdup(md_mem(c), domain));
	tree->nodes = b.nodes;
	md_spf_tree_hosts(c, tree);
	md_spf_tree_cover(md_mem(c), tree);
	tree->last = tree->root;
	while ((next = redirected(tree->last)) != NULL)
		tree->last = next;
	return tree;
}

const struct md_spf_tree *
md_spf_tree(struct md_ctx *c, const char *domain)
{
	return md_derive(c, build, md_name_normal(md_mem(c), md_str(domain)));
}

const char *
md_spf_node_path(struct md_arena *mem, const struct md_spf_node *node)
{
	if (node->parent == NULL)
		return node->domain;
	return md_printf(mem, "%s > %s", md_spf_node_path(mem, node->parent),
	                 md_show(mem, node->via->text));
}

unsigned
md_spf_without(const struct md_spf_tree *tree, const struct md_spf_visit *visit)
{
	return visit->number > 0 ? tree->terms - (visit->after - visit->number + 1)
	                         : tree->terms;
}
