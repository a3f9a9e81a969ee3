/* Looks at what a plan must not make worse. */
#include "plan/watch.h"

#include "domain/role.h"

static const struct md_report_part watched = { .name = "plan" };

static void
look(struct md_ctx *c)
{
	const struct md_subject *s = md_subject(c);
	struct md_plan_watch *w = md_alloc(md_mem(c), sizeof(*w));

	w->role = md_role(c)->role;
	w->said_to_send =
	        s->nips > 0 || s->mail_from.given || s->helo[0] != '\0' || s->nselectors > 0;
	if (md_spf_is_mail_domain(md_domain(c)))
		w->spf = md_spf_published(c, md_domain(c));
	if (w->spf != NULL && w->spf->n == 1)
		w->tree = md_spf_tree(c, md_domain(c));
	w->dmarc = md_dmarc_discover_aside(c, md_domain(c));
	w->dmarc7489 = md_dmarc_discover_7489(c, md_domain(c));
	md_show_part(c, &watched, w);
}

const struct md_plan_watch *
md_plan_watched(const struct md_report *report)
{
	return md_report_part(report, &watched);
}

/*
 * Does it name hosts, none of which has an address now?  Where others are not refused ("-all"),
 * that is no reason against a record that was meant so.
 */
static bool
names_hosts(const struct md_spf *record)
{
	if (record->all == NULL || record->all->qualifier == '-')
		return false;
	for (size_t i = 0; i < record->n; i++) {
		const struct md_spf_term *term = &record->terms[i];

		if ((term->kind == MD_SPF_A || term->kind == MD_SPF_MX) &&
		    term->qualifier == '+' && md_spf_reached(record, term))
			return true;
	}
	return false;
}

bool
md_plan_permits(const struct md_plan_watch *w)
{
	const struct md_spf_tree *tree = w->tree;

	return tree != NULL && (tree->ipv4 > 0 || tree->ipv6 > 0 || tree->by_sender > 0 ||
	                        tree->everybody || names_hosts(tree->root->record));
}

bool
md_plan_opens(const struct md_plan_watch *w)
{
	const struct md_spf_tree *tree = w->tree;

	return tree != NULL &&
	       (tree->everybody || tree->ipv4 > UINT32_MAX || tree->ipv6 == UINT64_MAX);
}

bool
md_plan_spf_works(const struct md_plan_watch *w)
{
	const struct md_spf_tree *tree = w->tree;

	if (tree == NULL || tree->cut[0] != '\0')
		return false;
	for (size_t i = 0; i < tree->nnodes; i++)
		if (tree->nodes[i]->state != MD_SPF_NODE_SOUND &&
		    tree->nodes[i]->state != MD_SPF_NODE_SENDER)
			return false;
	return true;
}

const struct md_check md_plan_watcher = {
	.name = "plan",
	.title = "Plan",
	.question = "",
	.run = look,
};
