/* What becomes of the records that mail rests on, from one side of a change to the other. */
#include "gate/judge_changes.h"

#include <string.h>

#include "base/arena.h"
#include "gate/differs.h"
#include "gate/keys.h"
#include "gate/look.h"
#include "gate/place.h"
#include "gate/rows.h"
#include "gate/watched.h"
#include "gate/zone_rules.h"
#include "mail/date.h"
#include "record/dmarc.h"
#include "record/mta_sts.h"
#include "record/spf/spf.h"

/* A pair of what both sides have of one kind at one name. */
struct pair {
	const struct md_gate_sides *sides;
	const struct md_gate_watch *watch;
	struct md_notices *rows;
	const struct md_watched *was, *is;
};

static void
found(const struct pair *p, enum md_zone_rule rule, enum md_verdict severity,
      const char *evidence)
{
	const struct md_watched *w = p->is != NULL ? p->is : p->was;
	struct md_notice row =
	        md_gate_row(md_zone_rule(rule), p->sides->proposed->subject->domain);
	const struct md_place place =
	        md_gate_place_at(p->sides->proposal, p->sides->mem, w->fact->question.name,
	                         w->fact->question.type, md_watched_beginning(w->kind));

	row.severity = severity;
	row.about = w->fact->question.name;
	row.evidence = evidence;
	md_gate_set_place(p->sides->mem, &row, place);
	md_gate_add(p->sides, p->rows, row);
}

/* ---- gone ---- */

static bool
is_in_use(const struct pair *p)
{
	for (size_t i = 0; i < p->watch->nused; i++)
		if (md_eq_nocase(p->watch->used[i], p->was->about))
			return true;
	for (size_t i = 0; i < p->watch->nsenders; i++)
		if (md_eq_nocase(p->watch->senders[i].selector, p->was->about))
			return true;
	return false;
}

/* While a host has another address mail can reach it. */
static bool
has_other_address(const struct pair *p)
{
	for (size_t i = 0; i < md_gate_seen(p->sides->proposed)->n; i++) {
		const struct md_watched *w = &md_gate_seen(p->sides->proposed)->all[i];

		if (w->kind == MD_WATCHED_ADDRESS && w->n > 0 &&
		    strcmp(w->about, p->was->about) == 0)
			return p->was->fact->question.type == MD_AAAA;
	}
	return false;
}

static void
judge_removal(const struct pair *p)
{
	struct md_arena *mem = p->sides->mem;
	const bool key = p->was->kind == MD_WATCHED_DKIM;
	const char *had = p->was->record.p != NULL ? md_excerpt(mem, p->was->record)
	                                           : md_rr_text(mem, &p->was->fact->rr[0]);
	/* Without these mail is delivered all the same, with less protection or knowledge. */
	const bool mild = p->was->kind == MD_WATCHED_TLS_RPT || p->was->kind == MD_WATCHED_TLSA;

	if (p->was->kind == MD_WATCHED_ADDRESS && has_other_address(p))
		return;
	if (key && md_key_lost(mem, p->was->fact, p->is->fact).key == NULL)
		return;
	found(p, key && is_in_use(p) ? MD_ZONE_SELECTOR_IN_USE_REMOVED : MD_ZONE_RECORD_REMOVED,
	      mild ? MD_WARN : MD_FAIL,
	      md_printf(mem, "%s %s was %s", md_type_name(mem, p->was->fact->question.type),
	                p->was->fact->question.name, had));
}

/* ---- changed ---- */

/* Mail that was signed with a key that nobody could use loses nothing. */
static void
judge_key(const struct pair *p)
{
	struct md_arena *mem = p->sides->mem;
	const struct md_key_at lost = md_key_lost(mem, p->was->fact, p->is->fact);

	if (lost.key != NULL)
		found(p, MD_ZONE_KEY_REPLACED, MD_FAIL,
		      md_printf(mem, "p= was %s and becomes %s", md_key_text(mem, lost),
		                md_key_text(mem, md_key_read(mem, p->is->record))));
}

/*
 * Has the domain sent mail before the change, which a stricter policy can hit, and does it
 * still?
 */
static bool
sends_already(const struct pair *p)
{
	return p->sides->proposed->role != MD_ROLE_PARKED &&
	       (p->sides->base->role == MD_ROLE_FULL ||
	        p->sides->base->role == MD_ROLE_SENDS_ONLY);
}

static bool
has_reports(const struct pair *p)
{
	return p->was->n > 0 &&
	       md_dmarc_parse(p->sides->mem, p->was->record)->value[MD_DMARC_RUA].p != NULL;
}

static void
judge_policy(const struct pair *p)
{
	struct md_arena *mem = p->sides->mem;
	const enum md_dmarc_request was = md_gate_seen(p->sides->base)->policy;
	const enum md_dmarc_request is = md_gate_seen(p->sides->proposed)->policy;

	if (was >= MD_DMARC_QUARANTINE || is < MD_DMARC_QUARANTINE || !sends_already(p))
		return;
	if (is == MD_DMARC_REJECT || !has_reports(p))
		found(p, MD_ZONE_POLICY_JUMP, MD_WARN,
		      md_printf(
		              mem, "p= was %s and becomes %s%s",
		              was == MD_DMARC_ABSENT ? "not there" : md_dmarc_request_name(was),
		              md_dmarc_request_name(is),
		              has_reports(p) ? "" : ", and no reports (rua=) were asked for"));
}

/* Can anybody pass by the record, whatever the terms lead to? */
static bool
lets_pass(const struct md_spf *record)
{
	for (size_t i = 0; i < record->n; i++)
		if (record->terms[i].qualifier == '+')
			return true;
	return record->redirect != NULL;
}

/*
 * Who sends is known only where it was declared.  Which terms let somebody pass, and are gone,
 * is known always.
 */
static void
judge_terms(const struct pair *p)
{
	struct md_arena *mem = p->sides->mem;
	const struct md_spf *was = md_spf_parse(mem, p->was->record);
	const struct md_spf *is = md_spf_parse(mem, p->is->record);
	struct md_buf gone = { .mem = mem };

	/* RFC 7208 4.7: without a match, and without redirect=, nobody passes. */
	if (p->is->n == 1 && is->nfaults == 0 && lets_pass(was) && !lets_pass(is)) {
		found(p, MD_ZONE_SPF_NOBODY_LEFT, MD_FAIL,
		      md_printf(mem, "%s becomes %s", md_excerpt(mem, p->was->record),
		                md_excerpt(mem, p->is->record)));
		return;
	}
	for (size_t i = 0; i < was->n; i++) {
		const struct md_spf_term *t = &was->terms[i];

		if (t->fault == MD_SPF_SOUND && t != was->all && t != was->exp &&
		    t->qualifier == '+' && !md_spf_has_term(is, t->text))
			md_buf_item(&gone, ", ", "%s", md_show(mem, t->text));
	}
	if (gone.len > 0)
		found(p, MD_ZONE_SPF_TERM_REMOVED, MD_WARN,
		      md_printf(mem, "%s: not in the record any more", md_buf_str(&gone)));
}

/* RFC 7671 8.1: a client may still have the old records when the new ones are in force. */
static void
judge_overlap(const struct pair *p)
{
	for (size_t i = 0; i < p->was->n; i++)
		for (size_t j = 0; j < p->is->n; j++)
			if (md_rr_compare(&p->was->fact->rr[i], &p->is->fact->rr[j]) == 0)
				return;
	found(p, MD_ZONE_TLSA_NO_OVERLAP, MD_FAIL,
	      md_printf(p->sides->mem, "none of %zu record%s stays", p->was->n,
	                p->was->n == 1 ? "" : "s"));
}

/* RFC 1982 3.2: serials go round. */
static void
judge_serial(const struct pair *p)
{
	const uint32_t was = p->was->fact->rr[0].soa.serial, is = p->is->fact->rr[0].soa.serial;
	const bool raised = is != was && (uint32_t)(is - was) < UINT32_C(1) << 31;
	const char *apex = p->is->fact->question.name;

	/* Where the proposal has no SOA, the operator of the servers raises the serial. */
	if (md_proposal_place(p->sides->proposal, apex, MD_SOA).file[0] == '\0')
		return;
	if (!raised && (is != was || md_gate_zone_differs(p->sides, apex)))
		found(p, MD_ZONE_SOA_SERIAL, MD_WARN,
		      md_printf(p->sides->mem,
		                "%u before, %u in the proposal, and records differ", was, is));
}

static bool
has_host(const struct md_dns *mx, const char *host)
{
	for (size_t i = 0; i < mx->n; i++)
		if (strcmp(mx->rr[i].mx.exchange, host) == 0)
			return true;
	return false;
}

/* RFC 8461 3.1: a sender looks at the policy again only when the id is another. */
static void
judge_policy_id(const struct pair *p)
{
	const struct md_watched *was =
	        md_watched_of(md_gate_seen(p->sides->base), MD_WATCHED_MTA_STS);
	const struct md_watched *is =
	        md_watched_of(md_gate_seen(p->sides->proposed), MD_WATCHED_MTA_STS);
	struct md_arena *mem = p->sides->mem;
	struct md_str id;

	if (was == NULL || is == NULL || was->n != 1 || is->n != 1)
		return;
	id = md_mta_sts_parse(mem, is->record).id;
	if (!md_str_eq(md_mta_sts_parse(mem, was->record).id, md_strndup(mem, id.p, id.len)))
		return;
	for (size_t i = 0; i < p->is->fact->n; i++) {
		const char *host = p->is->fact->rr[i].mx.exchange;

		if (strcmp(host, ".") == 0 || has_host(p->was->fact, host))
			continue;
		found(p, MD_ZONE_STS_ID_NOT_RAISED, MD_WARN,
		      md_printf(mem, "%s is new, the policy id is still %s", host,
		                md_show(mem, id)));
		return;
	}
}

/* ---- time ---- */

enum { LONG_TTL = 3600 };

static void
judge_ttl(const struct pair *p)
{
	struct md_arena *mem = p->sides->mem;
	const uint32_t ttl = p->was->fact->ttl;

	if (ttl <= LONG_TTL || p->was->kind == MD_WATCHED_SOA)
		return;
	found(p, MD_ZONE_TTL_HIGH, MD_WARN,
	      md_printf(mem,
	                "%s %s had a TTL of %u s: the old answer is given until %s when the "
	                "change is made now",
	                md_type_name(mem, p->was->fact->question.type),
	                p->was->fact->question.name, ttl,
	                md_date_print(mem, p->sides->now + ttl)));
}

/* ---- all ---- */

static void
judge_change(const struct pair *p)
{
	switch (p->is->kind) {
	case MD_WATCHED_DKIM:
		judge_key(p);
		break;
	case MD_WATCHED_SPF:
		judge_terms(p);
		break;
	case MD_WATCHED_TLSA:
		judge_overlap(p);
		break;
	case MD_WATCHED_MX:
		judge_policy_id(p);
		break;
	default:
		break;
	}
}

/* Are the records of the kind the same?  Others at the name may change as they like. */
static bool
same_records(const struct md_watched *a, const struct md_watched *b)
{
	if (a->record.p == NULL || b->record.p == NULL || a->n > 1 || b->n > 1)
		return md_dns_alike(a->fact, b->fact);
	return a->record.len == b->record.len &&
	       memcmp(a->record.p, b->record.p, a->record.len) == 0;
}

static void
judge(const struct pair *p)
{
	if (p->was->n > 0 && !md_gate_is_known(&p->is->fact->fact))
		md_gate_unknown(p->sides, p->rows,
		                md_question_text(p->sides->mem, &p->is->fact->question),
		                p->is->fact->fact.why);
	if (!md_gate_is_known(&p->was->fact->fact) && md_gate_is_known(&p->is->fact->fact) &&
	    md_proposal_covers(p->sides->proposal, p->is->fact->question.name,
	                       p->is->fact->question.type))
		md_gate_unknown(p->sides, p->rows,
		                md_question_text(p->sides->mem, &p->was->fact->question),
		                md_printf(p->sides->mem, "what is there now is not known: %s",
		                          p->was->fact->fact.why));
	if (!md_gate_is_known(&p->was->fact->fact) || !md_gate_is_known(&p->is->fact->fact))
		return;
	if (p->is->kind == MD_WATCHED_SOA) {
		if (p->was->n > 0 && p->is->n > 0)
			judge_serial(p);
		return;
	}
	if (p->is->kind == MD_WATCHED_DMARC && p->is->n > 0)
		judge_policy(p);
	if (p->was->n == 0 || same_records(p->was, p->is))
		return;
	if (p->is->n == 0)
		judge_removal(p);
	else
		judge_change(p);
	judge_ttl(p);
}

void
md_gate_change(const struct md_gate_sides *sides, const struct md_gate_watch *watch,
               const struct md_watched *was, const struct md_watched *is,
               struct md_notices *rows)
{
	judge(&(struct pair){ sides, watch, rows, was, is });
}
