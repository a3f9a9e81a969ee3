/* No expected sender may lose what it passes by; no sample message, no verdict. */
#include <string.h>

#include "ask/check.h"
#include "base/arena.h"
#include "dkim/dkim.h"
#include "dmarc/message.h"
#include "gate/judge_changes.h"
#include "gate/look.h"
#include "gate/place.h"
#include "gate/rows.h"
#include "gate/zone_rules.h"
#include "record/spf/spf.h"
#include "repair/signatures.h"

/* ---- SPF ---- */

/* "include:a.example and ip4:192.0.2.1", the terms of `was` that `is` lacks. */
static const char *
removed_terms(struct md_arena *mem, const char *was, const char *is)
{
	const struct md_spf *before = md_spf_parse(mem, md_str(was));
	const struct md_spf *after = md_spf_parse(mem, md_str(is));
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < before->n; i++)
		if (before->terms[i].kind != MD_SPF_ALL &&
		    !md_spf_has_term(after, before->terms[i].text))
			md_buf_item(&out, " and ", "%s", md_show(mem, before->terms[i].text));
	return md_buf_str(&out);
}

/* Only the term that let the sender pass matters; it stands in the domain's own record. */
static const char *
decisive_removed(struct md_arena *mem, const struct md_sender_seen *was,
                 const struct md_sender_seen *is)
{
	const struct md_excerpt *at = &was->spf->decisive;
	const struct md_spf *after = md_spf_parse(mem, md_str(is->spf_record));
	struct md_str term;

	if (at->text.p == NULL || !md_eq_nocase(was->spf->decisive_owner, was->spf->domain))
		return "";
	term = (struct md_str){ at->text.p + at->offset, at->len };
	return md_spf_has_term(after, term) ? "" : md_show(mem, term);
}

static const char *
spf_because(struct md_arena *mem, const struct md_sender_seen *was,
            const struct md_sender_seen *is)
{
	const char *gone = decisive_removed(mem, was, is);

	if (gone[0] == '\0' && is->spf_record[0] != '\0')
		gone = removed_terms(mem, was->spf_record, is->spf_record);
	if (gone[0] != '\0')
		return md_printf(mem, "%s %s removed", gone,
		                 strstr(gone, " and ") != NULL ? "were" : "was");
	if (was->spf_record[0] != '\0' && is->spf_record[0] == '\0' &&
	    is->spf->result == MD_SPF_RESULT_NONE)
		return "the SPF record was removed";
	return is->spf->why;
}

/* ---- rows ---- */

struct comparison {
	const struct md_gate_sides *sides;
	struct md_notices *rows;
	const struct md_sender_seen *was, *is;
	const char *who; /* "203.0.113.7 (newsletter)" */
};

static void
found(const struct comparison *c, enum md_zone_rule rule, struct md_place place,
      const char *evidence)
{
	struct md_notice row =
	        md_gate_row(md_zone_rule(rule), c->sides->proposed->subject->domain);

	row.about = c->who;
	row.evidence = evidence;
	md_gate_set_place(c->sides->mem, &row, place);
	md_gate_add(c->sides, c->rows, row);
}

static void
unknown(const struct comparison *c, const char *what, const char *why)
{
	md_gate_unknown(c->sides, c->rows, md_printf(c->sides->mem, "%s of %s", what, c->who),
	                why);
}

static void
compare_spf(const struct comparison *c)
{
	const struct md_sender_seen *was = c->was, *is = c->is;
	struct md_arena *mem = c->sides->mem;

	if (was->addressed && was->spf->result == MD_SPF_RESULT_PASS &&
	    is->spf->result == MD_SPF_RESULT_TEMPERROR)
		unknown(c, "SPF", is->spf->why);

	if (!was->addressed || was->spf->result != MD_SPF_RESULT_PASS ||
	    is->spf->result == MD_SPF_RESULT_PASS || is->spf->result == MD_SPF_RESULT_TEMPERROR)
		return;
	found(c, MD_ZONE_SENDER_LOSES_SPF,
	      md_gate_place_at(c->sides->proposal, mem, is->spf->domain, MD_TXT, "v=spf1"),
	      md_printf(mem, "%s: pass -> %s, because %s", c->who,
	                md_spf_result_name(is->spf->result), spf_because(mem, was, is)));
}

static void
compare_dkim(const struct comparison *c)
{
	struct md_arena *mem = c->sides->mem;

	if (c->was->signs && c->was->dkim == MD_PASSES && c->is->dkim == MD_PASSES_NOT)
		found(c, MD_ZONE_SENDER_LOSES_DKIM,
		      md_gate_place_at(c->sides->proposal, mem, c->is->key_name, MD_TXT, ""),
		      md_printf(mem, "%s: its key at %s cannot be used, because %s", c->who,
		                c->is->key_name, c->is->dkim_why));
	if (c->was->signs && c->was->dkim == MD_PASSES && c->is->dkim == MD_PASSES_UNKNOWN)
		unknown(c, "DKIM", md_printf(mem, "%s is not known", c->is->key_name));
}

/* The record by which the sender does not pass any more: SPF, the key, or DMARC itself. */
static struct md_place
dmarc_place(const struct comparison *c)
{
	const struct md_proposal *p = c->sides->proposal;
	struct md_arena *mem = c->sides->mem;

	if (c->was->addressed && c->was->spf->result == MD_SPF_RESULT_PASS &&
	    c->is->spf->result != MD_SPF_RESULT_PASS)
		return md_gate_place_at(p, mem, c->is->spf->domain, MD_TXT, "v=spf1");
	if (c->was->dkim == MD_PASSES && c->is->dkim != MD_PASSES)
		return md_gate_place_at(p, mem, c->is->key_name, MD_TXT, "");
	return md_gate_place_at(
	        p, mem, md_printf(mem, "_dmarc.%s", c->sides->proposed->subject->domain),
	        MD_TXT, "v=DMARC1");
}

static void
compare_dmarc(const struct comparison *c)
{
	if (c->was->dmarc == MD_PASSES && c->is->dmarc == MD_PASSES_NOT)
		found(c, MD_ZONE_SENDER_LOSES_DMARC, dmarc_place(c),
		      md_printf(c->sides->mem,
		                "%s: pass -> fail, because neither SPF nor DKIM passes "
		                "aligned with %s",
		                c->who, c->sides->proposed->subject->domain));
}

static const char *
who(struct md_arena *mem, const struct md_sender_seen *seen)
{
	const char *name = md_show(mem, md_str(seen->sender->name));

	if (!seen->addressed)
		return name;
	return md_printf(mem, "%s (%s)", md_addr_print(mem, seen->ip), name);
}

void
md_gate_senders(const struct md_gate_sides *sides, struct md_notices *rows)
{
	const struct md_zone_seen *was = md_gate_seen(sides->base);
	const struct md_zone_seen *is = md_gate_seen(sides->proposed);

	for (size_t i = 0; was != NULL && is != NULL && i < was->nsenders; i++) {
		const struct comparison c = { .sides = sides,
			                      .rows = rows,
			                      .was = &was->senders[i],
			                      .is = &is->senders[i],
			                      .who = who(sides->mem, &was->senders[i]) };

		compare_spf(&c);
		compare_dkim(&c);
		compare_dmarc(&c);
	}
}

/* ---- verdicts ---- */

static const char *
role_name(enum md_role role)
{
	static const char *const names[] = {
		[MD_ROLE_UNKNOWN] = "not known",
		[MD_ROLE_FULL] = "sends and receives",
		[MD_ROLE_SENDS_ONLY] = "sends only",
		[MD_ROLE_PARKED] = "neither sends nor receives",
	};

	return names[role];
}

/* Among the rows of the domain, which are the last. */
static bool
found_new(const struct md_notices *rows, const char *domain, enum md_zone_rule rule)
{
	for (size_t i = rows->n; i > 0 && strcmp(rows->all[i - 1].subject, domain) == 0; i--)
		if (rows->all[i - 1].novelty == MD_NEW &&
		    strcmp(rows->all[i - 1].rule, md_zone_rule(rule)->id) == 0)
			return true;
	return false;
}

/*
 * A domain that is for less than before is judged by milder rules, so the change must be told.
 */
void
md_gate_verdicts(const struct md_gate_sides *sides, struct md_notices *rows)
{
	const enum md_role was = sides->base->role, is = sides->proposed->role;
	struct md_notice row = md_gate_row(md_zone_rule(MD_ZONE_VERDICT_REGRESSED),
	                                   sides->proposed->subject->domain);
	struct md_place place;

	if (md_gate_seen(sides->proposed) == NULL) /* not wished */
		return;
	if (was == MD_ROLE_UNKNOWN || is == MD_ROLE_UNKNOWN || is <= was ||
	    found_new(rows, row.subject, MD_ZONE_RECORD_REMOVED) ||
	    found_new(rows, row.subject, MD_ZONE_SPF_NOBODY_LEFT))
		return;
	place = md_gate_place_at(sides->proposal, sides->mem, row.subject, MD_MX, "");
	row.evidence =
	        md_printf(sides->mem, "the domain %s after the change (%s); before it %s (%s)",
	                  role_name(is), sides->proposed->role_why, role_name(was),
	                  sides->base->role_why);
	md_gate_set_place(sides->mem, &row, place);
	md_gate_add(sides, rows, row);
}

/* ---- samples ---- */

static void
sample_fails(const struct md_gate_sides *sides, struct md_notices *rows, const char *name,
             const char *evidence, struct md_place place)
{
	struct md_notice row = md_gate_row(md_zone_rule(MD_ZONE_SAMPLE_FAILS), name);

	row.evidence = evidence;
	md_gate_set_place(sides->mem, &row, place);
	md_gate_add(sides, rows, row);
}

static void
compare_signature(const struct md_gate_sides *sides, struct md_notices *rows,
                  const struct md_dkim_verdict *was, const struct md_dkim_verdict *is)
{
	struct md_arena *mem = sides->mem;
	const char *name = md_dkim_key_name(mem, is->signature);

	if (was->result == MD_DKIM_PASS && is->result == MD_DKIM_TEMPERROR)
		md_gate_unknown(sides, rows, name, is->reason);
	if (was->result != MD_DKIM_PASS || is->result == MD_DKIM_PASS ||
	    is->result == MD_DKIM_TEMPERROR)
		return;
	sample_fails(sides, rows, sides->proposed->subject->message_name,
	             md_printf(mem, "DKIM of d=%s s=%s: pass -> %s, because %s",
	                       is->signature->domain, is->signature->selector,
	                       md_dkim_result_name(is->result), is->reason),
	             md_gate_place_at(sides->proposal, mem, name, MD_TXT, ""));
}

static void
compare_signatures(const struct md_gate_sides *sides, struct md_notices *rows)
{
	const struct md_signatures *was = md_report_part(sides->base, &md_part_dkim);
	const struct md_signatures *is = md_report_part(sides->proposed, &md_part_dkim);

	if (was == NULL || is == NULL)
		return;
	for (size_t i = 0; i < was->verdicts->n && i < is->verdicts->n; i++)
		compare_signature(sides, rows, &was->verdicts->all[i], &is->verdicts->all[i]);
}

void
md_gate_sample(const struct md_gate_sides *sides, struct md_notices *rows)
{
	const struct md_dmarc_message *was = md_report_part(sides->base, &md_part_dmarc);
	const struct md_dmarc_message *is = md_report_part(sides->proposed, &md_part_dmarc);
	struct md_arena *mem = sides->mem;

	compare_signatures(sides, rows);
	if (was == NULL || is == NULL || was->result != MD_DMARC_RESULT_PASS ||
	    (is->result != MD_DMARC_RESULT_FAIL && is->result != MD_DMARC_RESULT_PERMERROR))
		return;
	sample_fails(sides, rows, sides->proposed->subject->message_name,
	             md_printf(mem, "DMARC of %s: pass -> %s, because %s", is->author,
	                       md_dmarc_result_name(is->result), is->why),
	             md_gate_place_at(sides->proposal, mem,
	                              md_printf(mem, "_dmarc.%s", is->author), MD_TXT,
	                              "v=DMARC1"));
}
