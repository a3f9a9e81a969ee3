/* What `maildiag spf` shows besides findings: evaluations with their traces, and the tree. */
#include "spf/view.h"

#include <limits.h>
#include <string.h>

/* A process each: enough to compare, not so many as to wait for. */
enum { MOST_OPINIONS = 20 };

static const struct md_spf_opinion *
second_opinion(struct md_ctx *c, const struct md_spf_asked *asked)
{
	const struct md_spf_limits usual = { 10, 2, 10, 10 }; /* RFC 7208 4.6.4 */
	const struct md_spf_limits *limits = &md_subject(c)->spf_limits;
	struct md_spf_query query = md_spf_sender_query(c, asked->ip);
	const struct md_spf_opinion *opinion;

	if (memcmp(limits, &usual, sizeof(usual)) != 0)
		return NULL;
	/* A record that is not published yet is the domain's own, not another sender's. */
	if (strcmp(asked->verdict->domain, md_domain(c)) == 0)
		query.record = md_subject(c)->spf_record;
	opinion = md_spf_opinion(c, &query, asked->verdict);
	if (!opinion->fact->fact.by_choice)
		md_known(c, &opinion->fact->fact);
	return opinion;
}

static const struct md_spf_verdict *
without_void_limit(struct md_ctx *c, const struct md_spf_asked *asked)
{
	struct md_spf_query query = md_spf_sender_query(c, asked->ip);

	if (!asked->verdict->void_limit)
		return NULL;
	query.limits.voids = UINT_MAX;
	return md_spf_check_host(c, &query);
}

const struct md_spf_view *
md_spf_view(struct md_ctx *c)
{
	const struct md_subject *subject = md_subject(c);
	struct md_spf_view *view = md_alloc(md_mem(c), sizeof(*view));
	struct md_spf_asked *asked = md_alloc(md_mem(c), subject->nips * sizeof(*asked));

	view->limits = subject->spf_limits;
	if (md_spf_is_mail_domain(md_domain(c)))
		view->published = md_spf_published(c, md_domain(c));
	if (view->published != NULL && view->published->n == 1) {
		view->tree = md_spf_tree(c, md_domain(c));
		view->flat = md_spf_flatten(md_mem(c), view->tree);
	}
	for (size_t i = 0; i < subject->nips; i++) {
		asked[i].ip = subject->ips[i];
		asked[i].verdict = md_spf_sender(c, subject->ips[i]);
		asked[i].lax = without_void_limit(c, &asked[i]);
		if (i < MOST_OPINIONS)
			asked[i].opinion = second_opinion(c, &asked[i]);
	}
	view->asked = asked;
	view->n = subject->nips;
	return view;
}

static const char *
laxer_reading(struct md_arena *mem, const struct md_spf_verdict *lax,
              const struct md_spf_limits *limits)
{
	if (lax == NULL || lax->result == MD_SPF_RESULT_PERMERROR ||
	    lax->result == MD_SPF_RESULT_TEMPERROR)
		return "";
	return md_printf(
	        mem,
	        "the limit of %u void lookups is advice (SHOULD), and verifiers that have "
	        "none conclude %s",
	        limits->voids, md_spf_result_name(lax->result));
}

const char *
md_spf_other_reading(struct md_arena *mem, const struct md_spf_asked *asked,
                     const struct md_spf_limits *limits)
{
	const struct md_spf_verdict *v = asked->verdict;

	if (v->result == MD_SPF_RESULT_PERMERROR || v->result == MD_SPF_RESULT_TEMPERROR)
		return laxer_reading(mem, asked->lax, limits);
	if (v->void_queries > limits->voids)
		return md_printf(
		        mem,
		        "verifiers that count void lookups by query, not by term, count "
		        "%u where %u are allowed, and conclude permerror",
		        v->void_queries, limits->voids);
	if (v->void_queries + v->name_voids > limits->voids)
		return md_printf(
		        mem,
		        "verifiers that count void lookups of the client's own names, too, "
		        "count %u where %u are allowed, and conclude permerror",
		        v->void_queries + v->name_voids, limits->voids);
	if (v->many_mx)
		return md_printf(mem,
		                 "verifiers that refuse an mx of more than %u hosts at once, "
		                 "whether or not an earlier host matches, conclude permerror",
		                 limits->mx_names);
	return "";
}
