/* Profiles of providers as JSON. */
#include "profile/json.h"

#include "base/arena.h"
#include "profile/file.h"
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
	md_json_text(j, "id", r->id);
	md_json_bool(j, "bulk", r->bulk);
	md_json_clean(j, "state", state_name(r->state));
	md_json_text(j, "why", r->why);
	if (!j->brief) {
		md_json_text(j, "requirement", r->text);
		md_json_bool(j, "advised", r->advised);
		md_json_clean(j, "effect", effect_name(r->effect));
		md_json_text(j, "reply", r->reply);
		md_json_text(j, "source", r->source);
	}
	md_json_close(j, '}');
}

/*
 * What is met, what is only advised, and what no message can tell, makes no difference; nor
 * what is not known where nothing is said to follow from it.
 */
static bool
is_told(const struct md_json *j, const struct md_requirement *r)
{
	if (!j->brief)
		return true;
	if (r->advised || r->untold || r->state == MD_MET)
		return false;
	return r->state == MD_NOT_MET || r->effect != MD_EFFECT_NOT_SAID;
}

static void
put_profile(struct md_json *j, const struct md_profile *p)
{
	md_json_open(j, NULL, '{');
	md_json_text(j, "provider", p->id);
	if (!j->brief) {
		md_json_text(j, "name", p->name);
		md_json_text(j, "threshold", p->threshold);
	}
	md_json_clean(j, "everyone", state_name(p->everyone));
	md_json_clean(j, "bulk", state_name(p->bulk));
	md_json_text(j, "outlook", p->outlook);
	md_json_open(j, "requirements", '[');
	for (size_t i = 0; i < p->n; i++)
		if (is_told(j, &p->all[i]))
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

/* ---- all that is asked for, of no message ---- */

static void
put_listed(struct md_json *j, const struct md_profile_line *line, struct md_arena *mem)
{
#define TEXT(view) md_strndup(mem, (view).p, (view).len)
	md_json_open(j, NULL, '{');
	md_json_text(j, "id", TEXT(line->word));
	md_json_bool(j, "bulk", line->bulk);
	md_json_bool(j, "advised", line->advised);
	md_json_clean(j, "effect", effect_name(line->effect));
	md_json_text(j, "requirement", TEXT(line->text));
	md_json_text(j, "reply", TEXT(line->reply));
	md_json_text(j, "source", TEXT(line->source));
	md_json_text(j, "date", TEXT(line->date));
	md_json_bool(j, "verified", line->verified);
	md_json_close(j, '}');
}

void
md_profiles_list_json(struct md_json *j, struct md_str text)
{
	struct md_arena *mem = j->text.mem;
	struct md_tsv file = { .rest = text };
	struct md_profile_line line;
	const char *fault;
	bool open = false;

	md_json_open(j, "profiles", '[');
	while (md_profile_line_next(&file, &line, &fault)) {
		if (fault == NULL && !line.introduces && open)
			put_listed(j, &line, mem);
		if (fault != NULL || !line.introduces)
			continue;
		if (open) {
			md_json_close(j, ']');
			md_json_close(j, '}');
		}
		open = true;
		md_json_open(j, NULL, '{');
		md_json_text(j, "provider", TEXT(line.provider));
		md_json_text(j, "name", TEXT(line.name));
		md_json_text(j, "threshold", TEXT(line.threshold));
		md_json_open(j, "requirements", '[');
	}
	if (open) {
		md_json_close(j, ']');
		md_json_close(j, '}');
	}
	md_json_close(j, ']');
}
#undef TEXT
