/*
 * What holds for every plan: over zones made by chance it is never stopped by the gate, says
 * what a fresh report of the changed zone says, and changes nothing when it is made again.
 */
#include "unit.h"

#include <stdlib.h>

#include "dns/wire.h"
#include "gate/judge_changes.h"
#include "gate/look.h"
#include "gate/render.h"
#include "offline.h"
#include "plan_zones.h"
#include "proposal/proposal.h"
#include "record/spf/spf.h"
#include "report/plan.h"
#include "report/report.h"

enum { ZONES = 2000, LOT = 250, NOW = 1795000000 };

/* Domains that share an engine, and their plans. */
struct lot {
	struct md_arena *mem;
	struct made_domain domains[LOT];
	const struct md_plan *plans[LOT];
	struct md_proposal_builder *changes;
};

static struct md_run_options
options_of(const struct made_domain *d)
{
	return (struct md_run_options){
		.domain = d->name,
		.ips = d->ips,
		.selectors = d->selectors,
		.mail_from = d->mail_from,
		.helo = d->helo,
		.now = NOW,
	};
}

static const char *
zone_of(const struct lot *lot)
{
	struct md_buf text = { .mem = lot->mem };

	md_buf_printf(&text, "%s", made_world);
	for (size_t i = 0; i < LOT; i++)
		for (size_t j = 0; j < lot->domains[i].n; j++) {
			const struct made_record *r = &lot->domains[i].records[j];

			md_buf_printf(&text, "%s. %s %s\n", r->owner,
			              md_type_name(lot->mem, r->type), r->rdata);
		}
	return md_buf_str(&text);
}

/* The rdata as plans write it; the test fails when it is none. */
static const char *
normal(struct md_arena *mem, uint16_t type, const char *rdata)
{
	struct md_rr rr = { .owner = "x", .type = type };
	const char *why = "";

	if (!md_rr_parse(mem, rdata, &rr, &why))
		fail_msg("%s: %s", rdata, why);
	return md_rr_text(mem, &rr);
}

static bool
has(const char *const *list, size_t n, const char *text)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], text) == 0)
			return true;
	return false;
}

/* ---- a plan applied: to the records, and as a proposal ---- */

/* Only "-all", which says so, may come without a sender. */
static bool
names_nobody(const struct md_spf *spf)
{
	for (size_t i = 0; i < spf->n; i++)
		if (spf->terms[i].kind <= MD_SPF_REDIRECT && spf->terms[i].kind != MD_SPF_ALL)
			return false;
	return spf->all == NULL || spf->all->qualifier != '-';
}

/* Read from the texts alone: one record stands at the name afterwards, and a new one is sound.
 */
static void
is_sound(struct lot *lot, const struct made_domain *d, const struct md_plan_change *change)
{
	const bool dmarc = strncmp(change->owner, "_dmarc.", strlen("_dmarc.")) == 0;
	size_t spf = 0, policies = 0;

	for (size_t i = 0; change->type == MD_TXT && i < d->n; i++) {
		struct md_rr rr = { .owner = "x", .type = MD_TXT };
		const char *why;

		if (d->records[i].type != MD_TXT ||
		    strcmp(d->records[i].owner, change->owner) != 0)
			continue;
		assert_true(md_rr_parse(lot->mem, d->records[i].rdata, &rr, &why));
		policies += md_str_starts(rr.txt.joined, "v=DMARC1;");
		if (!md_spf_is_record(rr.txt.joined))
			continue;
		spf++;
		if (has(change->add, change->nadd, d->records[i].rdata) &&
		    md_spf_parse(lot->mem, rr.txt.joined)->nfaults > 0)
			fail_msg("%s: a faulty record is proposed: %s", d->name,
			         d->records[i].rdata);
		if (has(change->add, change->nadd, d->records[i].rdata) &&
		    names_nobody(md_spf_parse(lot->mem, rr.txt.joined)))
			fail_msg("%s: a record is proposed that names nobody: %s", d->name,
			         d->records[i].rdata);
	}
	if (spf > 1)
		fail_msg("%s: %zu SPF records", d->name, spf);
	assert_true(!dmarc || policies <= 1);
}

/* The mailbox for reports that a removed record named stands in what comes for it. */
static void
keeps_mailboxes(struct lot *lot, const struct md_plan_change *change)
{
	struct md_buf all = { .mem = lot->mem };

	if (strncmp(change->owner, "_dmarc.", strlen("_dmarc.")) != 0)
		return; /* a policy moves to where it counts */
	if (change->nremove > 1)
		return; /* of several records those that did not count may only be left over */
	for (size_t i = 0; i < change->nadd; i++)
		md_buf_printf(&all, "%s\n", change->add[i]);
	for (size_t i = 0; change->nadd > 0 && i < change->nremove; i++)
		if (strstr(change->remove[i], "rua=mailto:d@") != NULL &&
		    strstr(md_buf_str(&all), "mailto:d@") == NULL)
			fail_msg("%s becomes %s: the mailbox is lost", change->remove[i],
			         md_buf_str(&all));
}

static void
apply(struct lot *lot, struct made_domain *d, const struct md_plan_change *change)
{
	const char *why = "";
	size_t kept = 0, left = 0, removed = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct made_record r = d->records[i];
		const bool same = r.type == change->type && strcmp(r.owner, change->owner) == 0;

		if (same &&
		    has(change->remove, change->nremove, normal(lot->mem, r.type, r.rdata))) {
			removed++;
			continue;
		}
		d->records[kept++] = r;
		if (!same)
			continue;
		left++;
		assert_true(md_proposal_set(
		        lot->changes,
		        md_printf(lot->mem, "%s. %s %s", r.owner, change->type_name, r.rdata),
		        &why));
	}
	if (removed < change->nremove)
		fail_msg("%s: the plan removes what is not there: %s %s", d->name,
		         change->owner, change->remove[0]);
	d->n = kept;
	for (size_t i = 0; i < change->nadd; i++) {
		const struct made_record r = { change->owner, change->type, change->add[i] };

		MD_PUSH(lot->mem, d->records, d->n, r);
		assert_true(md_proposal_set(
		        lot->changes,
		        md_printf(lot->mem, "%s. %s %s", r.owner, change->type_name, r.rdata),
		        &why));
	}
	if (left + change->nadd == 0)
		assert_true(md_proposal_unset(
		        lot->changes,
		        md_printf(lot->mem, "%s. %s", change->owner, change->type_name), &why));
}

/* One change for a name and type, and each that does something for a rule. */
static void
looks_right(const struct md_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		assert_true(plan->changes[i].nadd + plan->changes[i].nremove > 0);
		assert_true(plan->changes[i].nrules > 0);
		for (size_t j = 0; j < i; j++)
			assert_false(plan->changes[i].type == plan->changes[j].type &&
			             strcmp(plan->changes[i].owner, plan->changes[j].owner) ==
			                     0);
	}
	assert_true(plan->after.fail <= plan->before.fail);
}

/* Keeps the engine and all runs, so that plans stay. */
static void
make_plans(struct lot *lot, struct offline *f, struct md_run **runs)
{
	char *why = NULL;

	for (size_t i = 0; i < LOT; i++) {
		const struct md_run_options options = options_of(&lot->domains[i]);

		runs[i] = md_run_new(f->engine, md_checks(), &options, &why);
		assert_non_null(runs[i]);
		while (!md_run_done(runs[i]))
			md_engine_step(f->engine, -1);
		md_run_plan(runs[i]);
		lot->plans[i] = md_run_report(runs[i])->plan;
		if (lot->plans[i] == NULL)
			fail_msg("%s: no plan was made", lot->domains[i].name);
		looks_right(lot->plans[i]);
	}
}

/* ---- what holds ---- */

static void
open_engine(struct offline *f, const char *zone, const struct md_proposal *proposal)
{
	char *why = NULL;

	offline_open_zone(f, zone);
	fflush(f->file);
	f->with.proposal = proposal;
	f->with.witness = "";
	f->engine = md_engine_new(&f->with, &why);
	if (f->engine == NULL)
		fail_msg("%s", why);
}

static struct md_run *
run_of(struct offline *f, const struct made_domain *d, const struct md_check *const *checks,
       bool proposed)
{
	struct md_run_options options = options_of(d);
	struct md_run *run;
	char *why = NULL;

	options.proposed = proposed;
	run = md_run_new(f->engine, checks, &options, &why);
	assert_non_null(run);
	while (!md_run_done(run))
		md_engine_step(f->engine, -1);
	return run;
}

static void
gate_lets_pass(struct lot *lot, struct offline *f, const struct made_domain *d)
{
	struct md_arena *mem = md_arena_new();
	struct md_run *before = run_of(f, d, md_checks_gate(), false);
	struct md_run *after = run_of(f, d, md_checks_gate(), true);
	static const struct md_gate_watch watch = { .apex = "" };
	struct md_notices *rows = md_notices_new(mem);
	const struct md_gate_sides sides = {
		.mem = mem,
		.proposal = f->with.proposal,
		.base = md_run_report(before),
		.proposed = md_run_report(after),
		.config = md_gate_config_none(),
		.fail_on = "fail",
		.now = NOW,
	};

	(void)lot;
	md_gate_compare(&sides, rows);
	md_gate_changes(&sides, &watch, rows);
	md_gate_verdicts(&sides, rows);
	md_gate_conclude(rows);
	if (md_gate_stops(rows)) {
		md_gate_text(rows, &(struct md_style){ 0 }, stderr);
		fail_msg("%s: the gate stops its plan", d->name);
	}
	md_run_free(before);
	md_run_free(after);
	md_arena_free(mem);
}

static void
says_the_same(struct offline *f, const struct made_domain *d, const struct md_plan *plan)
{
	struct md_run *run = run_of(f, d, md_checks(), false);
	const struct md_report *report = md_run_report(run);

	if (md_report_findings(report, MD_FAIL) != plan->after.fail ||
	    md_report_findings(report, MD_WARN) != plan->after.warn ||
	    md_report_findings(report, MD_INFO) != plan->after.info ||
	    strcmp(md_verdict_name(report->verdict), plan->verdict) != 0) {
		md_render("text", report, &(struct md_style){ .columns = 100 }, stderr);
		fail_msg("%s: its plan says %s, %zu %zu %zu; this report %zu %zu %zu", d->name,
		         plan->verdict, plan->after.fail, plan->after.warn, plan->after.info,
		         md_report_findings(report, MD_FAIL),
		         md_report_findings(report, MD_WARN),
		         md_report_findings(report, MD_INFO));
	}
	md_run_plan(run);
	if (report->plan->n > 0) {
		md_render("text", report, &(struct md_style){ .columns = 100 }, stderr);
		fail_msg("%s: its plan is not the whole cure", d->name);
	}
	md_run_free(run);
}

static void
judge_lot(uint64_t first)
{
	struct lot *lot = calloc(1, sizeof(*lot));
	struct md_run *runs[LOT];
	struct offline before, changed;
	const char *zone;

	lot->mem = md_arena_new();
	lot->changes = md_proposal_new(lot->mem);
	for (size_t i = 0; i < LOT; i++)
		lot->domains[i] = made_domain(lot->mem, first + i);
	zone = zone_of(lot);
	open_engine(&before, zone, NULL);
	make_plans(lot, &before, runs);
	for (size_t i = 0; i < LOT; i++)
		for (size_t j = 0; j < lot->plans[i]->n; j++) {
			const struct md_plan_change *change = &lot->plans[i]->changes[j];

			apply(lot, &lot->domains[i], change);
			is_sound(lot, &lot->domains[i], change);
			keeps_mailboxes(lot, change);
		}
	open_engine(&changed, zone_of(lot), NULL);
	for (size_t i = 0; i < LOT; i++)
		says_the_same(&changed, &lot->domains[i], lot->plans[i]);
	offline_close(&changed);
	open_engine(&changed, zone, md_proposal_done(lot->changes));
	for (size_t i = 0; i < LOT; i++)
		if (lot->plans[i]->n > 0)
			gate_lets_pass(lot, &changed, &lot->domains[i]);
	offline_close(&changed);
	for (size_t i = 0; i < LOT; i++)
		md_run_free(runs[i]);
	offline_close(&before);
	md_arena_free(lot->mem);
	free(lot);
}

static void
plans_of_zones_by_chance_hold(void **state)
{
	const char *wished = getenv("MAILDIAG_PLAN_ZONES"),
	           *from = getenv("MAILDIAG_PLAN_SEED");
	const uint64_t n = wished != NULL ? strtoull(wished, NULL, 10) : ZONES;
	const uint64_t seed = from != NULL ? strtoull(from, NULL, 10) : 1;

	(void)state;
	for (uint64_t i = 0; i < n; i += LOT)
		judge_lot(seed + i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plans_of_zones_by_chance_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
