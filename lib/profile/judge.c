/* Each requirement's answer, and the provider's outlook in words. */
#include "profile/judge.h"

#include <string.h>

static bool
is_wanted(const struct md_subject *s, struct md_str id)
{
	if (s->profiles == NULL)
		return true;
	for (const char *const *p = s->profiles; *p != NULL; p++)
		if (md_str_eq(id, *p))
			return true;
	return false;
}

static const char *
text_of(struct md_ctx *c, struct md_str s)
{
	return md_strndup(md_mem(c), s.p, s.len);
}

/* Providers ask for the same things: each is looked at once. */
struct asked {
	const struct md_profile_key *key;
	struct md_str argument;
	struct md_answer answer;
};

struct judging {
	struct md_ctx *c;
	const struct md_profile_facts *facts;
	size_t n;
	struct asked *asked;
};

static struct md_answer
ask(struct judging *j, const struct md_profile_key *key, struct md_str argument)
{
	struct asked now = { .key = key, .argument = argument };

	for (size_t i = 0; i < j->n; i++)
		if (j->asked[i].key == key && j->asked[i].argument.len == argument.len &&
		    memcmp(j->asked[i].argument.p, argument.p, argument.len) == 0)
			return j->asked[i].answer;
	now.answer = key->fn(j->c, j->facts, argument);
	MD_PUSH(md_mem(j->c), j->asked, j->n, now);
	return now.answer;
}

static struct md_requirement
hold(struct judging *j, const struct md_profile_line *line)
{
	struct md_answer answer = { MD_NOT_KNOWN, line->key->untold };
	struct md_ctx *c = j->c;

	if (line->bulk && j->facts->envelope->bounce)
		answer = (struct md_answer){ MD_MET, "a bounce is no bulk mail" };
	else if (line->key->fn != NULL)
		answer = ask(j, line->key, line->argument);
	return (struct md_requirement){
		.id = text_of(c, line->word),
		.text = text_of(c, line->text),
		.bulk = line->bulk,
		.advised = line->advised,
		.effect = line->effect,
		.authenticates = line->key->authenticates,
		.untold = line->key->fn == NULL,
		.state = answer.state,
		.why = answer.why,
		.reply = text_of(c, line->reply),
		.source = md_printf(md_mem(c), "%.*s, %.*s%s", MD_FMT(line->source),
		                    MD_FMT(line->date), line->verified ? "" : " (unverified)"),
	};
}

/* Not met is worse than not known, and that than met. */
static enum md_requirement_state
worst(const struct md_profile *p, bool bulk, enum md_effect from)
{
	enum md_requirement_state state = MD_MET;

	for (size_t i = 0; i < p->n; i++) {
		const struct md_requirement *r = &p->all[i];

		if (r->bulk != bulk || r->advised || r->untold || r->effect < from ||
		    r->state == MD_MET)
			continue;
		if (r->state == MD_NOT_MET)
			return MD_NOT_MET;
		state = MD_NOT_KNOWN;
	}
	return state;
}

/* The first requirement of this kind, state and effect; NULL for none. */
static const struct md_requirement *
find(const struct md_profile *p, bool bulk, enum md_requirement_state state,
     enum md_effect effect)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct md_requirement *r = &p->all[i];

		if (r->bulk == bulk && !r->advised && !r->untold && r->state == state &&
		    r->effect == effect)
			return r;
	}
	return NULL;
}

/* "550-5.7.26 (no DKIM signature)" */
static const char *
cause(struct md_ctx *c, const struct md_requirement *r)
{
	return r->reply[0] != '\0' ? md_printf(md_mem(c), "%s (%s)", r->reply, r->why) : r->why;
}

/* What the provider does to senders of this kind, a verb and why; "" when it takes the mail. */
static const char *
verdict(struct md_ctx *c, const struct md_profile *p, bool bulk)
{
	const struct md_requirement *r;

	if ((r = find(p, bulk, MD_NOT_MET, MD_EFFECT_REFUSE)) != NULL)
		return md_printf(md_mem(c), "refuse: %s", cause(c, r));
	if ((r = find(p, bulk, MD_NOT_MET, MD_EFFECT_JUNK)) != NULL)
		return md_printf(md_mem(c), "put it into junk: %s", cause(c, r));
	return "";
}

/* What the provider asks for without saying what follows when it is not met; "" for nothing. */
static const char *
reservation(struct md_ctx *c, const struct md_profile *p, bool bulk)
{
	const struct md_requirement *r = find(p, bulk, MD_NOT_MET, MD_EFFECT_NOT_SAID);

	return r != NULL ? md_printf(md_mem(c), "%s; here %s", r->text, r->why) : "";
}

static const struct md_requirement *
find_unknown(const struct md_profile *p, bool bulk)
{
	const struct md_requirement *r = find(p, bulk, MD_NOT_KNOWN, MD_EFFECT_REFUSE);

	return r != NULL ? r : find(p, bulk, MD_NOT_KNOWN, MD_EFFECT_JUNK);
}

/* What there is to say of bulk senders, after a comma; "" for nothing. */
static const char *
bulk_outlook(struct md_ctx *c, const struct md_profile *p)
{
	const char *does = verdict(c, p, true), *asks = reservation(c, p, true);
	const struct md_requirement *unknown = find_unknown(p, true);

	if (does[0] != '\0')
		return md_printf(md_mem(c), ", but above %s %s", p->threshold, does);
	if (asks[0] != '\0')
		return md_printf(md_mem(c), ", but above %s asks for more (%s)", p->threshold,
		                 asks);
	if (unknown != NULL)
		return md_printf(md_mem(c), "; above %s it cannot be told: %s", p->threshold,
		                 unknown->why);
	return "";
}

static const char *
outlook(struct md_ctx *c, const struct md_profile *p)
{
	const char *does = verdict(c, p, false), *asks = reservation(c, p, false);
	const struct md_requirement *unknown = find_unknown(p, false);

	if (does[0] != '\0')
		return md_printf(md_mem(c), "would %s", does);
	if (unknown != NULL)
		return md_printf(md_mem(c), "cannot be told: %s", unknown->why);
	if (asks[0] != '\0')
		asks = md_printf(md_mem(c), ", though it asks for more (%s)", asks);
	return md_printf(md_mem(c), "would accept%s%s", asks, bulk_outlook(c, p));
}

static struct md_profile
introduced(struct md_ctx *c, const struct md_profile_line *line)
{
	return (struct md_profile){
		.id = text_of(c, line->provider),
		.name = text_of(c, line->name),
		.threshold = text_of(c, line->threshold),
	};
}

static void
conclude(struct md_ctx *c, struct md_profile *p)
{
	p->everyone = worst(p, false, MD_EFFECT_JUNK);
	p->bulk = worst(p, true, MD_EFFECT_NOT_SAID);
	if (p->everyone == MD_NOT_MET)
		p->does = find(p, false, MD_NOT_MET, MD_EFFECT_REFUSE) != NULL
		                  ? MD_EFFECT_REFUSE
		                  : MD_EFFECT_JUNK;
	p->outlook = outlook(c, p);
}

/* Faulty lines of a user's own file were refused when it was read (md_profiles_fault). */
const struct md_profiles *
md_profiles_judge(struct md_ctx *c, const struct md_profile_facts *f,
                  const struct md_profile_lines *lines)
{
	struct md_profiles *found = md_alloc(md_mem(c), sizeof(*found));
	struct md_profile *all = NULL;
	struct judging j = { .c = c, .facts = f };
	struct md_requirement *list = NULL;

	found->bulk_sign = md_profile_bulk_sign(f->message);
	for (size_t i = 0; i < lines->n; i++) {
		const struct md_profile_line *line = &lines->all[i];
		struct md_profile *last = found->n > 0 ? &all[found->n - 1] : NULL;

		if (!is_wanted(md_subject(c), line->provider))
			continue;
		if (line->introduces) {
			MD_PUSH(md_mem(c), all, found->n, introduced(c, line));
			list = NULL;
		} else if (last != NULL && md_str_eq(line->provider, last->id)) {
			MD_PUSH(md_mem(c), list, last->n, hold(&j, line));
			last->all = list;
		}
	}
	for (size_t i = 0; i < found->n; i++)
		conclude(c, &all[i]);
	found->all = all;
	return found;
}
