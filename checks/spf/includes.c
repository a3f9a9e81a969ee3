/* The records that include and redirect lead to: there, sound, and somebody's? */
#include "rules.h"

static void
judge_none(struct md_ctx *c, const struct md_spf_exam *exam, const struct md_spf_node *node)
{
	const char *path = md_spf_node_path(md_mem(c), node);
	const char *seen = node->txt == NULL                    ? "no possible name"
	                   : node->txt->rcode == MD_NXDOMAIN    ? "does not exist (NXDOMAIN)"
	                   : node->txt->fact.state == MD_ABSENT ? "has no TXT record"
	                                                        : "has no SPF among its TXT";

	if (node->unregistered[0] != '\0')
		md_found(c, SPF_INCLUDE_TAKEOVER, node->domain, "%s: %s is not registered",
		         path, node->unregistered);
	else
		md_found(c,
		         node->via->kind == MD_SPF_REDIRECT ? SPF_REDIRECT_NONE
		                                            : SPF_INCLUDE_NONE,
		         node->domain, "%s: %s %s", path, node->domain, seen);
	if (node->depth == 1)
		md_spf_publish_cure(c, exam);
}

static void
judge_faulty(struct md_ctx *c, const struct md_spf_node *node)
{
	const char *path = md_spf_node_path(md_mem(c), node);

	if (node->state == MD_SPF_NODE_SEVERAL) {
		md_found(c, SPF_INCLUDE_PERMERROR, node->domain, "%s: several SPF records",
		         path);
		return;
	}
	for (size_t i = 0; i < node->record->n; i++) {
		const struct md_spf_term *term = &node->record->terms[i];

		if (term->fault == MD_SPF_SOUND)
			continue;
		md_found(c, SPF_INCLUDE_PERMERROR, node->domain, "%s: %s: %s", path,
		         md_show(md_mem(c), term->text), term->why);
		md_point(c, node->record->text, term->fault_offset, term->fault_len);
		return;
	}
}

static void
judge_loop(struct md_ctx *c, const struct md_spf_exam *exam, const struct md_spf_node *node)
{
	md_found(c, SPF_LOOP, node->domain, "%s", md_spf_node_path(md_mem(c), node));
	if (node->depth == 1 && node->via->kind == MD_SPF_INCLUDE)
		md_spf_publish_cure(c, exam);
}

void
md_spf_judge_includes(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;

	for (size_t i = 1; i < tree->nnodes; i++) {
		const struct md_spf_node *node = tree->nodes[i];

		if (node->state == MD_SPF_NODE_NONE || node->state == MD_SPF_NODE_IMPOSSIBLE)
			judge_none(c, exam, node);
		else if (node->state == MD_SPF_NODE_FAULTY ||
		         node->state == MD_SPF_NODE_SEVERAL)
			judge_faulty(c, node);
		else if (node->state == MD_SPF_NODE_LOOP)
			judge_loop(c, exam, node);
		else if (node->state == MD_SPF_NODE_UNKNOWN)
			md_known_or(c, &node->txt->fact, SPF_TREE_TEMPERROR);
	}
}
