/* What evaluating the SPF record costs: terms, lookups that find nothing, MX hosts. */
#include "spf.h"

/* The counting term with this number, and whose record it stands in. */
static const struct md_spf_visit *
visit_number(const struct md_spf_tree *tree, unsigned number, const struct md_spf_node **owner)
{
	for (size_t i = 0; i < tree->nnodes; i++) {
		*owner = tree->nodes[i];
		for (size_t j = 0; j < tree->nodes[i]->n; j++)
			if (tree->nodes[i]->visits[j].number == number)
				return &tree->nodes[i]->visits[j];
	}
	return NULL;
}

static void
judge_lookups(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;
	enum { NEAR = 2 };
	const char *at_least = tree->cut[0] != '\0' ? "at least " : "";
	const struct md_spf_node *owner = tree->nodes[0];

	if (tree->terms > tree->limits.terms) {
		const struct md_spf_visit *first =
		        visit_number(tree, tree->limits.terms + 1, &owner);

		md_found(c, SPF_LOOKUP_LIMIT, md_domain(c),
		         "%s%u terms that query the DNS; number %u is %s in %s: %s", at_least,
		         tree->terms, first->number, md_show(md_mem(c), first->term->text),
		         md_spf_node_path(md_mem(c), owner), md_spf_who_passes(c, tree));
		md_spf_publish_cure(c, exam);
	} else if (tree->terms + NEAR >= tree->limits.terms) {
		md_found(c, SPF_LOOKUP_NEAR_LIMIT, md_domain(c),
		         "%s%u of %u terms that query the DNS", at_least, tree->terms,
		         tree->limits.terms);
		md_spf_publish_cure(c, exam);
	}
}

/* "a:old.example.com in example.com, ...": the first few. */
static const char *
void_terms(struct md_ctx *c, const struct md_spf_tree *tree, unsigned family)
{
	enum { FEW = 6 };
	struct md_buf out = { .mem = md_mem(c) };
	unsigned n = 0;

	for (size_t i = 0; i < tree->nnodes; i++) {
		for (size_t j = 0; j < tree->nodes[i]->n; j++) {
			if (!tree->nodes[i]->visits[j].is_void[family] || n++ >= FEW)
				continue;
			md_buf_item(&out, ", ", "%s in %s",
			            md_show(md_mem(c), tree->nodes[i]->visits[j].term->text),
			            tree->nodes[i]->domain);
		}
	}
	if (n > FEW)
		md_buf_printf(&out, " and %u more", n - FEW);
	return md_buf_str(&out);
}

static void
judge_voids(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;
	const unsigned family = tree->voids[0] > tree->limits.voids ? 0 : 1;

	if (tree->voids[family] <= tree->limits.voids)
		return;
	md_found(c, family == 0 ? SPF_VOID_LOOKUPS : SPF_VOID_LOOKUPS_V6, md_domain(c),
	         "%u terms whose lookups find nothing: %s", tree->voids[family],
	         void_terms(c, tree, family));
	if (family == 0)
		md_spf_publish_cure(c, exam);
}

void
md_spf_judge_cost(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;

	judge_lookups(c, exam);
	judge_voids(c, exam);
	for (size_t i = 0; i < tree->nnodes; i++) {
		for (size_t j = 0; j < tree->nodes[i]->n; j++) {
			const struct md_spf_visit *visit = &tree->nodes[i]->visits[j];

			if (visit->mx_hosts > tree->limits.mx_names)
				md_found(c, SPF_MX_TOO_MANY, visit->target,
				         "%zu MX hosts for %s", visit->mx_hosts,
				         md_show(md_mem(c), visit->term->text));
			if (visit->unknown != NULL && visit->unknown->fact.by_choice &&
			    visit->naddresses > 0) /* of the other family: a sender can match */
				md_known_aside(c, &visit->unknown->fact);
			else if (visit->unknown != NULL)
				md_known_or(c, &visit->unknown->fact, SPF_TREE_TEMPERROR);
		}
	}
}
