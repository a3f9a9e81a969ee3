/* Beyond the limit of lookups: who passes before it is met, and who meets it. */
#include <string.h>

#include "rules.h"

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

const char *
md_spf_who_passes(struct md_ctx *c, const struct md_spf_tree *tree)
{
	struct sides s = { .c = c, .tree = tree };

	s.names[0].list.mem = s.names[1].list.mem = md_mem(c);
	take_sides(&s, tree->root);
	return md_printf(md_mem(c), "good for %s; permerror for the rest: %s",
	                 s.names[0].n > 0 ? md_buf_str(&s.names[0].list) : "nobody",
	                 md_buf_str(&s.names[1].list));
}
