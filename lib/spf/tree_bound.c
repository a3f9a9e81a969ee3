/* How much a stranger's SPF tree may make us ask. */
#include "spf/tree.h"

/* Questions of the trees of a run; an honest one asks some 30. */
enum { MOST_QUESTIONS = 600, MOST_QUESTIONS_IN_BULK = 200 };

static unsigned
most(const struct md_ctx *c)
{
	return md_eager(c) ? MOST_QUESTIONS : MOST_QUESTIONS_IN_BULK;
}

bool
md_spf_affords(struct md_ctx *c, uint16_t type, const char *name)
{
	return md_dns_afford(c, type, name, most(c));
}

bool
md_spf_tree_affords(struct md_ctx *c, struct md_spf_tree *tree, uint16_t type, const char *name)
{
	if (md_spf_affords(c, type, name))
		return true;
	tree->cut = md_printf(md_mem(c),
	                      "it leads to more than %u questions; the rest was not asked",
	                      most(c));
	return false;
}
