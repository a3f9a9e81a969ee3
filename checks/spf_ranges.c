/* Whom the SPF record lets pass: everybody, wide ranges, addresses that cannot send. */
#include <inttypes.h>

#include "base/name.h"
#include "record/spf_macro.h"
#include "spf.h"

enum { WIDE4 = 16, WIDE6 = 32, MOST_IPV4 = 65536 };

/*
 * Is it the domain's own record, or one of its organisation?  The ranges of providers are not
 * for their customers to mend.
 */
static bool
is_own(struct md_ctx *c, const struct md_spf_node *node)
{
	return md_name_under(node->domain, md_subject(c)->organisation);
}

/* RFC 7208 5.2: what passes in an included record passes here. */
static void
judge_everybody(struct md_ctx *c, const struct md_spf_exam *exam,
                const struct md_spf_node *node)
{
	for (size_t i = 0; node->passes && i < node->n; i++) {
		const struct md_spf_term *term = node->visits[i].term;

		if (!md_spf_is_everybody(term) || !md_spf_reached(node->record, term))
			continue;
		md_found(c, SPF_PLUS_ALL, node->domain, "%s: %s",
		         md_spf_node_path(md_mem(c), node), md_show(md_mem(c), term->text));
		md_point(c, node->record->text, term->offset, term->text.len);
		if (node->parent == NULL)
			md_spf_publish_cure(c, exam);
		return;
	}
}

static bool
is_wide(const struct md_spf_term *term)
{
	return md_spf_is_network(term) && term->qualifier == '+' && !md_spf_is_private(term) &&
	       md_spf_prefix(term) < (term->kind == MD_SPF_IP4 ? WIDE4 : WIDE6);
}

static void
judge_wide(struct md_ctx *c, const struct md_spf_node *node, const struct md_spf_term *term)
{
	const unsigned prefix = md_spf_prefix(term);

	md_found(c, SPF_RANGE_WIDE, md_show(md_mem(c), term->text), "%s: a /%u%s", node->domain,
	         prefix,
	         term->kind == MD_SPF_IP4 ? md_printf(md_mem(c), ", %" PRIu32 " addresses",
	                                              UINT32_C(1) << (32 - prefix))
	                                  : "");
}

static void
judge_network(struct md_ctx *c, const struct md_spf_exam *exam, const struct md_spf_node *node,
              const struct md_spf_term *term)
{
	const char *network = md_spf_clear_host_bits(md_mem(c), term);
	const char *text = md_show(md_mem(c), term->text);

	if (md_spf_is_private(term)) {
		md_found(c, SPF_PRIVATE_RANGE, text, "%s: %s", node->domain,
		         md_addr_special(term->network));
		if (node->parent == NULL)
			md_spf_publish_cure(c, exam);
	}
	if (is_wide(term) && node->passes)
		judge_wide(c, node, term);
	if (network != NULL) {
		md_found(c, SPF_HOST_BITS_SET, text, "%s: matches all that %s does",
		         node->domain, network);
		if (node->parent == NULL)
			md_spf_publish_cure(c, exam);
	}
}

static void
judge_terms(struct md_ctx *c, const struct md_spf_exam *exam, const struct md_spf_node *node)
{
	const bool own = is_own(c, node);
	size_t shown = 0;

	for (size_t i = 0; i < node->n; i++) {
		const struct md_spf_term *term = node->visits[i].term;

		if (own && md_spf_is_network(term) && shown++ < MD_SPF_MOST_SHOWN)
			judge_network(c, exam, node, term);
		if (term->kind == MD_SPF_PTR || (term->kind != MD_SPF_UNKNOWN_MODIFIER &&
		                                 md_spf_macro_uses(term->domain, "p")))
			md_found(c, SPF_PTR, node->domain, "%s in %s",
			         md_show(md_mem(c), term->text),
			         md_spf_node_path(md_mem(c), node));
	}
}

/* All of the Internet, or a great deal of it, by ranges that are not wide each by itself. */
static void
judge_union(struct md_ctx *c, const struct md_spf_tree *tree)
{
	const bool all4 = tree->ipv4 > UINT32_MAX, all6 = tree->ipv6 == UINT64_MAX;
	/* every record is the domain's own, and no range was told before */
	bool mendable = true;

	for (size_t i = 0; i < tree->nnodes; i++) {
		mendable = mendable && is_own(c, tree->nodes[i]);
		for (size_t j = 0; j < tree->nodes[i]->n; j++)
			mendable = mendable && !is_wide(tree->nodes[i]->visits[j].term);
	}
	if (all4 || all6)
		md_found(c, SPF_PLUS_ALL, md_domain(c), "its ranges together are all of IPv%d",
		         all4 ? 4 : 6);
	else if (mendable && tree->ipv4 > MOST_IPV4)
		md_found(c, SPF_RANGE_WIDE, md_domain(c), "%" PRIu64 " IPv4 addresses in all",
		         tree->ipv4);
}

void
md_spf_judge_ranges(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;

	for (size_t i = 0; i < tree->nnodes; i++) {
		if (tree->nodes[i]->record == NULL)
			continue;
		judge_everybody(c, exam, tree->nodes[i]);
		judge_terms(c, exam, tree->nodes[i]);
	}
	judge_union(c, tree);
}
