/* Spam filters: what does the one that the user named make of the message? */
#include "spam/spam.h"
#include "ask/check.h"

enum { SCORE };

static const struct md_rule rules[] = {
	[SCORE] = {
		.id = "msg.spam-score",
		.severity = MD_WARN,
		.title = "A spam filter takes it for spam",
		.fix = "Mend what the heaviest rules are about, as far as they are right.",
		.reference = "documentation of SpamAssassin and rspamd",
	},
};

enum { HEAVIEST = 3 };

/* "DRUGS_ERECTILE 1.8, NORMAL_HTTP_TO_IP 0.2" */
static const char *
heaviest(struct md_arena *mem, const struct md_spam *spam)
{
	struct md_buf all = { .mem = mem };

	for (size_t i = 0; i < spam->n && i < HEAVIEST && spam->rules[i].points > 0; i++)
		md_buf_item(&all, ", ", "%s %.4g", spam->rules[i].name, spam->rules[i].points);
	return md_buf_str(&all);
}

static void
judge(struct md_ctx *c, const struct md_spam *spam)
{
	const char *most = heaviest(md_mem(c), spam);
	const char *points =
	        md_printf(md_mem(c), "%.4g points, %.4g make spam%s%s", spam->score,
	                  spam->threshold, most[0] != '\0' ? "; most by " : "", most);

	if (spam->score >= spam->threshold)
		md_found(c, SCORE, spam->engine, "%s", points);
	else
		md_note(c, spam->engine, "%s", points);
}

static void
run(struct md_ctx *c)
{
	const struct md_spams *spams = md_spams(c);

	if (md_waiting(c))
		return;
	for (size_t i = 0; i < spams->n; i++)
		if (spams->all[i].known)
			judge(c, &spams->all[i]);
	md_show_part(c, &md_part_spams, spams);
}

const struct md_check md_check_spam = {
	.name = "spam",
	.title = "Spam filter",
	.question = "Does a spam filter take the message for spam?",
	.needs = MD_NEED_FILTER,
	.way = MD_OUTWARD,
	MD_RULES(rules),
	.run = run,
};
