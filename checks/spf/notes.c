/* What the SPF record costs, as notes: the tree of terms that query the DNS, and the sums. */
#include <inttypes.h>
#include <string.h>

#include "base/name.h"
#include "rules.h"

/* ---- the tree ---- */

enum { MOST_LINES = 200 };

static const char *
remark_on_include(struct md_arena *mem, const struct md_spf_node *node)
{
	static const char *const words[] = {
		[MD_SPF_NODE_FAULTY] = ", syntax error there",
		[MD_SPF_NODE_NONE] = ", no SPF record there",
		[MD_SPF_NODE_SEVERAL] = ", several SPF records there",
		[MD_SPF_NODE_UNKNOWN] = ", no answer",
		[MD_SPF_NODE_LOOP] = ", a loop",
		[MD_SPF_NODE_SENDER] = ", depends on the message",
		[MD_SPF_NODE_IMPOSSIBLE] = ", not a possible name",
	};

	if (node->state != MD_SPF_NODE_SOUND)
		return words[node->state];
	return node->voids[0] > 0 ? md_printf(mem, ", %u void", node->voids[0]) : "";
}

/* What there is to say of a term besides its count; "" mostly. */
static const char *
remark(struct md_arena *mem, const struct md_spf_visit *visit)
{
	if (visit->child != NULL)
		return remark_on_include(mem, visit->child);
	if (visit->term->kind == MD_SPF_INCLUDE || visit->term->kind == MD_SPF_REDIRECT)
		return ", not followed";
	if (visit->unknown != NULL)
		return ", no answer";
	if (visit->is_void[0])
		return ", void";
	if (visit->is_void[1])
		return ", void for IPv6";
	return visit->target[0] == '\0' ? ", depends on the message" : "";
}

static void
add_count(struct md_buf *out, uint64_t n, const char *what)
{
	if (n == UINT64_MAX)
		md_buf_item(out, ", ", "all of IPv6");
	else if (n > 0)
		md_buf_item(out, ", ", "%" PRIu64 " %s", n, what);
}

/* "  256 IPv4 addresses, 1 IPv6 /64": those that a record, and what is below it, lets pass. */
static const char *
cover_text(struct md_arena *mem, const struct md_spf_node *node)
{
	struct md_buf out = { .mem = mem };

	add_count(&out, node->ipv4, "IPv4");
	add_count(&out, node->ipv6, "IPv6 /64");
	return out.len > 0 ? md_printf(mem, "  %s", md_buf_str(&out)) : "";
}

/* "include:_spf.example.net (its provider)", or the term alone. */
static const char *
name_visit(struct md_arena *mem, const struct md_spf_visit *visit)
{
	const char *text = md_show(mem, visit->term->text);

	if (visit->child == NULL || visit->child->provider[0] == '\0')
		return text;
	return md_printf(mem, "%s (%s)", text, visit->child->provider);
}

/* What is needed at every level of the tree. */
struct drawing {
	struct md_ctx *c;
	const struct md_spf_tree *tree;
	unsigned lines;
};

static void draw_node(struct drawing *, const struct md_spf_node *);

/* Two blanks for each level: the text report draws the branches. */
static void
draw_visit(struct drawing *d, const struct md_spf_visit *visit, unsigned level)
{
	struct md_arena *mem = md_mem(d->c);

	if (d->lines++ >= MOST_LINES)
		return;
	md_note(d->c, "tree", "%*s%s  +%u (%u of %u)%s%s", 2 * (int)level, "",
	        name_visit(mem, visit), visit->after - visit->number + 1, visit->after,
	        d->tree->limits.terms, remark(mem, visit),
	        visit->child != NULL ? cover_text(mem, visit->child) : "");
	if (visit->child != NULL)
		draw_node(d, visit->child);
}

/* In the order of evaluation: redirect comes last, wherever it stands. */
static void
draw_node(struct drawing *d, const struct md_spf_node *node)
{
	for (unsigned redirects = 0; redirects < 2; redirects++) {
		for (size_t i = 0; i < node->n; i++) {
			const struct md_spf_visit *visit = &node->visits[i];

			if (visit->number > 0 &&
			    (visit->term->kind == MD_SPF_REDIRECT) == (redirects == 1))
				draw_visit(d, visit, node->depth + 1);
		}
	}
}

void
md_spf_note_tree(struct md_ctx *c, const struct md_spf_tree *tree)
{
	struct drawing drawing = { .c = c, .tree = tree };

	md_note(c, "tree", "%s%s", tree->root->domain, cover_text(md_mem(c), tree->root));
	draw_node(&drawing, tree->root);
	if (drawing.lines > MOST_LINES)
		md_note(c, "tree", "  ... and more");
}

/* ---- the sums ---- */

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
		        name_visit(md_mem(c), visit), node->parent != NULL ? " from " : "",
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
	if (tree->root->record->nfaults > 0) {
		md_note(c, "may send",
		        "nobody while the record is in error (permerror for every sender)");
		return;
	}
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
