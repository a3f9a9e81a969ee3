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

/* All addresses are known, and none of them is on the Internet (md_spf_tree's on_internet). */
static bool
has_private_alone(struct md_ctx *c, const struct md_spf_visit *visit)
{
	/* in bulk those of IPv6 may not have been asked for */
	return visit->naddresses > 0 && visit->unknown == NULL && md_eager(c);
}

/*
 * Mail hosts whose IPv6 addresses were not asked for, in bulk; and the domain's own that have
 * no address on the Internet, which is a fault of its MX records.
 */
static bool
is_unsure(struct md_ctx *c, const struct md_spf_node *node)
{
	for (size_t i = 0; node->passes && i < node->n; i++) {
		const struct md_spf_visit *visit = &node->visits[i];

		if (visit->number > 0 && visit->term->qualifier == '+' &&
		    (visit->term->kind == MD_SPF_A || visit->term->kind == MD_SPF_MX) &&
		    ((!md_spf_is_dead(c, visit) && !has_private_alone(c, visit)) ||
		     (visit->mx_hosts > 0 && strcmp(visit->target, md_domain(c)) == 0)))
			return true;
	}
	return false;
}

/* Every record is there and sound (otherwise that is the finding), and nobody passes. */
static bool
permits_nobody(struct md_ctx *c, const struct md_spf_tree *tree)
{
	if (tree->on_internet || tree->by_sender > 0 || tree->everybody || tree->in_part ||
	    tree->cut[0] != '\0')
		return false;
	for (size_t i = 0; i < tree->nnodes; i++)
		if (tree->nodes[i]->state != MD_SPF_NODE_SOUND ||
		    has_live_exists(tree->nodes[i]) || is_unsure(c, tree->nodes[i]))
			return false;
	return true;
}

/* ---- is somebody named? ---- */

/* What the record says of those whom none of its terms matches (RFC 7208 4.7). */
static char
all_of(const struct md_spf *record)
{
	return record->all != NULL ? record->all->qualifier : '?';
}

static const char *
result_of(char qualifier)
{
	return qualifier == '-' ? "fail" : qualifier == '~' ? "softfail" : "neutral";
}

/* How much a qualifier other than "+" refuses. */
static int
strictness(char qualifier)
{
	return qualifier == '-' ? 2 : qualifier == '~' ? 1 : 0;
}

/* Who is treated worse than all others is named so that he does not send. */
static const char *
why_not_passed(const struct md_spf *record, const struct md_spf_term *term)
{
	if (strictness(term->qualifier) > strictness(all_of(record)) ||
	    !md_spf_reached(record, term))
		return NULL;
	return term->qualifier == '-'   ? " refuses those it names"
	       : term->qualifier == '~' ? " is only softfail for those it names"
	                                : " is only neutral for those it names";
}

static const char *
why_private(struct md_ctx *c, const struct md_spf_visit *visit)
{
	if (md_spf_is_private(visit->term))
		return md_printf(md_mem(c), ": %s", md_addr_special(visit->term->network));
	if (visit->naddresses > 0 && md_addr_special(visit->addresses[0]) != NULL)
		return md_printf(md_mem(c), ": %s is %s",
		                 md_addr_print(md_mem(c), visit->addresses[0]),
		                 md_addr_special(visit->addresses[0]));
	return NULL;
}

/* Why this term, which names a sender, lets none pass; NULL for terms that name none. */
static const char *
why_useless(struct md_ctx *c, const struct md_spf_node *node, const struct md_spf_visit *visit)
{
	const struct md_spf_term *term = visit->term;
	const char *other;

	if (md_spf_mechanism_meant(md_mem(c), term) != NULL)
		return " has = where : belongs";
	if (term->kind >= MD_SPF_REDIRECT || term->kind == MD_SPF_ALL)
		return NULL;
	if (term->qualifier != '+')
		return why_not_passed(node->record, term);
	if (!md_spf_reached(node->record, term))
		return " stands behind all";
	if (term->kind == MD_SPF_INCLUDE)
		return " permits nobody";
	if (!md_spf_is_dead(c, visit))
		return why_private(c, visit);
	other = md_spf_other_kind(c, visit);
	if (other == NULL)
		return md_printf(md_mem(c), ": %s %s", visit->target,
		                 md_spf_why_dead(c, visit));
	return md_printf(md_mem(c), ": %s %s (probably meant: %s)", visit->target,
	                 md_spf_why_dead(c, visit), other);
}

/* Those who are named, and do not pass. */
struct named {
	struct md_buf why;
	bool wrongly; /* by a term that does nothing for them, or refuses them */
	bool better;  /* by ? or ~, and treated better than all others */
};

/* The senders that a record names; those of a redirect's target stand in that. */
static void
list_useless(struct md_ctx *c, const struct md_spf_node *node, struct named *named)
{
	enum { MOST = 6 };
	unsigned n = 0;

	for (size_t i = 0; i < node->n; i++) {
		const struct md_spf_term *term = node->visits[i].term;
		const char *useless = why_useless(c, node, &node->visits[i]);
		const bool mild = term->qualifier == '?' || term->qualifier == '~';

		if (useless == NULL)
			continue;
		named->wrongly = named->wrongly || !mild;
		named->better =
		        named->better || (mild && strictness(term->qualifier) <
		                                          strictness(all_of(node->record)));
		if (n++ < MOST)
			md_buf_item(&named->why, "; ", "%s%s", md_show(md_mem(c), term->text),
			            useless);
	}
}

/* Does the domain send, as far as can be seen?  Who has mail hosts, or says so. */
static bool
seems_to_send(struct md_ctx *c)
{
	return md_receives(c, md_domain(c))->has_mx || md_subject(c)->nips > 0 ||
	       md_subject(c)->mail_from.given;
}

/* A redirect that all puts out of force is a finding of its own. */
bool
md_spf_is_nobody(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf *record = exam->published->record;

	return permits_nobody(c, exam->tree) &&
	       (record->all == NULL || record->redirect == NULL) && seems_to_send(c);
}

bool
md_spf_judge_nobody(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;
	struct named named = { .why.mem = md_mem(c) };
	const char *mended;

	if (!md_spf_is_nobody(c, exam))
		return false;
	list_useless(c, tree->root, &named);
	if (tree->last != tree->root)
		list_useless(c, tree->last, &named);
	if (named.why.len == 0)
		return false;
	if (named.better || !named.wrongly)
		md_found(c, SPF_SENDERS_NOT_PASSED, md_domain(c), "%s", md_buf_str(&named.why));
	else
		md_found(c, SPF_PERMITS_NOBODY, md_domain(c), "%s; all mail gets %s",
		         md_buf_str(&named.why), result_of(all_of(tree->last->record)));
	mended = md_spf_with_other_kinds(c, tree->root);
	if (!md_str_eq(exam->published->record->text, mended))
		md_spf_wish_record(c, mended);
	return true;
}
