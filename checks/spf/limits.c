/* The limits of SPF: what evaluating the record costs, and where what it includes ends. */
#include <string.h>

#include "rules.h"

/* ---- beyond the limit: who passes before it is met, and who meets it ---- */

/* The first few of some names. */
struct names {
	struct md_buf list;
	unsigned n;
};

static void
add_name(struct names *names, const char *name)
{
	enum { FEW = 12 };

	if (names->n++ < FEW)
		md_buf_item(&names->list, ", ", "%s", name);
	else if (names->n == FEW + 1)
		md_buf_printf(&names->list, ", ...");
}

/* The provider, unless it is the one whose record the term stands in. */
static const char *
whose(struct md_ctx *c, const struct md_spf_node *node, const struct md_spf_visit *visit)
{
	return visit->child != NULL && visit->child->provider[0] != '\0' &&
	                       strcmp(visit->child->provider, node->provider) != 0
	               ? visit->child->provider
	               : md_show(md_mem(c), visit->term->text);
}

/* Those whom the record lets pass before the limit, and those who meet it. */
struct sides {
	struct md_ctx *c;
	const struct md_spf_tree *tree;
	struct names names[2];
	bool late; /* the limit has been met */
};

/* The first term of a record that can match, or leads to one; NULL for none but all. */
static const struct md_spf_visit *
first_term(const struct md_spf_node *node)
{
	for (size_t i = 0; i < node->n; i++)
		if (md_spf_reached(node->record, node->visits[i].term) &&
		    node->visits[i].term->kind != MD_SPF_ALL)
			return &node->visits[i];
	return NULL;
}

/* Is the limit met below this term, but not at once?  Then some of its senders pass. */
static bool
is_split(const struct md_spf_tree *tree, const struct md_spf_visit *visit)
{
	const struct md_spf_visit *first;

	if (visit->child == NULL || visit->number > tree->limits.terms ||
	    visit->after <= tree->limits.terms)
		return false;
	first = first_term(visit->child);
	return first != NULL && first->number <= tree->limits.terms;
}

static const char *
networks_of(const struct md_spf_node *node, struct md_arena *mem)
{
	if (node->parent == NULL)
		return "its networks";
	return md_printf(mem, "networks of %s",
	                 node->provider[0] != '\0' ? node->provider : node->domain);
}

static bool
lets_pass(const struct md_spf_node *node, const struct md_spf_term *term)
{
	return node->passes && (term->kind == MD_SPF_REDIRECT || term->qualifier == '+');
}

static void take_sides(struct sides *, const struct md_spf_node *);

/* The terms of a record but for redirect, or redirect alone. */
static void
take_terms(struct sides *s, const struct md_spf_node *node, bool redirect)
{
	bool networks[2] = { false, false };

	for (size_t i = 0; i < node->n; i++) {
		const struct md_spf_visit *visit = &node->visits[i];
		const struct md_spf_term *term = visit->term;

		if (!md_spf_reached(node->record, term) || term->kind == MD_SPF_ALL ||
		    (term->kind == MD_SPF_REDIRECT) != redirect)
			continue;
		if (is_split(s->tree, visit)) {
			take_sides(s, visit->child);
			continue;
		}
		s->late = s->late || visit->after > s->tree->limits.terms;
		if (!s->late && !lets_pass(node, term))
			continue;
		if (visit->number > 0)
			add_name(&s->names[s->late], whose(s->c, node, visit));
		else if (!networks[s->late])
			add_name(&s->names[s->late], networks_of(node, md_mem(s->c)));
		networks[s->late] = networks[s->late] || visit->number == 0;
	}
}

/* In the order of evaluation: redirect comes last, wherever it stands (RFC 7208 6.1). */
static void
take_sides(struct sides *s, const struct md_spf_node *node)
{
	take_terms(s, node, false);
	take_terms(s, node, true);
}

/* "good for a, Google Workspace; permerror for the rest: mx" of a costly tree. */
static const char *
who_passes(struct md_ctx *c, const struct md_spf_tree *tree)
{
	struct sides s = { .c = c, .tree = tree };

	s.names[0].list.mem = s.names[1].list.mem = md_mem(c);
	take_sides(&s, tree->root);
	return md_printf(md_mem(c), "good for %s; permerror for the rest: %s",
	                 s.names[0].n > 0 ? md_buf_str(&s.names[0].list) : "nobody",
	                 md_buf_str(&s.names[1].list));
}

/* ---- what evaluation costs ---- */

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

/* What the record can do without. */
enum { SAVINGS = MD_SPF_NOT_DEAD | MD_SPF_NOT_VOID | MD_SPF_NOT_TWICE };

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
		         md_spf_node_path(md_mem(c), owner), who_passes(c, tree));
		md_spf_wish_edited(c, exam, SAVINGS);
	} else if (tree->terms + NEAR >= tree->limits.terms) {
		md_found(c, SPF_LOOKUP_NEAR_LIMIT, md_domain(c),
		         "%s%u of %u terms that query the DNS", at_least, tree->terms,
		         tree->limits.terms);
		md_spf_wish_edited(c, exam, SAVINGS);
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
	/* Where no address of IPv6 may send, only forged mail meets this limit. */
	if (family == 1 && tree->ipv6 == 0 && tree->by_sender == 0)
		return;
	md_found(c, family == 0 ? SPF_VOID_LOOKUPS : SPF_VOID_LOOKUPS_V6, md_domain(c),
	         "%u terms whose lookups find nothing: %s", tree->voids[family],
	         void_terms(c, tree, family));
	if (family == 0)
		md_spf_wish_edited(c, exam, MD_SPF_NOT_VOID);
}

/*
 * Some verifiers count queries, not terms: for a client of IPv6 each MX host without AAAA is
 * one.  That matters to who sends by IPv6.
 */
static void
judge_voids_by_query(struct md_ctx *c, const struct md_spf_tree *tree)
{
	const unsigned most = tree->limits.voids;

	if (tree->voids[0] > most || tree->voids[1] > most || tree->void_queries[1] <= most ||
	    tree->ipv6 == 0)
		return;
	md_found(c, SPF_VOID_LOOKUPS_V6, md_domain(c),
	         "%u queries find nothing; some verifiers count these, not terms: %s",
	         tree->void_queries[1], void_terms(c, tree, 1));
}

void
md_spf_judge_cost(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;

	judge_lookups(c, exam);
	judge_voids(c, exam);
	judge_voids_by_query(c, tree);
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

/* ---- the records that include and redirect lead to ---- */

static void
judge_none(struct md_ctx *c, const struct md_spf_exam *exam, const struct md_spf_node *node)
{
	const char *path = md_spf_node_path(md_mem(c), node);
	const char *seen = node->txt == NULL                    ? "no possible name"
	                   : node->txt->rcode == MD_NXDOMAIN    ? "does not exist (NXDOMAIN)"
	                   : node->txt->fact.state == MD_ABSENT ? "has no TXT record"
	                                                        : "has no SPF among its TXT";

	if (node->unregistered[0] != '\0')
		md_found(c, SPF_INCLUDE_TAKEOVER, node->domain, "%s: %s is not registered%s",
		         path, node->unregistered, md_spf_what_was_meant(c, node));
	else
		md_found(c,
		         node->via->kind == MD_SPF_REDIRECT ? SPF_REDIRECT_NONE
		                                            : SPF_INCLUDE_NONE,
		         node->domain, "%s: %s %s%s", path, node->domain, seen,
		         md_spf_what_was_meant(c, node));
	if (!md_spf_wish_meant(c, exam, node) && node->depth == 1)
		md_spf_wish_edited(c, exam, MD_SPF_NOT_DEAD);
}

static void
judge_faulty(struct md_ctx *c, const struct md_spf_node *node)
{
	const char *path = md_spf_node_path(md_mem(c), node);

	md_at_txt(c, node->txt, "v=spf1");
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
		md_spf_wish_edited(c, exam, MD_SPF_NOT_DEAD);
}

void
md_spf_judge_includes(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;

	for (size_t i = 1; i < tree->nnodes; i++) {
		const struct md_spf_node *node = tree->nodes[i];

		md_at_txt(c, exam->published->txt, "v=spf1");
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
