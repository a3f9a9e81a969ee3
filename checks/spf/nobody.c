/* An SPF record that names senders, and yet lets nobody pass. */
#include <string.h>

#include "domain/receives.h"
#include "rules.h"

/* ---- does anybody pass? ---- */

/* exists with a name that is the same for all lets everybody pass, or nobody. */
static bool
has_live_exists(const struct md_spf_node *node)
{
	for (size_t i = 0; node->passes && i < node->n; i++)
		if (node->visits[i].term->kind == MD_SPF_EXISTS &&
		    node->visits[i].term->qualifier == '+' && node->visits[i].number > 0 &&
		    !node->visits[i].is_void[0])
			return true;
	return false;
}

/*
 * Mail hosts whose IPv6 addresses were not asked for, in bulk; and the domain's own that have
 * no address, which is a fault of its MX records.
 */
static bool
is_unsure(struct md_ctx *c, const struct md_spf_node *node)
{
	for (size_t i = 0; node->passes && i < node->n; i++) {
		const struct md_spf_visit *visit = &node->visits[i];

		if (visit->number > 0 && visit->term->qualifier == '+' &&
		    (visit->term->kind == MD_SPF_A || visit->term->kind == MD_SPF_MX) &&
		    (!md_spf_is_dead(c, visit) ||
		     (visit->mx_hosts > 0 && strcmp(visit->target, md_domain(c)) == 0)))
			return true;
	}
	return false;
}

/* Every record is there and sound (otherwise that is the finding), and nobody passes. */
static bool
permits_nobody(struct md_ctx *c, const struct md_spf_tree *tree)
{
	if (tree->ipv4 > 0 || tree->ipv6 > 0 || tree->by_sender > 0 || tree->everybody ||
	    tree->in_part || tree->cut[0] != '\0')
		return false;
	for (size_t i = 0; i < tree->nnodes; i++)
		if (tree->nodes[i]->state != MD_SPF_NODE_SOUND ||
		    has_live_exists(tree->nodes[i]) || is_unsure(c, tree->nodes[i]))
			return false;
	return true;
}

/* ---- is somebody named? ---- */

/* Why this term, which names a sender, lets none pass; NULL for terms that name none. */
static const char *
why_useless(struct md_ctx *c, const struct md_spf_node *node, const struct md_spf_visit *visit)
{
	const struct md_spf_term *term = visit->term;
	const char *other;

	if (md_spf_is_mistaken_modifier(term))
		return " has = where : belongs";
	if (term->kind >= MD_SPF_REDIRECT || term->kind == MD_SPF_ALL || term->qualifier != '+')
		return NULL;
	if (!md_spf_reached(node->record, term))
		return " stands behind all";
	if (term->kind == MD_SPF_INCLUDE)
		return " permits nobody";
	if (!md_spf_is_dead(c, visit))
		return NULL;
	other = md_spf_other_kind(c, visit);
	if (other == NULL)
		return md_printf(md_mem(c), ": %s %s", visit->target,
		                 md_spf_why_dead(c, visit));
	return md_printf(md_mem(c), ": %s %s (probably meant: %s)", visit->target,
	                 md_spf_why_dead(c, visit), other);
}

/* The senders that a record names; those of a redirect's target stand in that. */
static void
list_useless(struct md_ctx *c, const struct md_spf_node *node, struct md_buf *why)
{
	enum { MOST = 6 };
	unsigned n = 0;

	for (size_t i = 0; i < node->n && n < MOST; i++) {
		const char *useless = why_useless(c, node, &node->visits[i]);

		if (useless == NULL)
			continue;
		md_buf_item(why, "; ", "%s%s", md_show(md_mem(c), node->visits[i].term->text),
		            useless);
		n++;
	}
}

static const char *
what_becomes(const struct md_spf *record)
{
	switch (record->all != NULL ? record->all->qualifier : '?') {
	case '-':
		return "fail";
	case '~':
		return "softfail";
	default:
		return "neutral";
	}
}

/* Does the domain send, as far as can be seen?  Who has mail hosts, or says so. */
static bool
seems_to_send(struct md_ctx *c)
{
	return md_receives(c, md_domain(c))->has_mx || md_subject(c)->nips > 0 ||
	       md_subject(c)->mail_from.given;
}

bool
md_spf_judge_nobody(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;
	const struct md_spf *record = exam->published->record;
	struct md_buf why = { .mem = md_mem(c) };

	/* A redirect that all puts out of force is a finding of its own. */
	if (!permits_nobody(c, tree) || (record->all != NULL && record->redirect != NULL) ||
	    !seems_to_send(c))
		return false;
	list_useless(c, tree->root, &why);
	if (tree->last != tree->root)
		list_useless(c, tree->last, &why);
	if (why.len == 0)
		return false;
	md_found(c, SPF_PERMITS_NOBODY, md_domain(c), "%s; all mail gets %s", md_buf_str(&why),
	         what_becomes(tree->last->record));
	if (!md_str_eq(record->text, md_spf_with_other_kinds(c, tree->root)))
		md_spf_wish_record(c, md_spf_with_other_kinds(c, tree->root));
	return true;
}
