/* SPF: which addresses may send for the domain, and can a receiver find out? */
#include "base/name.h"
#include "rules.h"
#include "spf/view.h"

static void
judge_record(struct md_ctx *c, const struct md_spf_exam *exam)
{
	md_spf_judge_text(c, exam);
	md_spf_judge_policy(c, exam);
	md_spf_judge_ranges(c, exam);
	md_spf_judge_cost(c, exam);
	md_spf_judge_includes(c, exam);
	md_spf_note_tree(c, exam->tree);
	md_spf_note_cost(c, exam->tree);
}

static void
judge_domain(struct md_ctx *c)
{
	const struct md_spf_published *published = md_spf_published(c, md_domain(c));
	struct md_spf_exam exam = { .published = published };

	if (published->n == 1) {
		exam.tree = md_spf_tree(c, md_domain(c));
		exam.cure = md_spf_cure(md_mem(c), exam.tree);
		judge_record(c, &exam);
	} else if (md_known_or(c, &published->txt->fact, SPF_TREE_TEMPERROR)) {
		if (published->n == 0)
			md_spf_judge_absence(c, published->txt);
		else
			md_spf_judge_several(c, published->txt);
	}
	md_spf_tell_main(c, published, exam.tree);
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
