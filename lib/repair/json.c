/* The signatures of a message as JSON, with what broke them. */
#include "repair/json.h"

#include "base/arena.h"
#include "dkim/json.h"
#include "json/tree.h"

static json_t *
change(struct md_arena *mem, const struct md_dkim_change *c)
{
	json_t *o = json_object();

	md_json_put(o, "part", json_string(c->body ? "body" : "header"));
	if (c->name[0] != '\0')
		md_json_put_text(mem, o, "field", c->name);
	if (c->line > 0)
		md_json_put_count(o, "line", c->line);
	md_json_put_text(mem, o, "what", c->what);
	md_json_put_text(mem, o, "before", c->before);
	md_json_put_text(mem, o, "after", c->after);
	return o;
}

static json_t *
diagnosis(struct md_arena *mem, const struct md_dkim_verdict *v,
          const struct md_dkim_diagnosis *d)
{
	static const char *const recoveries[] = {
		[MD_RECOVERY_NOT_TRIED] = "not-tried",
		[MD_RECOVERY_RIGHT_KEY] = "right-key",
		[MD_RECOVERY_WRONG_KEY] = "wrong-key",
	};
	json_t *o = json_object(), *changes = json_array();

	for (size_t i = 0; d != NULL && i < d->n; i++)
		json_array_append_new(changes, change(mem, &d->changes[i]));
	md_json_put_bool(o, "found", d != NULL && d->n > 0);
	md_json_put(o, "recovery", json_string(recoveries[v->recovery]));
	if (d != NULL)
		md_json_put_count(o, "tried", d->tried);
	md_json_put(o, "changes", changes);
	return o;
}

json_t *
md_signatures_json(struct md_arena *mem, const struct md_signatures *shown)
{
	json_t *array = json_array();

	for (size_t i = 0; i < shown->verdicts->n; i++) {
		const struct md_dkim_verdict *v = &shown->verdicts->all[i];
		json_t *o = md_dkim_signature_json(mem, v);

		if (v->result != MD_DKIM_PASS)
			md_json_put(o, "diagnosis",
			            diagnosis(mem, v, &shown->diagnoses->all[i]));
		md_json_put(o, "second_opinion", md_dkim_opinion_json(mem, shown->opinions, i));
		json_array_append_new(array, o);
	}
	return array;
}
