/* Holds the report with a change against the one without it. */
#include "plan/proof.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"
#include "fact/kind.h"
#include "plan/watch.h"
#include "record/dkim_key.h"
#include "record/tls_rpt.h"

/* ---- findings and gaps ---- */

const struct md_finding *
md_proof_find(const struct md_report *report, const struct md_finding *like)
{
	for (size_t i = 0; i < report->nresults; i++)
		for (const struct md_finding *f = report->results[i].findings; f != NULL;
		     f = f->next)
			if (!f->ignored && strcmp(f->rule->id, like->rule->id) == 0 &&
			    strcmp(f->subject, like->subject) == 0)
				return f;
	return NULL;
}

/*
 * Warnings that a policy is weak, or a limit near.  A plan keeps policies as they were asked
 * for, so these may follow from a record that counts at last.
 */
static bool
is_about_weakness(const struct md_finding *f)
{
	static const char *const rules[] = { "dmarc.policy-none",    "dmarc.sp-weaker",
		                             "dmarc.np-unset",       "dmarc.test-mode",
		                             "dmarc.pct-partial",    "spf.neutral-all",
		                             "spf.lookup-near-limit" };

	for (size_t i = 0; f->severity == MD_WARN && i < MD_COUNT(rules); i++)
		if (strcmp(f->rule->id, rules[i]) == 0)
			return true;
	return false;
}

static bool
is_news(const struct md_report *from, const struct md_finding *f)
{
	const struct md_finding *old;

	if (f->ignored || (f->severity != MD_FAIL && f->severity != MD_WARN) ||
	    is_about_weakness(f))
		return false;
	old = md_proof_find(from, f);
	return old == NULL || old->severity < f->severity;
}

/* For that, something as bad must be gone. */
static bool
is_better(const struct md_report *from, const struct md_report *to)
{
	const size_t fail = md_report_findings(from, MD_FAIL);
	const size_t warn = md_report_findings(from, MD_WARN);

	if (md_report_findings(to, MD_FAIL) != fail)
		return md_report_findings(to, MD_FAIL) < fail;
	return md_report_findings(to, MD_WARN) <= warn;
}

const struct md_finding *
md_proof_news(const struct md_report *from, const struct md_report *to,
              const struct md_finding *after)
{
	bool passed = after == NULL;

	for (size_t i = 0; i < to->nresults; i++)
		for (const struct md_finding *f = to->results[i].findings; f != NULL;
		     f = f->next) {
			if (passed && is_news(from, f))
				return f;
			passed = passed || f == after;
		}
	return NULL;
}

/* Who gives a second opinion is not asked again. */
static bool
is_opinion(const struct md_gap *gap)
{
	return gap->of != NULL && gap->of->opinion;
}

static bool
has_gap(const struct md_report *report, const struct md_gap *like)
{
	for (size_t i = 0; i < report->nresults; i++)
		for (const struct md_gap *g = report->results[i].gaps; g != NULL; g = g->next)
			if (strcmp(g->fact, like->fact) == 0)
				return true;
	return false;
}

static bool
has_new_gap(const struct md_report *from, const struct md_report *to)
{
	for (size_t i = 0; i < to->nresults; i++) {
		const struct md_check *check = to->results[i].check;

		/* what others say of hosts, and what only adds to a report, decides nothing
		 * here */
		if (check->third_party || check->facts_apart)
			continue;
		for (const struct md_gap *g = to->results[i].gaps; g != NULL; g = g->next)
			if (g->kind != MD_LIMIT && !is_opinion(g) && !has_gap(from, g))
				return true;
	}
	return false;
}

/* ---- SPF as a whole ---- */

/* Of the domain's own SPF record: is it another than before? */
static bool
changes_spf(const struct md_plan_watch *from, const struct md_plan_watch *to)
{
	const struct md_spf *a = from->spf != NULL ? from->spf->record : NULL;
	const struct md_spf *b = to->spf != NULL ? to->spf->record : NULL;

	if (a == NULL || b == NULL)
		return a != b || (from->spf != NULL && from->spf->n != to->spf->n);
	return a->text.len != b->text.len || memcmp(a->text.p, b->text.p, a->text.len) != 0;
}

enum { HUGE_RANGE = 1 << 24 };

static bool
spf_is_fit(const struct md_plan_watch *from, const struct md_plan_watch *to, bool parked)
{
	const bool worked = md_plan_spf_works(from);

	if (!changes_spf(from, to))
		return true;
	if (to->tree == NULL || to->spf->record->nfaults > 0)
		return false;
	if (!md_plan_spf_works(to) && worked)
		return false; /* what is broken may stay so, by faults of others */
	if (md_plan_opens(to))
		return false; /* whoever has such a record is told, but not to publish another
		               */
	if (to->tree->ipv4 > HUGE_RANGE && !(worked && from->tree->ipv4 >= to->tree->ipv4))
		return false;
	if (md_plan_permits(to))
		return true;
	return parked && !to->said_to_send;
}

/* Inherited or its own, the policy for the domain's mail is not weaker than it was. */
static bool
dmarc_is_fit(const struct md_plan_watch *from, const struct md_plan_watch *to)
{
	return (!from->dmarc->known || to->dmarc->policy >= from->dmarc->policy) &&
	       (!from->dmarc7489->known || to->dmarc7489->policy >= from->dmarc7489->policy);
}

bool
md_proof_holds(const struct md_proof *p)
{
	const struct md_plan_watch *from = md_plan_watched(p->from);
	const struct md_plan_watch *to = md_plan_watched(p->to);

	return md_proof_news(p->from, p->to, NULL) == NULL && is_better(p->from, p->to) &&
	       !has_new_gap(p->from, p->to) && spf_is_fit(from, to, p->parked) &&
	       dmarc_is_fit(from, to);
}

/* ---- what a step keeps ---- */

/* RFC 7505: only who neither receives nor sends says that there is no host; no host is lost. */
static bool
keeps_mx(const struct md_proof_set *set)
{
	const struct md_plan_watch *w = md_plan_watched(set->proof->from);
	size_t hosts[2] = { 0, 0 };
	bool null[2] = { false, false };
	const struct md_rdata_list *both[] = { set->was, set->is };

	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < both[side]->n; i++) {
			const char *rdata = both[side]->p[i];
			const size_t len = strlen(rdata);
			const bool is_null = len > 1 && strcmp(rdata + len - 2, " .") == 0;

			null[side] = null[side] || is_null;
			hosts[side] += !is_null;
		}
	if (null[1] && !null[0] && (!set->proof->parked || w->said_to_send))
		return false;
	return hosts[1] >= hosts[0];
}

/* The base64 of a text, without its blanks. */
static struct md_str
base64_of(struct md_arena *mem, struct md_str text)
{
	struct md_buf key = { .mem = mem };

	for (size_t i = 0; i < text.len; i++)
		if (md_is_alnum(text.p[i]) || text.p[i] == '+' || text.p[i] == '/')
			md_buf_addc(&key, text.p[i]);
	return md_buf_view(&key);
}

/* What stands in p=; of a text without tags, which may be a part of a key, all of it. */
static struct md_str
key_of(struct md_arena *mem, struct md_str text)
{
	struct md_str rest = text, piece;

	while (md_str_cut(&rest, ';', &piece)) {
		const struct md_str tag = md_str_trim(piece, " \t\r\n\"");

		if (md_str_starts_nocase(tag, "p="))
			return base64_of(mem, md_str_skip(tag, 2));
	}
	return base64_of(mem, text);
}

/* The key that stood there, or its parts in several records, make up the one there now. */
static bool
keeps_key(const struct md_proof_set *set)
{
	struct md_arena *mem = set->proof->mem;
	size_t octets = 0;
	struct md_str is;

	if (set->is->n != 1)
		return md_changes_hold(set->proof->after, set->was);
	is = key_of(mem, md_rdata_text(mem, set->is->p[0]));
	for (size_t i = 0; i < set->was->n; i++) {
		const struct md_str was = key_of(mem, md_rdata_text(mem, set->was->p[i]));

		if (was.len > 0 && memmem(is.p, is.len, was.p, was.len) == NULL)
			return false;
		octets += was.len;
	}
	return set->was->n == 0 || octets == is.len;
}

static bool
has_destination(struct md_arena *mem, const struct md_rdata_list *list, struct md_str uri)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct md_tls_rpt rpt =
		        md_tls_rpt_parse(mem, md_rdata_text(mem, list->p[i]));

		for (size_t j = 0; j < rpt.n; j++)
			if (md_str_same_nocase(rpt.uri[j].text, uri))
				return true;
	}
	return false;
}

static bool
keeps_destinations(const struct md_proof_set *set)
{
	struct md_arena *mem = set->proof->mem;

	for (size_t i = 0; i < set->was->n; i++) {
		const struct md_tls_rpt rpt =
		        md_tls_rpt_parse(mem, md_rdata_text(mem, set->was->p[i]));

		for (size_t j = 0; j < rpt.n; j++)
			if (!has_destination(mem, set->is, rpt.uri[j].text))
				return false;
	}
	return true;
}

static bool
keeps_txt(const struct md_proof_set *set)
{
	const struct md_str owner = md_str(set->owner);

	if (md_str_starts(owner, "_dmarc."))
		return md_proof_keeps_dmarc(set);
	if (strstr(set->owner, "._domainkey.") != NULL)
		return keeps_key(set);
	if (md_str_starts(owner, "_smtp._tls."))
		return keeps_destinations(set) || md_changes_hold(set->proof->after, set->was);
	if (md_str_starts(owner, "_"))
		return set->is->n > 0 || md_changes_hold(set->proof->after, set->was);
	return md_proof_keeps_stray_dmarc(set) && md_proof_keeps_spf(set);
}

/* Addresses and names only ever come. */
static bool
keeps_all(const struct md_proof_set *set)
{
	for (size_t i = 0; i < set->was->n; i++)
		if (!md_rdata_has(set->is, set->was->p[i]))
			return false;
	return true;
}

static bool
keeps(const struct md_proof_set *set)
{
	switch (set->type) {
	case MD_TXT:
		return keeps_txt(set);
	case MD_MX:
		return keeps_mx(set);
	case MD_CNAME: /* what it led to is judged as it is seen through it */
		return set->is->n <= 1;
	default:
		return keeps_all(set);
	}
}

static const struct md_rdata_list *
list_before(const struct md_proof *p, const struct md_rrset_change *after)
{
	const struct md_rrset_change *before =
	        md_changes_find(p->before, after->owner, after->type);

	return before != NULL ? &before->is : &after->was;
}

bool
md_proof_keeps(const struct md_proof *p)
{
	struct md_rdata_list gone = { 0, NULL };

	for (size_t i = 0; i < p->after->n; i++) {
		const struct md_rrset_change *after = &p->after->sets[i];
		const struct md_rdata_list *was = list_before(p, after);

		for (size_t j = 0; after->type == MD_TXT && j < was->n; j++)
			if (!md_rdata_has(&after->is, was->p[j]))
				MD_PUSH(p->mem, gone.p, gone.n, was->p[j]);
	}
	if (!md_proof_keeps_addresses(p, &gone))
		return false;
	for (size_t i = 0; i < p->after->n; i++) {
		const struct md_rrset_change *after = &p->after->sets[i];
		const struct md_proof_set set = {
			p, after->owner, after->type, list_before(p, after), &after->is, &gone,
		};

		if (!keeps(&set))
			return false;
	}
	return true;
}
