/* SPF: which addresses may send for the domain, and can a receiver find out? */
#include "rules.h"
#include "spf/view.h"

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

/* The tree is NULL where there is not exactly one record. */
static void
tell_main(struct md_ctx *c, const struct md_spf_published *published,
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

static void
judge_record(struct md_ctx *c, const struct md_spf_exam *exam)
{
	md_spf_judge_text(c, exam);
	md_spf_judge_policy(c, exam);
	md_spf_judge_ranges(c, exam);
	md_spf_judge_foreign(c, exam);
	md_spf_judge_second(c, exam);
	md_spf_judge_cost(c, exam);
	/* A term is told once: with the worst that follows from it. */
	if (!md_spf_judge_takeover(c, exam) && !md_spf_judge_nobody(c, exam))
		md_spf_judge_dead_terms(c, exam);
	md_spf_judge_provider(c, exam);
	md_spf_judge_includes(c, exam);
	md_spf_note_tree(c, exam->tree);
	md_spf_note_cost(c, exam->tree);
}

static void
judge_domain(struct md_ctx *c)
{
	const struct md_spf_published *published = md_spf_published(c, md_domain(c));
	struct md_spf_exam exam = { .published = published };

	md_at_txt(c, published->txt, "v=spf1");
	if (published->n == 1) {
		exam.tree = md_spf_tree(c, md_domain(c));
		judge_record(c, &exam);
	} else if (md_known_or(c, &published->txt->fact, SPF_TREE_TEMPERROR)) {
		if (published->n == 0)
			md_spf_judge_absence(c, published->txt);
		else
			md_spf_judge_several(c, published->txt);
	}
	tell_main(c, published, exam.tree);
	md_at_txt(c, published->txt, "v=spf1");
	md_spf_judge_obsolete(c, published->txt);
	md_spf_judge_senders(c, exam.tree != NULL ? &exam : NULL);
}

static void
judge(struct md_ctx *c)
{
	if (md_spf_is_mail_domain(md_domain(c))) {
		judge_domain(c);
		return;
	}
	if (md_subject(c)->nips == 0)
		md_gap(c, MD_BLIND, MD_NO_RULE, md_printf(md_mem(c), "SPF of %s", md_domain(c)),
		       "not the name of a domain on the Internet (RFC 7208 section 4.3)");
	md_spf_judge_senders(c, NULL);
}

static void
run(struct md_ctx *c)
{
	judge(c);
	md_spf_tell_results(c);
}

static void
run_and_show(struct md_ctx *c)
{
	judge(c);
	md_show_part(c, &md_part_spf, md_spf_view(c));
}

const struct md_check md_check_spf = {
	.name = "spf",
	.title = "SPF",
	.question = "May the machines that send for the domain do so?",
	.way = MD_OUTWARD,
	MD_RULES(md_spf_rules),
	.run = run,
};

/* The same for `maildiag spf`: not in the registry. */
const struct md_check md_check_spf_shown = {
	.name = "spf",
	.title = "SPF",
	.question = "May the machines that send for the domain do so?",
	.way = MD_OUTWARD,
	MD_RULES(md_spf_rules),
	.run = run_and_show,
};
