/* The signatures of a message as JSON, with what broke them. */
#include "repair/signatures_json.h"

#include "base/arena.h"
#include "dkim/json.h"
#include "json/write.h"

static void
put_change(struct md_json *j, const struct md_dkim_change *c)
{
	md_json_open(j, NULL, '{');
	md_json_clean(j, "part", c->body ? "body" : "header");
	if (c->name[0] != '\0')
		md_json_text(j, "field", c->name);
	if (c->line > 0)
		md_json_count(j, "line", c->line);
	md_json_text(j, "what", c->what);
	md_json_text(j, "before", c->before);
	md_json_text(j, "after", c->after);
	md_json_close(j, '}');
}

static void
put_diagnosis(struct md_json *j, const struct md_dkim_verdict *v,
              const struct md_dkim_diagnosis *d)
{
	static const char *const recoveries[] = {
		[MD_RECOVERY_NOT_TRIED] = "not-tried",
		[MD_RECOVERY_RIGHT_KEY] = "right-key",
		[MD_RECOVERY_WRONG_KEY] = "wrong-key",
	};

	md_json_open(j, "diagnosis", '{');
	md_json_bool(j, "found", d != NULL && d->n > 0);
	md_json_clean(j, "recovery", recoveries[v->recovery]);
	if (d != NULL)
		md_json_count(j, "tried", d->tried);
	if (d != NULL && d->unfinished)
		md_json_bool(j, "unfinished", true);
	md_json_open(j, "changes", '[');
	for (size_t i = 0; d != NULL && i < d->n; i++)
		put_change(j, &d->changes[i]);
	md_json_close(j, ']');
	md_json_close(j, '}');
}

void
md_signatures_json(struct md_json *j, const struct md_signatures *shown)
{
	md_json_open(j, "dkim", '[');
	for (size_t i = 0; i < shown->verdicts->n; i++) {
		const struct md_dkim_verdict *v = &shown->verdicts->all[i];

		md_json_open(j, NULL, '{');
		md_dkim_signature_json(j, v);
		if (v->result != MD_DKIM_PASS)
			put_diagnosis(j, v, &shown->diagnoses->all[i]);
		md_dkim_opinion_json(j, shown->opinions, i);
		md_json_close(j, '}');
	}
	md_json_close(j, ']');
}
