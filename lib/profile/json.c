/* Profiles of providers as JSON. */
#include "profile/json.h"

#include "json/write.h"

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

static void
put_requirement(struct md_json *j, const struct md_requirement *r)
{
	md_json_open(j, NULL, '{');
	md_json_text(j, "requirement", r->text);
	md_json_bool(j, "bulk", r->bulk);
	md_json_bool(j, "advised", r->advised);
	md_json_clean(j, "effect", effect_name(r->effect));
	md_json_clean(j, "state", state_name(r->state));
	md_json_text(j, "why", r->why);
	md_json_text(j, "reply", r->reply);
	md_json_text(j, "source", r->source);
	md_json_close(j, '}');
}

static void
put_profile(struct md_json *j, const struct md_profile *p)
{
	md_json_open(j, NULL, '{');
	md_json_text(j, "provider", p->id);
	md_json_text(j, "name", p->name);
	md_json_text(j, "threshold", p->threshold);
	md_json_clean(j, "everyone", state_name(p->everyone));
	md_json_clean(j, "bulk", state_name(p->bulk));
	md_json_text(j, "outlook", p->outlook);
	md_json_open(j, "requirements", '[');
	for (size_t i = 0; i < p->n; i++)
		put_requirement(j, &p->all[i]);
	md_json_close(j, ']');
	md_json_close(j, '}');
}

void
md_profiles_json(struct md_json *j, const struct md_profiles *profiles)
{
	md_json_open(j, "profiles", '[');
	for (size_t i = 0; i < profiles->n; i++)
		put_profile(j, &profiles->all[i]);
	md_json_close(j, ']');
}
