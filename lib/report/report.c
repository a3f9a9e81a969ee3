/* From results to verdicts: severities, ignored findings, counts. */
#include "report/report.h"

#include <string.h>

#include "fact/kind.h"

const char *
md_role_name(enum md_role role)
{
	static const char *const names[] = {
		[MD_ROLE_UNKNOWN] = "unknown",
		[MD_ROLE_FULL] = "sends-and-receives",
		[MD_ROLE_SENDS_ONLY] = "sends-only",
		[MD_ROLE_PARKED] = "parked",
	};

	return names[role];
}

const char *
md_verdict_name(enum md_verdict v)
{
	static const char *const names[] = {
		[MD_PASS] = "pass",      [MD_INFO] = "info", [MD_WARN] = "warn",
		[MD_UNSURE] = "unknown", [MD_FAIL] = "fail",
	};

	return names[v];
}

enum md_ink
md_verdict_ink(enum md_verdict v)
{
	static const enum md_ink inks[] = {
		[MD_PASS] = MD_GOOD,    [MD_INFO] = MD_REMARK, [MD_WARN] = MD_RISK,
		[MD_UNSURE] = MD_DOUBT, [MD_FAIL] = MD_BAD,
	};

	return inks[v];
}

static enum md_verdict
worse(enum md_verdict a, enum md_verdict b)
{
	return a > b ? a : b;
}

/* "RULE" or "RULE@SUBJECT". */
static bool
ignores(const char *const *ignore, const struct md_finding *f)
{
	const size_t len = strlen(f->rule->id);

	for (; ignore != NULL && *ignore != NULL; ignore++) {
		if (strncmp(*ignore, f->rule->id, len) != 0)
			continue;
		if ((*ignore)[len] == '\0' ||
		    ((*ignore)[len] == '@' && md_eq_nocase(*ignore + len + 1, f->subject)))
			return true;
	}
	return false;
}

static bool
has_gap(const struct md_result *r, enum md_gap_kind kind)
{
	for (const struct md_gap *g = r->gaps; g != NULL; g = g->next)
		if (g->kind == kind)
			return true;
	return false;
}

static enum md_verdict
worst_finding(const struct md_result *r)
{
	enum md_verdict worst = MD_PASS;

	for (const struct md_finding *f = r->findings; f != NULL; f = f->next)
		if (!f->ignored)
			worst = worse(worst, f->severity);
	return worst;
}

static void
judge_findings(const struct md_result *r, enum md_role role, const char *const *ignore)
{
	for (struct md_finding *f = r->findings; f != NULL; f = f->next) {
		f->severity = md_severity(f->rule, role);
		f->ignored = ignores(ignore, f);
	}
}

/* A finding of this rule that counts. */
static const struct md_finding *
find_rule(const struct md_report *report, const char *id)
{
	for (size_t i = 0; i < report->nresults; i++)
		for (const struct md_finding *f = report->results[i].findings; f != NULL;
		     f = f->next)
			if (!f->ignored && strcmp(f->rule->id, id) == 0)
				return f;
	return NULL;
}

/* What a finding follows from, at the end of the chain; NULL for nothing. */
static const struct md_finding *
root_of(const struct md_report *report, const struct md_finding *f)
{
	enum { LONGEST_CHAIN = 4 };
	const struct md_finding *root = f;

	for (unsigned i = 0; i < LONGEST_CHAIN && root->cause != NULL; i++) {
		const struct md_finding *next = find_rule(report, root->cause);

		if (next == NULL || next == f)
			break;
		if (i > 0 && f->adds)
			return NULL;
		root = next;
	}
	return root != f ? root : NULL;
}

/* One cause is one finding: what follows from it does not count as another. */
static void
find_causes(struct md_report *report)
{
	for (size_t i = 0; i < report->nresults; i++)
		for (struct md_finding *f = report->results[i].findings; f != NULL;
		     f = f->next) {
			f->follows = f->cause != NULL ? root_of(report, f) : NULL;
			if (f->follows != NULL && f->severity > MD_INFO)
				f->severity = MD_INFO;
		}
}

static void
judge_result(struct md_result *r)
{
	r->verdict = worst_finding(r);
	if (has_gap(r, MD_INCONCLUSIVE) || has_gap(r, MD_BLIND))
		r->verdict = worse(r->verdict, MD_UNSURE);
}

static bool
any_known(const struct md_report *report)
{
	for (size_t i = 0; i < report->nfacts; i++)
		if (!report->facts[i]->kind->opinion && report->facts[i]->state != MD_UNKNOWN)
			return true;
	return false;
}

/* Did any check on which it hangs come to a verdict?  Where none is so named, any does. */
static bool
is_decided(const struct md_report *report)
{
	bool named = false, decided = false;

	for (size_t i = 0; i < report->nresults; i++)
		named = named ||
		        (report->results[i].decides && report->results[i].skipped[0] == '\0');
	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_result *r = &report->results[i];

		if (r->skipped[0] == '\0' && (r->decides || (!named && !r->looks)))
			decided = decided || r->verdict != MD_UNSURE;
	}
	return decided;
}

void
md_report_judge(struct md_report *report, const char *const *ignore)
{
	bool decided;

	report->verdict = MD_PASS;
	report->complete = true;
	for (size_t i = 0; i < report->nresults; i++)
		judge_findings(&report->results[i], report->role, ignore);
	find_causes(report);
	for (size_t i = 0; i < report->nresults; i++) {
		struct md_result *r = &report->results[i];

		if (r->skipped[0] != '\0')
			continue;
		judge_result(r);
		report->verdict = worse(report->verdict, worst_finding(r));
		report->complete = report->complete && !has_gap(r, MD_INCONCLUSIVE);
	}
	decided = is_decided(report);
	if (!decided && !any_known(report))
		report->complete = false; /* nothing at all could be told: that is no pass */
	if (!decided || !report->complete)
		report->verdict = worse(report->verdict, MD_UNSURE);
}

size_t
md_report_findings(const struct md_report *report, enum md_verdict severity)
{
	size_t n = 0;

	for (size_t i = 0; i < report->nresults; i++)
		for (const struct md_finding *f = report->results[i].findings; f != NULL;
		     f = f->next)
			n += !f->ignored && f->severity == severity;
	return n;
}

size_t
md_report_checks(const struct md_report *report, enum md_verdict verdict)
{
	size_t n = 0;

	for (size_t i = 0; i < report->nresults; i++)
		n += report->results[i].skipped[0] == '\0' &&
		     report->results[i].verdict == verdict;
	return n;
}
