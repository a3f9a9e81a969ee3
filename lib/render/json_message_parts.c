/* What is concluded of a message, and the way it came, as JSON. */
#include "base/arena.h"
#include "dmarc/message.h"
#include "envelope/envelope.h"
#include "profile/profile.h"
#include "render/json_message.h"
#include "spam/spam.h"
#include "json/tree.h"

/* ---- DMARC ---- */

static json_t *
identifier(struct md_arena *mem, const struct md_dmarc_identifier *id)
{
	static const char *const outcomes[] = { [MD_ALIGNED] = "aligned",
		                                [MD_NOT_ALIGNED] = "not-aligned",
		                                [MD_ALIGNMENT_UNKNOWN] = "unknown" };
	json_t *o = json_object();

	md_json_put(o, "method", json_string(id->dkim != NULL ? "dkim" : "spf"));
	md_json_put_text(mem, o, "domain", id->domain);
	if (id->dkim != NULL)
		md_json_put_text(mem, o, "selector", id->dkim->signature->selector);
	md_json_put_text(mem, o, "result", id->result);
	md_json_put(o, "alignment", json_string(outcomes[id->alignment.outcome]));
	md_json_put_bool(o, "identical", id->alignment.identical);
	md_json_put_bool(o, "aligned_by_public_suffix_list", id->alignment.by_list);
	return o;
}

static json_t *
policy(struct md_arena *mem, const struct md_dmarc_discovery *d)
{
	static const char *const origins[] = {
		[MD_DMARC_FROM_NOWHERE] = "none",
		[MD_DMARC_FROM_AUTHOR] = "author-domain",
		[MD_DMARC_FROM_ORGANISATIONAL] = "organisational-domain",
		[MD_DMARC_FROM_SUFFIX] = "public-suffix",
	};
	json_t *o;

	if (d == NULL || !d->known)
		return json_null();
	o = json_object();
	md_json_put(o, "origin", json_string(origins[d->origin]));
	if (d->place != NULL && d->place->record != NULL) {
		md_json_put_text(mem, o, "domain", d->place->name);
		md_json_put_octets(mem, o, "record", d->place->record->text);
		md_json_put_text(mem, o, "policy", md_dmarc_request_name(d->policy));
		md_json_put_text(mem, o, "tag", md_dmarc_tag_name(d->tag));
	}
	return o;
}

/* Of receivers that run libopendmarc; null where there is none (a gap says why). */
static json_t *
dmarc_opinion(struct md_arena *mem, const struct md_dmarc_opinion *opinion)
{
	json_t *o;

	if (opinion->fact->fact.state != MD_PRESENT)
		return json_null();
	o = json_object();
	md_json_put(o, "engine", json_string(opinion->fact->engine));
	md_json_put(o, "result", json_string(opinion->fact->result));
	md_json_put_bool(o, "differs", opinion->differs);
	md_json_put_text(mem, o, "text", opinion->text);
	return o;
}

json_t *
md_json_dmarc(struct md_arena *mem, const struct md_dmarc_message *d)
{
	json_t *o = json_object(), *identifiers = json_array(), *legacy = json_object();

	for (size_t i = 0; i < d->n; i++)
		json_array_append_new(identifiers, identifier(mem, &d->identifiers[i]));
	md_json_put(o, "result", json_string(md_dmarc_result_name(d->result)));
	md_json_put_text(mem, o, "reason", d->why);
	if (d->author != NULL)
		md_json_put_text(mem, o, "author_domain", d->author);
	md_json_put_bool(o, "by_spf", d->by_spf);
	md_json_put_bool(o, "by_dkim", d->by_dkim);
	md_json_put(o, "identifiers", identifiers);
	md_json_put(o, "policy", policy(mem, d->found));
	md_json_put_text(mem, o, "disposition", d->disposition);
	md_json_put(legacy, "result", json_string(md_dmarc_result_name(d->result_7489)));
	md_json_put(legacy, "policy", policy(mem, d->found_7489));
	md_json_put_text(mem, legacy, "disposition", d->disposition_7489);
	if (d->opinion != NULL)
		md_json_put(legacy, "second_opinion", dmarc_opinion(mem, d->opinion));
	md_json_put(o, "rfc7489", legacy);
	return o;
}

/* ---- the route ---- */

static json_t *
hop(struct md_arena *mem, const struct md_route *route, size_t i)
{
	const struct md_received *r = route->hops[i];
	json_t *o = json_object();
	const int64_t delay = md_hop_delay(route, i);

	md_json_put_count(o, "line", r->field->line);
	md_json_put_text(mem, o, "from", r->from);
	md_json_put_text(mem, o, "helo", r->helo);
	md_json_put_text(mem, o, "rdns", r->rdns);
	md_json_put(o, "ip", r->has_ip ? json_string(md_addr_print(mem, r->ip)) : json_null());
	md_json_put_text(mem, o, "by", r->by);
	md_json_put_text(mem, o, "with", r->with);
	md_json_put_text(mem, o, "tls", r->tls);
	md_json_put_text(mem, o, "id", r->id);
	md_json_put(o, "time", r->date.valid ? md_json_time(r->date.seconds) : json_null());
	md_json_put(o, "delay",
	            delay != MD_NO_DELAY ? json_integer((json_int_t)delay) : json_null());
	return o;
}

json_t *
md_json_route(struct md_arena *mem, const struct md_route *route)
{
	json_t *array = json_array();

	for (size_t i = 0; i < route->n; i++)
		json_array_append_new(array, hop(mem, route, i));
	return array;
}

/* ---- providers, filters ---- */

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
md_json_profiles(struct md_arena *mem, const struct md_profiles *profiles)
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

json_t *
md_json_spams(struct md_arena *mem, const struct md_spams *spams)
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
