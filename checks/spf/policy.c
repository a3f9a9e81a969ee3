/* What the SPF record asks for: whom it lets pass, and what becomes of all others. */
#include <inttypes.h>
#include <string.h>

#include "base/name.h"
#include "dmarc/dmarc.h"
#include "domain/receives.h"
#include "domain/role.h"
#include "record/spf/macro.h"
#include "rules.h"

/* ---- whom it lets pass ---- */

enum { WIDE4 = 16, WIDE6 = 32, MOST_IPV4 = 65536 };

/*
 * Is it the domain's own record, or one of its organisation?  The ranges of providers are not
 * for their customers to mend.
 */
static bool
is_own(struct md_ctx *c, const struct md_spf_node *node)
{
	return md_name_under(node->domain, md_subject(c)->organisation);
}

/* "- all": a blank has come between the two, and "all" alone is not what was meant. */
static bool
is_behind_sign(const struct md_spf *record, const struct md_spf_term *term)
{
	return term > record->terms && md_spf_is_sign(&term[-1]);
}

/* RFC 7208 5.2: what passes in an included record passes here. */
static void
judge_everybody(struct md_ctx *c, const struct md_spf_exam *exam,
                const struct md_spf_node *node)
{
	for (size_t i = 0; node->passes && i < node->n; i++) {
		const struct md_spf_term *term = node->visits[i].term;
		const char *why = md_spf_why_exists_for_all(c, node, &node->visits[i]);

		if ((!md_spf_is_everybody(term) && why == NULL) ||
		    !md_spf_reached(node->record, term) || is_behind_sign(node->record, term))
			continue;
		md_found(c, SPF_PLUS_ALL, node->domain, "%s: %s%s%s",
		         md_spf_node_path(md_mem(c), node), md_show(md_mem(c), term->text),
		         why != NULL ? ": " : "", why != NULL ? why : "");
		md_point(c, node->record->text, term->offset, term->text.len);
		if (node->parent == NULL)
			md_spf_wish_edited(c, exam, MD_SPF_NOT_EVERYBODY);
		return;
	}
}

static bool
is_wide(const struct md_spf_term *term)
{
	return md_spf_is_network(term) && term->qualifier == '+' && !md_spf_is_private(term) &&
	       md_spf_prefix(term) < (term->kind == MD_SPF_IP4 ? WIDE4 : WIDE6);
}

static void
judge_wide(struct md_ctx *c, const struct md_spf_node *node, const struct md_spf_term *term)
{
	const unsigned prefix = md_spf_prefix(term);

	md_found(c, SPF_RANGE_WIDE, md_show(md_mem(c), term->text), "%s: a /%u%s", node->domain,
	         prefix,
	         term->kind == MD_SPF_IP4 ? md_printf(md_mem(c), ", %" PRIu32 " addresses",
	                                              UINT32_C(1) << (32 - prefix))
	                                  : "");
}

/* The terms of a record that permits nobody are told together. */
static bool
is_told_with_others(struct md_ctx *c, const struct md_spf_exam *exam,
                    const struct md_spf_node *node)
{
	return (node->parent == NULL || node == exam->tree->last) && md_spf_is_nobody(c, exam);
}

static void
judge_network(struct md_ctx *c, const struct md_spf_exam *exam, const struct md_spf_node *node,
              const struct md_spf_term *term)
{
	const char *network = md_spf_clear_host_bits(md_mem(c), term);
	const char *text = md_show(md_mem(c), term->text);

	if (md_spf_is_private(term) && !is_told_with_others(c, exam, node)) {
		md_found(c, SPF_PRIVATE_RANGE, text, "%s: %s", node->domain,
		         md_addr_special(term->network));
		if (node->parent == NULL)
			md_spf_wish_edited(c, exam, MD_SPF_NOT_PRIVATE);
	}
	if (is_wide(term) && node->passes)
		judge_wide(c, node, term);
	if (network != NULL) {
		md_found(c, SPF_HOST_BITS_SET, text, "%s: matches all that %s does",
		         node->domain, network);
		if (node->parent == NULL)
			md_spf_wish_edited(c, exam, MD_SPF_PLAIN_NETWORKS);
	}
}

static void
judge_terms(struct md_ctx *c, const struct md_spf_exam *exam, const struct md_spf_node *node)
{
	const bool own = is_own(c, node);
	size_t shown = 0;

	for (size_t i = 0; i < node->n; i++) {
		const struct md_spf_term *term = node->visits[i].term;

		if (own && md_spf_is_network(term) && shown++ < MD_SPF_MOST_SHOWN)
			judge_network(c, exam, node, term);
		if (term->kind == MD_SPF_PTR || (term->kind != MD_SPF_UNKNOWN_MODIFIER &&
		                                 md_spf_macro_uses(term->domain, "p")))
			md_found(c, own ? SPF_PTR : SPF_PTR_INCLUDED, node->domain, "%s in %s",
			         md_show(md_mem(c), term->text),
			         md_spf_node_path(md_mem(c), node));
	}
}

/* All of the Internet, or a great deal of it, by ranges that are not wide each by itself. */
static void
judge_union(struct md_ctx *c, const struct md_spf_tree *tree)
{
	const bool all4 = tree->ipv4 > UINT32_MAX, all6 = tree->ipv6 == UINT64_MAX;
	/* every record is the domain's own, and no range is told by itself */
	bool mendable = true;

	for (size_t i = 0; i < tree->nnodes; i++) {
		mendable = mendable && is_own(c, tree->nodes[i]);
		for (size_t j = 0; j < tree->nodes[i]->n; j++)
			mendable = mendable && !is_wide(tree->nodes[i]->visits[j].term) &&
			           !md_spf_is_private(tree->nodes[i]->visits[j].term);
	}
	if (all4 || all6)
		md_found(c, SPF_PLUS_ALL, md_domain(c), "its ranges together are all of IPv%d",
		         all4 ? 4 : 6);
	else if (mendable && tree->ipv4 > MOST_IPV4)
		md_found(c, SPF_RANGE_WIDE, md_domain(c), "%" PRIu64 " IPv4 addresses in all",
		         tree->ipv4);
}

void
md_spf_judge_ranges(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;

	for (size_t i = 0; i < tree->nnodes; i++) {
		if (tree->nodes[i]->record == NULL)
			continue;
		judge_everybody(c, exam, tree->nodes[i]);
		judge_terms(c, exam, tree->nodes[i]);
	}
	judge_union(c, tree);
}

/* ---- what becomes of all others ---- */

/*
 * Does nobody pass but by the redirect?  Then it is what was meant.  Beside other senders it
 * may be left over, or meant as an include: that only its author knows.
 */
static bool
names_only_redirect(const struct md_spf *record)
{
	for (size_t i = 0; i < record->n; i++)
		if (record->terms[i].kind < MD_SPF_REDIRECT &&
		    record->terms[i].kind != MD_SPF_ALL)
			return false;
	return record->all->qualifier != '+';
}

/* RFC 7208 5.1: terms behind "all" are never evaluated, nor is redirect anywhere beside it. */
static void
judge_behind_all(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf *record = exam->published->record;
	struct md_buf behind = { .mem = md_mem(c) };

	for (size_t i = 0; record->all != NULL && i < record->n; i++)
		if (record->terms[i].offset > record->all->offset &&
		    record->terms[i].kind < MD_SPF_REDIRECT)
			md_buf_printf(&behind, " %s",
			              md_show(md_mem(c), record->terms[i].text));
	if (behind.len > 0) {
		md_found(c, SPF_TERMS_AFTER_ALL, md_domain(c), "behind %s:%s",
		         md_show(md_mem(c), record->all->text), md_buf_str(&behind));
		md_spf_wish_edited(c, exam, MD_SPF_ALL_LAST);
	}
	if (record->all != NULL && record->redirect != NULL) {
		md_found(c, SPF_REDIRECT_IGNORED, md_domain(c), "%s beside %s",
		         md_show(md_mem(c), record->redirect->text),
		         md_show(md_mem(c), record->all->text));
		if (names_only_redirect(record))
			md_spf_wish_edited(c, exam, MD_SPF_NO_ALL);
	}
}

static bool
is_enforced(struct md_ctx *c)
{
	const struct md_dmarc_discovery *dmarc = md_dmarc_discover_aside(c, md_domain(c));

	return dmarc->known &&
	       (dmarc->policy == MD_DMARC_QUARANTINE || dmarc->policy == MD_DMARC_REJECT);
}

/* The record has an all, its own or that of the record it redirects to. */
static void
judge_all(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;
	const struct md_spf_node *last = tree->last;
	const char qualifier = last->record->all->qualifier;
	const char *seen = md_show(md_mem(c), last->record->text);
	const bool permits = tree->on_internet || tree->by_sender > 0;

	if (qualifier == '?') {
		md_found(c, SPF_NEUTRAL_ALL, last->domain, "%s", seen);
	} else if (qualifier == '~' && is_enforced(c)) {
		md_found(c, SPF_SOFTFAIL_WITH_DMARC, last->domain,
		         "~all, and DMARC is enforced");
	} else if (qualifier == '-' && permits) {
		md_found(c, SPF_HARDFAIL_EARLY_REJECT, last->domain, "%s", seen);
	}
}

/* RFC 7208 4.7: without all and redirect the result is neutral. */
static void
judge_open_end(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_node *last = exam->tree->last;
	const char *seen = md_show(md_mem(c), last->record->text);

	if (last == exam->tree->root) {
		md_found(c, SPF_NO_TERMINAL, last->domain, "%s", seen);
		md_spf_wish_edited(c, exam, MD_SPF_WITH_ALL);
	} else {
		md_found(c, SPF_NO_TERMINAL, last->domain, "%s: %s",
		         md_spf_node_path(md_mem(c), last), seen);
	}
}

/* RFC 7208 10.1.2: a domain that neither receives nor sends says so in full. */
static bool
judge_nonsending(struct md_ctx *c, const struct md_spf *record)
{
	const struct md_receives *receives = md_receives(c, md_domain(c));

	if (md_spf_stance(md_mem(c), record->text) != MD_STANCE_OPEN || !receives->known ||
	    receives->can || md_subject(c)->nips > 0 || md_subject(c)->mail_from.given)
		return false;
	md_found(c, SPF_NONSENDING_NOT_STRICT, md_domain(c), "%s; it cannot receive mail: %s",
	         md_show(md_mem(c), record->text), receives->why);
	/* no record to publish: that it sends nothing only its owner knows */
	return true;
}

void
md_spf_judge_policy(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_node *last = exam->tree->last;

	judge_behind_all(c, exam);
	if (exam->published->record->nfaults > 0 || last->state != MD_SPF_NODE_SOUND ||
	    judge_nonsending(c, exam->published->record))
		return; /* a permerror has no policy */
	if (last->record->all != NULL)
		judge_all(c, exam);
	else if (last->record->redirect == NULL)
		judge_open_end(c, exam);
}
