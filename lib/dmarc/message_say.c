/* The words for a message's DMARC: why it is so, and what comes of it. */
#include "dmarc/message_say.h"

#include <string.h>

static const char *
alignment_text(struct md_arena *mem, const struct md_dmarc_message *m,
               const struct md_alignment *a)
{
	if (a->outcome == MD_ALIGNED)
		return "aligned";
	if (a->outcome == MD_NOT_ALIGNED)
		return md_printf(mem, "not aligned with %s", m->author);
	return "alignment not known";
}

static const char *
result_text(struct md_arena *mem, const struct md_dmarc_identifier *id)
{
	if (id->dkim != NULL && id->dkim->held != NULL)
		return "passed at the receiver";
	if (id->dkim != NULL && id->dkim->rebuilt != NULL)
		return md_printf(mem, "not known (%s made the message anew)",
		                 id->dkim->rebuilt);
	return id->result;
}

const char *
md_dmarc_identifier_text(struct md_arena *mem, const struct md_dmarc_message *m,
                         const struct md_dmarc_identifier *id)
{
	const char *of = id->domain[0] != '\0' ? " of " : "";
	const char *domain = md_show(mem, md_str(id->domain));

	if (id->dkim == NULL && strcmp(id->result, "unknown") == 0)
		return md_printf(mem, "SPF%s%s: not known", of, domain);
	if (id->domain[0] == '\0')
		return md_printf(mem, "%s: %s", id->dkim != NULL ? "DKIM" : "SPF", id->result);
	return md_printf(mem, "%s%s%s: %s, %s", id->dkim != NULL ? "DKIM" : "SPF", of, domain,
	                 result_text(mem, id), alignment_text(mem, m, &id->alignment));
}

/* Those that decided: of a pass the aligned ones, else all. */
static const char *
identifiers_text(struct md_arena *mem, const struct md_dmarc_message *m)
{
	struct md_buf text = { .mem = mem };

	for (size_t i = 0; i < m->n; i++) {
		const struct md_dmarc_identifier *id = &m->identifiers[i];

		if (m->result == MD_DMARC_RESULT_PASS &&
		    (!id->pass || id->alignment.outcome != MD_ALIGNED))
			continue;
		md_buf_item(&text, "; ", "%s", md_dmarc_identifier_text(mem, m, id));
	}
	if (m->n == 1 && m->result != MD_DMARC_RESULT_PASS)
		md_buf_printf(&text, "; no DKIM signature");
	return md_buf_str(&text);
}

/* The record that would apply is there, and asks for nothing that can be understood. */
static const char *
no_policy_text(struct md_arena *mem, const struct md_dmarc_message *m)
{
	if (m->found->place == NULL)
		return md_printf(mem, "no DMARC record applies to %s", m->author);
	return md_printf(mem, "the DMARC record at _dmarc.%s has no valid policy and no rua=",
	                 m->found->place->name);
}

static const char *
why_text(struct md_arena *mem, const struct md_dmarc_evidence *e,
         const struct md_dmarc_message *m)
{
	const char *ids;

	if (m->author == NULL)
		return e->no_author;
	if (m->result == MD_DMARC_RESULT_NONE)
		return no_policy_text(mem, m);
	if (!m->found->known)
		return md_printf(mem, "the DMARC record of %s is not known", m->author);
	ids = identifiers_text(mem, m);
	if (m->result == MD_DMARC_RESULT_UNKNOWN && e->spf_unknown && e->spf_why != NULL)
		return md_printf(mem, "%s (%s)", ids, e->spf_why);
	return ids;
}

/* What the deciding tag says, before t=y lowers it (4.7). */
static enum md_dmarc_request
asked_for(const struct md_dmarc_discovery *found)
{
	const struct md_dmarc *record = found->place->record;

	switch (found->tag) {
	case MD_DMARC_NP:
		return record->np;
	case MD_DMARC_SP:
		return record->sp;
	case MD_DMARC_P:
		return record->p;
	default:
		return found->policy; /* none does, but rua= stands for p=none (4.10.1) */
	}
}

/* "p=reject", "sp=reject, which t=y lowers to quarantine" */
static const char *
policy_text(struct md_arena *mem, const struct md_dmarc_discovery *found)
{
	const enum md_dmarc_request asked = asked_for(found);

	if (found->tag == MD_DMARC_V)
		return "no valid policy, which with rua= counts as p=none";
	if (asked == found->policy)
		return md_printf(mem, "%s=%s", md_dmarc_tag_name(found->tag),
		                 md_dmarc_request_name(asked));
	return md_printf(mem, "%s=%s, which t=y lowers to %s", md_dmarc_tag_name(found->tag),
	                 md_dmarc_request_name(asked), md_dmarc_request_name(found->policy));
}

static const char *
failing_text(struct md_arena *mem, const struct md_dmarc_discovery *found)
{
	const char *policy = policy_text(mem, found);

	switch (found->policy) {
	case MD_DMARC_REJECT:
		/* 7.4: receivers "MUST NOT reject incoming messages solely on the basis of" it;
		 * "In practice [...] frequently rejected". */
		return md_printf(mem,
		                 "%s: quarantined where nothing else speaks against it, "
		                 "refused where something does; many receivers refuse at once",
		                 policy);
	case MD_DMARC_QUARANTINE:
		return md_printf(mem, "%s: into the junk folder, or held with suspicion",
		                 policy);
	default:
		/* 5.4: p=none "MUST NOT modify existing mail handling processes" */
		return md_printf(mem, "%s: treated as if there were no DMARC", policy);
	}
}

/* RFC 7489 6.3 (pct), 6.6.4: what is not sampled gets the next weaker policy. */
static const char *
failing_text_7489(struct md_arena *mem, const struct md_dmarc_discovery *found)
{
	const unsigned pct = found->place->record->pct;
	const bool reject = found->policy == MD_DMARC_REJECT;
	const char *does = reject ? "refused" : "quarantined";
	const char *rest = reject ? "quarantined" : "treated as if there were no DMARC";

	if (found->policy == MD_DMARC_NONE)
		return "policy none: treated as if there were no DMARC";
	if (pct == 0)
		return md_printf(mem, "pct=0: %s", rest);
	if (pct < 100)
		return md_printf(mem, "pct=%u: of such mail %u in 100 are %s, the rest %s", pct,
		                 pct, does, rest);
	return md_printf(mem, "policy %s: %s", md_dmarc_request_name(found->policy), does);
}

static const char *
disposition_text(struct md_arena *mem, enum md_dmarc_result result,
                 const struct md_dmarc_discovery *found, bool old)
{
	switch (result) {
	case MD_DMARC_RESULT_PASS:
		return "DMARC gives no reason to refuse it; other filters still judge it";
	case MD_DMARC_RESULT_FAIL:
		return old ? failing_text_7489(mem, found) : failing_text(mem, found);
	case MD_DMARC_RESULT_NONE:
		return "DMARC does not apply; other filters judge it";
	case MD_DMARC_RESULT_TEMPERROR:
		/* 5.3.6: the policy "cannot be applied".  Whose lookups succeed judges it. */
		return "not known; a receiver whose lookups fail, too, lets it in or puts it off";
	case MD_DMARC_RESULT_PERMERROR:
		return "DMARC cannot judge it; receivers may refuse it for that (RFC 9989 11.5)";
	case MD_DMARC_RESULT_UNKNOWN:
		break;
	}
	return "it hangs on what the saved message does not tell";
}

void
md_dmarc_message_say(struct md_ctx *c, const struct md_dmarc_evidence *e,
                     struct md_dmarc_message *m)
{
	struct md_arena *mem = md_mem(c);

	m->why = why_text(mem, e, m);
	m->disposition = disposition_text(mem, m->result, m->found, false);
	m->disposition_7489 = disposition_text(mem, m->result_7489, m->found_7489, true);
}
