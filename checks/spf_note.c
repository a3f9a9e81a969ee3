/* The cost tree as lines of text: each term that queries the DNS, with its count. */
#include <inttypes.h>
#include <string.h>

#include "spf.h"

enum { MOST_LINES = 200, MOST_REPEATS = 10 };

/* What there is to say of a term besides its count; "" mostly. */
static const char *
remark(const struct md_spf_visit *visit)
{
	static const char *const words[] = {
		[MD_SPF_NODE_SOUND] = "",
		[MD_SPF_NODE_FAULTY] = ", syntax error there",
		[MD_SPF_NODE_NONE] = ", no SPF record there",
		[MD_SPF_NODE_SEVERAL] = ", several SPF records there",
		[MD_SPF_NODE_UNKNOWN] = ", no answer",
		[MD_SPF_NODE_LOOP] = ", a loop",
		[MD_SPF_NODE_SENDER] = ", depends on the message",
		[MD_SPF_NODE_IMPOSSIBLE] = ", not a possible name",
	};

	if (visit->child != NULL)
		return words[visit->child->state];
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

static unsigned
networks(const struct md_spf_node *node)
{
	unsigned n = 0;

	for (size_t i = 0; i < node->n; i++)
		n += node->visits[i].term->kind == MD_SPF_IP4 ||
		     node->visits[i].term->kind == MD_SPF_IP6;
	return n;
}

static const char *
networks_text(struct md_arena *mem, const struct md_spf_node *node)
{
	const unsigned n = networks(node);

	return n == 0 ? "" : md_printf(mem, "  %u network%s", n, n == 1 ? "" : "s");
}

/* What is needed at every level of the tree. */
struct drawing {
	struct md_ctx *c;
	unsigned lines;
};

static void draw_node(struct drawing *, const struct md_spf_node *, unsigned level);

static void
draw_visit(struct drawing *d, const struct md_spf_visit *visit, unsigned level)
{
	struct md_arena *mem = md_mem(d->c);

	if (d->lines++ >= MOST_LINES)
		return;
	md_note(d->c, "tree", "%*s%s  +%u (%u of %d)%s%s", 2 * (int)level, "",
	        md_show(mem, visit->term->text), visit->after - visit->number + 1, visit->after,
	        MD_SPF_MOST_TERMS, remark(visit),
	        visit->child != NULL ? networks_text(mem, visit->child) : "");
	if (visit->child != NULL)
		draw_node(d, visit->child, level + 1);
}

/* In the order of evaluation: redirect comes last, wherever it stands. */
static void
draw_node(struct drawing *d, const struct md_spf_node *node, unsigned level)
{
	for (unsigned redirects = 0; redirects < 2; redirects++) {
		for (size_t i = 0; i < node->n; i++) {
			const struct md_spf_visit *visit = &node->visits[i];

			if (visit->number > 0 &&
			    (visit->term->kind == MD_SPF_REDIRECT) == (redirects == 1))
				draw_visit(d, visit, level);
		}
	}
}

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

static void
note_cost(struct md_ctx *c, const struct md_spf_tree *tree)
{
	md_note(c, "cost", "%u of %d lookups, %u of %d void%s", tree->terms, MD_SPF_MOST_TERMS,
	        tree->voids[0], MD_SPF_MOST_VOIDS,
	        tree->voids[1] > tree->voids[0]
	                ? md_printf(md_mem(c), " (%u for IPv6 senders)", tree->voids[1])
	                : "");
	if (tree->void_queries[0] > MD_SPF_MOST_VOIDS && tree->voids[0] <= MD_SPF_MOST_VOIDS)
		md_note(c, "cost",
		        "verifiers that count void lookups by query see %u of them (limit %d): "
		        "permerror there",
		        tree->void_queries[0], MD_SPF_MOST_VOIDS);
	if (tree->cut[0] != '\0')
		md_note(c, "cost", "%s: the true cost is higher", tree->cut);
	note_repeats(c, tree);
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
}

void
md_spf_note_tree(struct md_ctx *c, const struct md_spf_tree *tree)
{
	struct drawing drawing = { .c = c };

	md_note(c, "tree", "%s%s", tree->root->domain, networks_text(md_mem(c), tree->root));
	draw_node(&drawing, tree->root, 1);
	if (drawing.lines > MOST_LINES)
		md_note(c, "tree", "  ... and more");
	note_cost(c, tree);
	note_cover(c, tree);
}
