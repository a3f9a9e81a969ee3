/* Identifiers, their alignment, and pass or fail: RFC 9989 5.3, and RFC 7489 beside it. */
#include "dmarc/message_judge.h"

#include <string.h>

#include "dmarc/message_say.h"
#include "domain/psl.h"

const char *
md_dmarc_result_name(enum md_dmarc_result result)
{
	static const char *const names[] = {
		[MD_DMARC_RESULT_NONE] = "none",
		[MD_DMARC_RESULT_PASS] = "pass",
		[MD_DMARC_RESULT_FAIL] = "fail",
		[MD_DMARC_RESULT_TEMPERROR] = "temperror",
		[MD_DMARC_RESULT_PERMERROR] = "permerror",
		[MD_DMARC_RESULT_UNKNOWN] = "unknown",
	};

	return names[result];
}

/* One of the two ways to judge: each finds its own record. */
struct generation {
	const struct md_dmarc_discovery *found;
	const struct md_dmarc *record; /* that applies; NULL for none: all is relaxed */
	bool old;                      /* RFC 7489 */
};

static struct generation
generation(const struct md_dmarc_discovery *found, bool old)
{
	const bool applies = found->known && found->policy != MD_DMARC_ABSENT;

	return (struct generation){ found, applies ? found->place->record : NULL, old };
}

static bool
is_strict(const struct generation *by, const struct md_dmarc_identifier *id)
{
	if (by->record == NULL)
		return false;
	return id->dkim != NULL ? by->record->adkim_strict : by->record->aspf_strict;
}

/* md_alignment as a derivation, so that its gaps can be left out: "r a.example b.example". */
static const void *
derive_alignment(struct md_ctx *c, const char *arg)
{
	struct md_alignment *a = md_alloc(md_mem(c), sizeof(*a));
	const struct md_str rest = md_str(arg + 2);
	const size_t blank = md_str_find(rest, ' ');

	*a = md_alignment(c, md_strndup(md_mem(c), rest.p, blank),
	                  md_strdup(md_mem(c), rest.p + blank + 1), arg[0] == 's');
	return a;
}

static void
align(struct md_ctx *c, struct md_dmarc_identifier *id, const char *author,
      const struct generation *now, const struct generation *old)
{
	const char *arg;

	if (id->domain[0] == '\0') {
		id->alignment.outcome = MD_ALIGNMENT_UNKNOWN;
		return;
	}
	arg = md_printf(md_mem(c), "%c %s %s", is_strict(now, id) ? 's' : 'r', id->domain,
	                author);
	id->alignment = *(const struct md_alignment *)md_derive_aside(c, derive_alignment, arg);
	/* The record that RFC 7489 finds may be another one, and differ in strictness. */
	id->alignment.by_list =
	        id->alignment.identical ||
	        (!is_strict(old, id) && md_psl_same_organisation(id->domain, author));
}

static void
list_identifiers(struct md_ctx *c, const struct md_dmarc_evidence *e,
                 struct md_dmarc_message *m, struct md_dmarc_identifier **list)
{
	struct md_dmarc_identifier *ids = md_alloc(md_mem(c), (e->dkim->n + 1) * sizeof(*ids));

	ids[0] = (struct md_dmarc_identifier){ .domain = e->spf_domain,
		                               .result = e->spf_result,
		                               .pass = e->spf_pass,
		                               .unknown = e->spf_unknown };
	for (size_t i = 0; i < e->dkim->n; i++) {
		const struct md_dkim_verdict *v = &e->dkim->all[i];

		ids[i + 1] = (struct md_dmarc_identifier){
			.dkim = v,
			.domain = v->signature->domain,
			.result = md_dkim_result_name(v->result),
			.pass = md_dkim_counts(v),
			.unknown = md_dkim_is_open(v),
		};
	}
	m->n = e->dkim->n + 1;
	m->identifiers = *list = ids;
}

static enum md_alignment_outcome
outcome(const struct md_dmarc_identifier *id, bool old)
{
	if (!old || id->domain[0] == '\0')
		return id->alignment.outcome;
	return id->alignment.by_list ? MD_ALIGNED : MD_NOT_ALIGNED;
}

static bool
speaks(const struct md_dmarc_identifier *id, bool old)
{
	return id->pass && outcome(id, old) == MD_ALIGNED;
}

/* Does it not pass aligned as far as is known, while it may? */
static bool
may_speak(const struct md_dmarc_identifier *id, bool old)
{
	return (id->pass || id->unknown) && !speaks(id, old) &&
	       outcome(id, old) != MD_NOT_ALIGNED;
}

/*
 * 5.3.5, 5.3.6: an aligned pass is enough, whatever else is not known.  Without one, a query
 * that failed leaves it open, unless what was asked about could not be aligned anyhow.
 */
static enum md_dmarc_result
conclude(const struct md_dmarc_message *m, const struct md_dmarc_evidence *e,
         const struct generation *by)
{
	bool open = e->dkim->nomitted > 0, temporary = false;

	if (!by->found->known)
		return MD_DMARC_RESULT_TEMPERROR;
	if (by->record == NULL)
		return MD_DMARC_RESULT_NONE;
	for (size_t i = 0; i < m->n; i++)
		if (speaks(&m->identifiers[i], by->old))
			return MD_DMARC_RESULT_PASS;
	for (size_t i = 0; i < m->n; i++) {
		const struct md_dmarc_identifier *id = &m->identifiers[i];

		if (!may_speak(id, by->old))
			continue;
		open = true;
		temporary = temporary || id->pass ||
		            (id->dkim != NULL ? id->dkim->rebuilt == NULL : e->spf_temporary);
	}
	if (!open)
		return MD_DMARC_RESULT_FAIL;
	return temporary ? MD_DMARC_RESULT_TEMPERROR : MD_DMARC_RESULT_UNKNOWN;
}

/* A walk that failed, and on which the result hangs, is a gap of whoever asks for it. */
static void
record_gaps(struct md_ctx *c, const struct md_dmarc_message *m, const struct generation *now)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct md_dmarc_identifier *id = &m->identifiers[i];

		if (may_speak(id, false) && id->domain[0] != '\0')
			md_alignment(c, id->domain, m->author, is_strict(now, id));
	}
}

static void
judge(struct md_ctx *c, const struct md_dmarc_evidence *e, struct md_dmarc_message *m)
{
	struct md_dmarc_identifier *ids = NULL;
	struct generation now, old;

	m->found = md_dmarc_discover(c, e->author);
	m->found_7489 = md_dmarc_discover_7489_aside(c, e->author);
	now = generation(m->found, false);
	old = generation(m->found_7489, true);
	list_identifiers(c, e, m, &ids);
	for (size_t i = 0; i < m->n; i++) {
		align(c, &ids[i], m->author, &now, &old);
		if (speaks(&ids[i], false))
			*(ids[i].dkim != NULL ? &m->by_dkim : &m->by_spf) = true;
	}
	m->result = conclude(m, e, &now);
	m->result_7489 = conclude(m, e, &old);
	if (m->result == MD_DMARC_RESULT_TEMPERROR)
		record_gaps(c, m, &now);
}

struct md_dmarc_message *
md_dmarc_judge(struct md_ctx *c, const struct md_dmarc_evidence *e)
{
	struct md_dmarc_message *m = md_alloc(md_mem(c), sizeof(*m));

	m->author = e->author;
	if (e->author != NULL)
		judge(c, e, m);
	else
		m->result = m->result_7489 = MD_DMARC_RESULT_PERMERROR;
	md_dmarc_message_say(c, e, m);
	return m;
}
