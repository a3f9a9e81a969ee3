/* What the SPF record costs in all, what each include's part is, and whom it lets send. */
#include <inttypes.h>
#include <string.h>

#include "base/name.h"
#include "spf.h"

enum { MOST_REPEATS = 10, MOST_REMOVALS = 20 };

/* Each record that stands in the tree again, once. */
static void
note_repeats(struct md_ctx *c, const struct md_spf_tree *tree)
{
	unsigned shown = 0;

	for (size_t i = 1; i < tree->nnodes && shown < MOST_REPEATS; i++) {
		const struct md_spf_node *node = tree->nodes[i];
		bool before = false;

		for (size_t j = 1; j < i && node->repeated; j++)
			before = before || (tree->nodes[j]->repeated &&
			                    strcmp(tree->nodes[j]->domain, node->domain) == 0);
		if (!node->repeated || before)
			continue;
		md_note(c, "cost", "%s is evaluated more than once, and counts each time",
		        node->domain);
		shown++;
	}
}

/* Is it a record of the domain's organisation, which evaluation meets once? */
static bool
is_own(struct md_ctx *c, const struct md_spf_tree *tree, const struct md_spf_node *node)
{
	unsigned times = 0;

	for (size_t i = 0; i < tree->nnodes; i++)
		times += tree->nodes[i]->n > 0 &&
		         strcmp(tree->nodes[i]->domain, node->domain) == 0;
	return times == 1 && md_name_under(node->domain, md_subject(c)->organisation);
}

static void
note_removals_from(struct md_ctx *c, const struct md_spf_tree *tree,
                   const struct md_spf_node *node, unsigned *shown)
{
	const bool beyond = tree->terms > tree->limits.terms;

	for (size_t i = 0; i < node->n; i++) {
		const struct md_spf_visit *visit = &node->visits[i];
		const bool saves = visit->after > visit->number;

		/* A redirect cannot be removed; terms of the record that it leads to can. */
		if (visit->number == 0 || (!beyond && !saves) ||
		    visit->term->kind == MD_SPF_REDIRECT || (*shown)++ >= MOST_REMOVALS)
			continue;
		md_note(c, "cost", "with %s removed%s%s: %u of %u%s",
		        md_spf_name_visit(md_mem(c), visit),
		        node->parent != NULL ? " from " : "",
		        node->parent != NULL ? node->domain : "", md_spf_without(tree, visit),
		        tree->limits.terms,
		        visit->is_void[0] && visit->is_void[1]
		                ? "; it finds nothing and lets nobody send"
		                : "");
	}
}

/*
 * Beyond the limit: what removing one term of the domain's own records gains.  Near the limit:
 * only terms that cost several lookups.
 */
static void
note_removals(struct md_ctx *c, const struct md_spf_tree *tree)
{
	enum { NEAR = 2 };
	unsigned shown = 0;

	for (size_t i = 0; i < tree->nnodes && tree->terms + NEAR >= tree->limits.terms; i++)
		if (is_own(c, tree, tree->nodes[i]))
			note_removals_from(c, tree, tree->nodes[i], &shown);
}

static void
note_voids_by_query(struct md_ctx *c, const struct md_spf_tree *tree)
{
	if (tree->void_queries[0] > tree->limits.voids && tree->voids[0] <= tree->limits.voids)
		md_note(c, "cost",
		        "verifiers that count void lookups by query see %u of them (limit %u): "
		        "permerror there",
		        tree->void_queries[0], tree->limits.voids);
}

static void
note_cover(struct md_ctx *c, const struct md_spf_tree *tree)
{
	md_note(c, "may send", "IPv4 addresses: %" PRIu64, tree->ipv4);
	if (tree->ipv6 == UINT64_MAX)
		md_note(c, "may send", "all of IPv6");
	else if (tree->ipv6 > 0)
		md_note(c, "may send", "IPv6 networks (/64): %" PRIu64, tree->ipv6);
	if (tree->by_sender > 0)
		md_note(c, "may send", "terms that depend on the message: %u", tree->by_sender);
	if (tree->everybody)
		md_note(c, "may send", "everybody else, too, by +all");
	if (tree->in_part)
		md_note(c, "may send", "more that could not be looked up");
}

void
md_spf_note_cost(struct md_ctx *c, const struct md_spf_tree *tree)
{
	const unsigned most = tree->limits.terms;

	md_note(c, "cost", "%u of %u lookups%s, %u of %u void%s", tree->terms, most,
	        tree->terms > most ? md_printf(md_mem(c), " (%u too many)", tree->terms - most)
	                           : "",
	        tree->voids[0], tree->limits.voids,
	        tree->voids[1] > tree->voids[0]
	                ? md_printf(md_mem(c), " (%u for IPv6 senders)", tree->voids[1])
	                : "");
	note_removals(c, tree);
	note_voids_by_query(c, tree);
	if (tree->cut[0] != '\0')
		md_note(c, "cost", "%s: the true cost is higher", tree->cut);
	note_repeats(c, tree);
	note_cover(c, tree);
}
