/* The main facts of SPF: is there a record, whom does it refuse, what does it cost? */
#include "spf.h"

/* What its "all" says of everybody else, in the words of RFC 7208 section 2.6. */
static const char *
result_of_all(const struct md_spf *record)
{
	if (record->all == NULL) /* neutral (4.7), though the record does not say so */
		return MD_MAIN_ABSENT;
	switch (record->all->qualifier) {
	case '-':
		return "fail";
	case '~':
		return "softfail";
	case '?':
		return "neutral";
	default:
		return "pass";
	}
}

/* Is the whole tree known?  A record that could not be had may cost more lookups. */
static bool
is_whole(const struct md_spf_tree *tree)
{
	for (size_t i = 0; i < tree->nnodes; i++)
		if (tree->nodes[i]->state == MD_SPF_NODE_UNKNOWN)
			return false;
	return tree->cut[0] == '\0';
}

void
md_spf_tell_main(struct md_ctx *c, const struct md_spf_published *published,
                 const struct md_spf_tree *tree)
{
	if (published->txt->fact.state != MD_PRESENT && published->txt->fact.state != MD_ABSENT)
		return;
	if (tree == NULL) {
		md_main(c, MD_MAIN_SPF, "%s",
		        published->n == 0 ? MD_MAIN_ABSENT : MD_MAIN_INVALID);
		return;
	}
	md_main(c, MD_MAIN_SPF, "%s",
	        tree->root->state == MD_SPF_NODE_SOUND ? MD_MAIN_VALID : MD_MAIN_INVALID);
	/* the record that a redirect leads to, if there is one */
	if (tree->last->record != NULL)
		md_main(c, MD_MAIN_SPF_ALL, "%s", result_of_all(tree->last->record));
	if (is_whole(tree))
		md_main(c, MD_MAIN_SPF_LOOKUPS, "%u", tree->terms);
}
