/* What is concluded of a message, and the way it came, as JSON. */
#include "base/arena.h"
#include "dmarc/message.h"
#include "envelope/envelope.h"
#include "profile/profile.h"
#include "render/json_message.h"
#include "spam/spam.h"
#include "json/write.h"

/* ---- DMARC ---- */

static void
put_identifier(struct md_json *j, const struct md_dmarc_identifier *id)
{
	static const char *const outcomes[] = { [MD_ALIGNED] = "aligned",
		                                [MD_NOT_ALIGNED] = "not-aligned",
		                                [MD_ALIGNMENT_UNKNOWN] = "unknown" };

	md_json_open(j, NULL, '{');
	md_json_clean(j, "method", id->dkim != NULL ? "dkim" : "spf");
	md_json_text(j, "domain", id->domain);
	if (id->dkim != NULL)
		md_json_text(j, "selector", id->dkim->signature->selector);
	md_json_text(j, "result", id->result);
	md_json_clean(j, "alignment", outcomes[id->alignment.outcome]);
	md_json_bool(j, "identical", id->alignment.identical);
	md_json_bool(j, "aligned_by_public_suffix_list", id->alignment.by_list);
	md_json_close(j, '}');
}

static void
put_policy(struct md_json *j, const struct md_dmarc_discovery *d)
{
	static const char *const origins[] = {
		[MD_DMARC_FROM_NOWHERE] = "none",
		[MD_DMARC_FROM_AUTHOR] = "author-domain",
		[MD_DMARC_FROM_ORGANISATIONAL] = "organisational-domain",
		[MD_DMARC_FROM_SUFFIX] = "public-suffix",
	};

	if (d == NULL || !d->known) {
		md_json_null(j, "policy");
		return;
	}
	md_json_open(j, "policy", '{');
	md_json_clean(j, "origin", origins[d->origin]);
	if (d->place != NULL && d->place->record != NULL) {
		md_json_text(j, "domain", d->place->name);
		md_json_octets(j, "record", d->place->record->text);
		md_json_text(j, "policy", md_dmarc_request_name(d->policy));
		md_json_text(j, "tag", md_dmarc_tag_name(d->tag));
	}
	md_json_close(j, '}');
}

/* Of receivers that run libopendmarc; null where there is none (a gap says why). */
static void
put_opinion(struct md_json *j, const struct md_dmarc_opinion *opinion)
{
	if (opinion->fact->fact.state != MD_PRESENT) {
		md_json_null(j, "second_opinion");
		return;
	}
	md_json_open(j, "second_opinion", '{');
	md_json_clean(j, "engine", opinion->fact->engine);
	md_json_clean(j, "result", opinion->fact->result);
	md_json_bool(j, "differs", opinion->differs);
	md_json_text(j, "text", opinion->text);
	md_json_close(j, '}');
}

void
md_json_dmarc(struct md_json *j, const struct md_dmarc_message *d)
{
	md_json_open(j, "dmarc", '{');
	md_json_clean(j, "result", md_dmarc_result_name(d->result));
	md_json_text(j, "reason", d->why);
	if (d->author != NULL)
		md_json_text(j, "author_domain", d->author);
	md_json_bool(j, "by_spf", d->by_spf);
	md_json_bool(j, "by_dkim", d->by_dkim);
	md_json_open(j, "identifiers", '[');
	for (size_t i = 0; i < d->n; i++)
		put_identifier(j, &d->identifiers[i]);
	md_json_close(j, ']');
	put_policy(j, d->found);
	md_json_text(j, "disposition", d->disposition);
	md_json_open(j, "rfc7489", '{');
	md_json_clean(j, "result", md_dmarc_result_name(d->result_7489));
	put_policy(j, d->found_7489);
	md_json_text(j, "disposition", d->disposition_7489);
	if (d->opinion != NULL)
		put_opinion(j, d->opinion);
	md_json_close(j, '}');
	md_json_close(j, '}');
}

/* ---- the route ---- */

static void
put_hop(struct md_json *j, const struct md_route *route, size_t i)
{
	const struct md_received *r = route->hops[i];
	const int64_t delay = md_hop_delay(route, i);

	md_json_open(j, NULL, '{');
	md_json_count(j, "line", r->field->line);
	md_json_text(j, "from", r->from);
	md_json_text(j, "helo", r->helo);
	md_json_text(j, "rdns", r->rdns);
	if (r->has_ip)
		md_json_clean(j, "ip", md_addr_print(j->text.mem, r->ip));
	else
		md_json_null(j, "ip");
	md_json_text(j, "by", r->by);
	md_json_text(j, "with", r->with);
	md_json_text(j, "tls", r->tls);
	md_json_text(j, "id", r->id);
	md_json_time(j, "time", r->date.valid ? r->date.seconds : -1);
	if (delay != MD_NO_DELAY)
		md_json_number(j, "delay", delay);
	else
		md_json_null(j, "delay");
	md_json_close(j, '}');
}

void
md_json_route(struct md_json *j, const struct md_route *route)
{
	md_json_open(j, "route", '[');
	for (size_t i = 0; i < route->n; i++)
		put_hop(j, route, i);
	md_json_close(j, ']');
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
md_json_profiles(struct md_json *j, const struct md_profiles *profiles)
{
	md_json_open(j, "profiles", '[');
	for (size_t i = 0; i < profiles->n; i++)
		put_profile(j, &profiles->all[i]);
	md_json_close(j, ']');
}

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

void
md_json_spams(struct md_json *j, const struct md_spams *spams)
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
