/* Compares the findings and gaps of two reports. */
#include "gate/compare.h"

#include <stdlib.h>
#include <string.h>

#include "ask/check.h"
#include "base/arena.h"
#include "base/name.h"
#include "fact/kind.h"
#include "gate/differs.h"
#include "gate/look.h"
#include "gate/place.h"
#include "gate/rows.h"
#include "rows/render.h"

/* ---- findings ---- */

/* A finding of one side, and its number among those with the same rule and subject. */
struct nth {
	const struct md_finding *finding;
	size_t number;
};

static bool
same(const struct md_finding *a, const struct md_finding *b)
{
	return strcmp(a->rule->id, b->rule->id) == 0 && md_eq_nocase(a->subject, b->subject);
}

static bool
is_shown(const struct md_finding *f)
{
	return f->severity > MD_PASS;
}

static bool
find_in(const struct md_result *r, const struct md_finding *f, size_t n, struct nth *found)
{
	for (const struct md_finding *g = r->findings; g != NULL; g = g->next) {
		const bool like = is_shown(g) && same(g, f);

		if (g == f || (like && found->number == n)) {
			found->finding = g;
			return true;
		}
		found->number += like;
	}
	return false;
}

/* Finds the finding like f that has number n; or, with n SIZE_MAX, f itself and its number. */
static struct nth
find(const struct md_report *report, const struct md_finding *f, size_t n)
{
	struct nth found = { NULL, 0 };

	for (size_t i = 0; i < report->nresults; i++)
		if (find_in(&report->results[i], f, n, &found))
			break;
	return found;
}

static const struct md_result *
result_of(const struct md_report *report, const struct md_check *check)
{
	for (size_t i = 0; i < report->nresults; i++)
		if (report->results[i].check == check)
			return &report->results[i];
	return NULL;
}

static bool
has_gaps(const struct md_result *r)
{
	for (const struct md_gap *g = r != NULL ? r->gaps : NULL; g != NULL; g = g->next)
		if (g->kind != MD_LIMIT)
			return true;
	return false;
}

/*
 * "The policy is none" is worse of a domain that sends nothing; but of a change that found no
 * stricter policy it is no failure: p=none is the first step, and protects no less than
 * nothing.
 */
static bool
is_no_weaker(const struct md_gate_sides *sides, const struct md_finding *f)
{
	const struct md_zone_seen *before = md_gate_seen(sides->base);

	return before != NULL && before->policy <= MD_DMARC_NONE &&
	       (strcmp(f->rule->id, "dmarc.policy-none") == 0 ||
	        strcmp(f->rule->id, "dmarc.p-implied-none") == 0);
}

static enum md_verdict
own_severity(const struct md_gate_sides *sides, const struct md_finding *f)
{
	return f->severity == MD_FAIL && is_no_weaker(sides, f) ? MD_WARN : f->severity;
}

/* An overriding severity counts on both sides; else every finding of its rule would be new. */
static enum md_verdict
severity(const struct md_gate_sides *sides, const struct md_finding *f)
{
	return md_gate_severity(sides->config, f->rule->id, own_severity(sides, f));
}

static enum md_novelty
novelty_of(const struct md_gate_sides *sides, const struct md_result *r,
           const struct md_finding *f)
{
	const size_t number = find(sides->proposed, f, SIZE_MAX).number;
	const struct nth before = find(sides->base, f, number);

	if (before.finding != NULL)
		return severity(sides, f) > severity(sides, before.finding) ? MD_NEW
		                                                            : MD_UNCHANGED;
	if (!has_gaps(result_of(sides->base, r->check)))
		return MD_NEW;
	if (md_gate_is_first_seen(sides, r))
		return MD_NOVELTY_NONE; /* not known before for an outage: that is no failure */
	/* With the same facts the finding may well have been there before. */
	return md_gate_differs(sides, r) ? MD_NEW : MD_UNCHANGED;
}

static void
add_finding(const struct md_gate_sides *sides, struct md_notices *rows,
            const struct md_result *r, const struct md_finding *f, enum md_novelty novelty)
{
	struct md_notice row = md_gate_row(f->rule, sides->proposed->subject->domain);
	const struct md_report *of = novelty == MD_FIXED ? sides->base : sides->proposed;
	const struct md_place place = md_gate_place(sides->proposal, sides->mem, of, r, f);

	row.novelty = novelty;
	row.check = r->check->name;
	row.check_title = r->check->title;
	row.severity = own_severity(sides, f);
	row.about = f->subject;
	row.evidence = f->evidence;
	row.record = f->record;
	row.waived = f->ignored ? "--ignore" : "";
	md_gate_set_place(sides->mem, &row, place);
	md_gate_add(sides, rows, row);
}

/* Tells the gaps before the change: without those facts nobody knows which findings are new. */
static void
tell_unseen(const struct md_gate_sides *sides, struct md_notices *rows,
            const struct md_result *before)
{
	for (const struct md_gap *g = before->gaps; g != NULL; g = g->next)
		if (g->kind != MD_LIMIT)
			md_gate_unknown(sides, rows, g->fact,
			                md_printf(sides->mem,
			                          "what is there now is not known: %s",
			                          g->why));
}

static void
compare_findings(const struct md_gate_sides *sides, struct md_notices *rows,
                 const struct md_result *r)
{
	for (const struct md_finding *f = r->findings; f != NULL; f = f->next) {
		enum md_novelty novelty;

		if (!is_shown(f))
			continue;
		novelty = novelty_of(sides, r, f);
		if (novelty == MD_NOVELTY_NONE)
			tell_unseen(sides, rows, result_of(sides->base, r->check));
		if (novelty != MD_UNCHANGED || sides->all)
			add_finding(sides, rows, r, f, novelty);
	}
}

static void
tell_fixed(const struct md_gate_sides *sides, struct md_notices *rows,
           const struct md_result *before)
{
	const struct md_result *after = result_of(sides->proposed, before->check);

	if (after == NULL || has_gaps(after))
		return;
	for (const struct md_finding *f = before->findings; f != NULL; f = f->next) {
		const size_t number = find(sides->base, f, SIZE_MAX).number;

		if (is_shown(f) && find(sides->proposed, f, number).finding == NULL)
			add_finding(sides, rows, before, f, MD_FIXED);
	}
}

/* ---- gaps ---- */

static bool
has_gap(const struct md_result *r, const struct md_gap *like)
{
	for (const struct md_gap *g = r != NULL ? r->gaps : NULL; g != NULL; g = g->next)
		if (g->kind == like->kind && strcmp(g->fact, like->fact) == 0)
			return true;
	return false;
}

/* A limit that the user chose counts like a failure when it hides what a change does. */
static bool
matters(const struct md_gate_sides *sides, struct md_arena *mem, const struct md_gap *gap)
{
	if (gap->kind == MD_INCONCLUSIVE)
		return true;
	for (size_t i = 0; gap->kind == MD_BLIND && i < sides->proposed->nfacts; i++) {
		const struct md_fact *fact = sides->proposed->facts[i];
		const struct md_fact_kind *kind = fact->kind;

		if (fact->state == MD_UNKNOWN && !kind->opinion &&
		    strcmp(gap->fact, kind->words(mem, kind->question(fact))) == 0)
			return true;
	}
	return false;
}

static void
add_gap(const struct md_gate_sides *sides, struct md_notices *rows, const struct md_result *r,
        const struct md_gap *g)
{
	struct md_notice row = md_gate_row(g->rule, sides->proposed->subject->domain);
	const bool counts =
	        !has_gap(result_of(sides->base, r->check), g) || md_gate_hides_more(sides, r);

	row.kind = MD_NOTICE_GAP;
	row.novelty = counts ? MD_NEW : MD_UNCHANGED;
	row.severity = MD_UNSURE;
	row.check = r->check->name;
	row.check_title = r->check->title;
	row.about = g->fact;
	row.evidence = g->why;
	if (counts || sides->all)
		md_gate_add(sides, rows, row);
}

static void
add_pass(struct md_notices *rows, const char *domain, const struct md_result *r)
{
	const struct md_notice row = {
		.kind = r->skipped[0] != '\0' ? MD_NOTICE_SKIPPED : MD_NOTICE_PASS,
		.subject = domain,
		.check = r->check->name,
		.check_title = r->check->title,
		.evidence = r->skipped,
	};

	md_notices_add(rows, &row);
}

void
md_gate_compare(const struct md_gate_sides *sides, struct md_notices *rows)
{
	const size_t first = rows->n;

	for (size_t i = 0; i < sides->proposed->nresults; i++) {
		const struct md_result *r = &sides->proposed->results[i];
		const size_t before = rows->n;

		compare_findings(sides, rows, r);
		for (const struct md_gap *g = r->gaps; g != NULL; g = g->next)
			if (matters(sides, sides->mem, g))
				add_gap(sides, rows, r, g);
		/* A domain of which nothing is to be told is named all the same. */
		if (rows->n == before &&
		    (sides->passes || (rows->n == first && i + 1 == sides->proposed->nresults)))
			add_pass(rows, sides->proposed->subject->domain, r);
	}
	for (size_t i = 0; i < sides->base->nresults; i++)
		tell_fixed(sides, rows, &sides->base->results[i]);
}
