/* The cost tree as lines of text: each term that queries the DNS, with its count. */
#include <inttypes.h>

#include "rules.h"

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

const char *
md_spf_name_visit(struct md_arena *mem, const struct md_spf_visit *visit)
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
	        md_spf_name_visit(mem, visit), visit->after - visit->number + 1, visit->after,
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
