/* Profiles of providers as JSON. */
#include "profile/json.h"

#include "json/tree.h"

static const char *
state_name(enum md_requirement_state state)
{
	static const char *const names[] = {
		[MD_MET] = "met", [MD_NOT_MET] = "not-met", [MD_NOT_KNOWN] = "unknown"
	};

	return names[state];
}

static const char *
effect_name(enum md_effect effect)
{
	static const char *const names[] = { [MD_EFFECT_NOT_SAID] = "",
		                             [MD_EFFECT_JUNK] = "junk",
		                             [MD_EFFECT_REFUSE] = "refuse" };

	return names[effect];
}

static json_t *
requirement(struct md_arena *mem, const struct md_requirement *r)
{
	json_t *o = json_object();

	md_json_put_text(mem, o, "requirement", r->text);
	md_json_put_bool(o, "bulk", r->bulk);
	md_json_put_bool(o, "advised", r->advised);
	md_json_put(o, "effect", json_string(effect_name(r->effect)));
	md_json_put(o, "state", json_string(state_name(r->state)));
	md_json_put_text(mem, o, "why", r->why);
	md_json_put_text(mem, o, "reply", r->reply);
	md_json_put_text(mem, o, "source", r->source);
	return o;
}

json_t *
md_profiles_json(struct md_arena *mem, const struct md_profiles *profiles)
{
	json_t *array = json_array();

	for (size_t i = 0; i < profiles->n; i++) {
		const struct md_profile *p = &profiles->all[i];
		json_t *o = json_object(), *requirements = json_array();

		for (size_t j = 0; j < p->n; j++)
			json_array_append_new(requirements, requirement(mem, &p->all[j]));
		md_json_put_text(mem, o, "provider", p->id);
		md_json_put_text(mem, o, "name", p->name);
		md_json_put_text(mem, o, "threshold", p->threshold);
		md_json_put(o, "everyone", json_string(state_name(p->everyone)));
		md_json_put(o, "bulk", json_string(state_name(p->bulk)));
		md_json_put_text(mem, o, "outlook", p->outlook);
		md_json_put(o, "requirements", requirements);
		json_array_append_new(array, o);
	}
	return array;
}
