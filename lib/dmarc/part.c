/* DMARC of a message as a part of a report; its lines of text are told with the message's. */
#include "report/part.h"
#include "base/arena.h"
#include "dmarc/message.h"
#include "json/tree.h"

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

static json_t *
dmarc(struct md_arena *mem, const struct md_dmarc_message *d)
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

static void
put_json(struct md_arena *mem, json_t *members, const struct md_report *report,
         const void *part)
{
	(void)report;
	md_json_put(members, "dmarc", dmarc(mem, part));
}

const struct md_report_part md_part_dmarc = { .name = "dmarc", .json = put_json };
