/* What spam filters say as a part of a report; of its text the findings tell enough. */
#include "report/part.h"
#include "base/arena.h"
#include "spam/spam.h"
#include "json/write.h"

static void
put_spam_rules(struct md_json *j, const struct md_spam *spam)
{
	md_json_open(j, "rules", '[');
	for (size_t i = 0; i < spam->n; i++) {
		md_json_open(j, NULL, '{');
		md_json_text(j, "name", spam->rules[i].name);
		md_json_real(j, "points", spam->rules[i].points);
		md_json_text(j, "text", spam->rules[i].text);
		md_json_close(j, '}');
	}
	md_json_close(j, ']');
}

static void
put_spams(struct md_json *j, const struct md_spams *spams)
{
	md_json_open(j, "spam", '[');
	for (size_t i = 0; i < spams->n; i++) {
		const struct md_spam *spam = &spams->all[i];

		md_json_open(j, NULL, '{');
		md_json_text(j, "engine", spam->engine);
		md_json_text(j, "server", spam->server);
		md_json_bool(j, "known", spam->known);
		if (spam->known) {
			md_json_real(j, "score", spam->score);
			md_json_real(j, "threshold", spam->threshold);
			md_json_text(j, "action", spam->action);
			put_spam_rules(j, spam);
		}
		md_json_close(j, '}');
	}
	md_json_close(j, ']');
}

static void
put_json(struct md_json *j, const struct md_report *report, const void *part)
{
	(void)report;
	put_spams(j, part);
}

const struct md_report_part md_part_spams = { .name = "spam", .json = put_json };
