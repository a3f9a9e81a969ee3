/* DMARC of a message as a part of a report; its lines of text are told with the message's. */
#include <string.h>

#include "base/arena.h"
#include "dmarc/message.h"
#include "report/part.h"
#include "json/write.h"

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
	if (id->dkim != NULL && id->dkim->held != NULL)
		md_json_bool(j, "passed_at_receiver", true);
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

/* What the old standard concludes, and who runs it. */
static void
put_7489(struct md_json *j, const struct md_dmarc_message *d)
{
	md_json_open(j, "rfc7489", '{');
	md_json_clean(j, "result", md_dmarc_result_name(d->result_7489));
	put_policy(j, d->found_7489);
	md_json_text(j, "disposition", d->disposition_7489);
	if (d->opinion != NULL)
		put_opinion(j, d->opinion);
	md_json_close(j, '}');
}

static bool
differs(const struct md_dmarc_message *d)
{
	return d->result_7489 != d->result ||
	       strcmp(d->disposition_7489, d->disposition) != 0 ||
	       (d->opinion != NULL && d->opinion->differs);
}

static void
put_dmarc(struct md_json *j, const struct md_dmarc_message *d)
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
	if (!j->brief || differs(d))
		put_7489(j, d);
	md_json_close(j, '}');
}

static void
put_json(struct md_json *j, const struct md_report *report, const void *part)
{
	(void)report;
	put_dmarc(j, part);
}

const struct md_report_part md_part_dmarc = { .name = "dmarc", .json = put_json };
