/* What spam filters say as a part of a report; of its text the findings tell enough. */
#include "report/part.h"
#include "base/arena.h"
#include "spam/spam.h"
#include "json/tree.h"

static json_t *
spam_rules(struct md_arena *mem, const struct md_spam *spam)
{
	json_t *array = json_array();

	for (size_t i = 0; i < spam->n; i++) {
		json_t *o = json_object();

		md_json_put_text(mem, o, "name", spam->rules[i].name);
		md_json_put(o, "points", json_real(spam->rules[i].points));
		md_json_put_text(mem, o, "text", spam->rules[i].text);
		json_array_append_new(array, o);
	}
	return array;
}

static json_t *
spams_json(struct md_arena *mem, const struct md_spams *spams)
{
	json_t *array = json_array();

	for (size_t i = 0; i < spams->n; i++) {
		const struct md_spam *spam = &spams->all[i];
		json_t *o = json_object();

		md_json_put_text(mem, o, "engine", spam->engine);
		md_json_put_text(mem, o, "server", spam->server);
		md_json_put_bool(o, "known", spam->known);
		if (spam->known) {
			md_json_put(o, "score", json_real(spam->score));
			md_json_put(o, "threshold", json_real(spam->threshold));
			md_json_put_text(mem, o, "action", spam->action);
			md_json_put(o, "rules", spam_rules(mem, spam));
		}
		json_array_append_new(array, o);
	}
	return array;
}

static void
put_json(struct md_arena *mem, json_t *members, const struct md_report *report,
         const void *part)
{
	(void)report;
	md_json_put(members, "spam", spams_json(mem, part));
}

const struct md_report_part md_part_spams = { .name = "spam", .json = put_json };
