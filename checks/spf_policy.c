/* How the SPF record ends: what becomes of senders whom nothing before matches. */
#include <string.h>

#include "dmarc/dmarc.h"
#include "domain/receives.h"
#include "domain/role.h"
#include "spf.h"

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
		md_spf_publish_cure(c, exam);
	}
	if (record->all != NULL && record->redirect != NULL) {
		md_found(c, SPF_REDIRECT_IGNORED, md_domain(c), "%s beside %s",
		         md_show(md_mem(c), record->redirect->text),
		         md_show(md_mem(c), record->all->text));
		md_spf_publish_cure(c, exam);
	}
}

static bool
is_enforced(struct md_ctx *c)
{
	const struct md_dmarc_discovery *dmarc = md_dmarc_discover_aside(c, md_domain(c));

	return dmarc->known &&
	       (dmarc->policy == MD_DMARC_QUARANTINE || dmarc->policy == MD_DMARC_REJECT);
}

/* The cure with ~all where it has -all, which always stands at its end. */
static void
publish_softer(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf *record = exam->published->record;
	const char *text = exam->cure != NULL ? exam->cure : md_show(md_mem(c), record->text);
	const size_t len = strlen(text), all = strlen("-all");

	if (len > all && md_eq_nocase(text + len - all, "-all"))
		md_spf_publish(c, md_printf(md_mem(c), "%.*s~all", (int)(len - all), text));
}

/* The record has an all, its own or that of the record it redirects to. */
static void
judge_all(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;
	const struct md_spf_node *last = tree->last;
	const char qualifier = last->record->all->qualifier;
	const char *seen = md_show(md_mem(c), last->record->text);
	const bool permits = tree->ipv4 > 0 || tree->ipv6 > 0 || tree->by_sender > 0;

	if (qualifier == '?') {
		md_found(c, SPF_NEUTRAL_ALL, last->domain, "%s", seen);
		if (last == tree->root)
			md_spf_publish_cure(c, exam);
	} else if (qualifier == '~' && is_enforced(c)) {
		md_found(c, SPF_SOFTFAIL_WITH_DMARC, last->domain,
		         "~all, and DMARC is enforced");
	} else if (qualifier == '-' && permits) {
		md_found(c, SPF_HARDFAIL_EARLY_REJECT, last->domain, "%s", seen);
		if (last == tree->root && is_enforced(c))
			publish_softer(c, exam);
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
		md_spf_publish_cure(c, exam);
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
	md_spf_publish(c, "v=spf1 -all");
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
