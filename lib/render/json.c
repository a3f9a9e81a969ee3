/* The JSON report, schema maildiag-report/1 (docs/FORMATS.md): everything, for programs. */
#include "render/render.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"
#include "base/escape.h"
#include "fact/kind.h"
#include "render/subjects.h"
#include "report/plan.h"
#include "json/write.h"

static void
put_texts(struct md_json *j, const char *key, size_t n, const char *const *list)
{
	md_json_open(j, key, '[');
	for (size_t i = 0; i < n; i++)
		md_json_text(j, NULL, list[i]);
	md_json_close(j, ']');
}

static void
put_addresses(struct md_json *j, const struct md_subject *s)
{
	md_json_open(j, "ips", '[');
	for (size_t i = 0; i < s->nips; i++)
		md_json_clean(j, NULL, md_addr_print(j->text.mem, s->ips[i]));
	md_json_close(j, ']');
}

static void
put_subject(struct md_json *j, const struct md_report *report)
{
	const struct md_subject *s = report->subject;

	md_json_open(j, "subject", '{');
	md_json_clean(j, "kind", s->kind->name);
	md_told_subject(s->kind)->json(j, report);
	if (s->nips > 0)
		put_addresses(j, s);
	if (s->mail_from.given)
		md_json_text(j, "mail_from", s->mail_from.text);
	if (s->helo[0] != '\0')
		md_json_text(j, "helo", s->helo);
	if (s->nselectors > 0)
		put_texts(j, "selectors", s->nselectors, s->selectors);
	md_json_close(j, '}');
}

static void
put_summary(struct md_json *j, const struct md_report *report)
{
	md_json_open(j, "summary", '{');
	md_json_clean(j, "verdict", md_verdict_name(report->verdict));
	md_json_bool(j, "complete", report->complete);
	md_json_open(j, "findings", '{');
	md_json_count(j, "fail", md_report_findings(report, MD_FAIL));
	md_json_count(j, "warn", md_report_findings(report, MD_WARN));
	md_json_count(j, "info", md_report_findings(report, MD_INFO));
	md_json_close(j, '}');
	md_json_open(j, "checks", '{');
	md_json_count(j, "fail", md_report_checks(report, MD_FAIL));
	md_json_count(j, "warn", md_report_checks(report, MD_WARN));
	md_json_count(j, "info", md_report_checks(report, MD_INFO));
	md_json_count(j, "pass", md_report_checks(report, MD_PASS));
	md_json_count(j, "unknown", md_report_checks(report, MD_UNSURE));
	md_json_close(j, '}');
	md_json_close(j, '}');
}

/* The text in presentation form, and the part meant counted in characters of that form. */
static void
put_excerpt(struct md_json *j, const struct md_excerpt *e)
{
	struct md_arena *mem = j->text.mem;
	const size_t offset = e->offset < e->text.len ? e->offset : e->text.len;
	const size_t room = e->text.len - offset;
	const struct md_str head = { e->text.p, offset };
	const struct md_str part = { e->text.p + offset, e->len < room ? e->len : room };

	md_json_open(j, "excerpt", '{');
	if (e->shown) {
		md_json_text(j, "text", e->text.p);
		md_json_count(j, "offset", head.len);
		md_json_count(j, "length", part.len);
		md_json_close(j, '}');
		return;
	}
	md_json_clean(j, "text", md_show(mem, e->text));
	md_json_count(j, "offset", strlen(md_show(mem, head)));
	md_json_count(j, "length", strlen(md_show(mem, part)));
	md_json_close(j, '}');
}

/* A record is lines: those are kept, and each is clean. */
static void
put_record(struct md_json *j, const char *lines)
{
	struct md_buf out = { .mem = j->text.mem };
	struct md_str rest = md_str(lines), line;

	if (lines[0] == '\0') {
		md_json_null(j, "record");
		return;
	}
	while (md_str_cut(&rest, '\n', &line))
		md_buf_item(&out, "\n", "%s", md_escape(j->text.mem, line, true));
	md_json_clean(j, "record", md_buf_str(&out));
}

/* What somebody else would have to publish. */
static void
put_ask(struct md_json *j, const struct md_finding *f)
{
	md_json_open(j, "ask", '{');
	md_json_text(j, "of", f->ask_of);
	md_json_text(j, "record", f->ask);
	md_json_close(j, '}');
}

static void
put_finding(struct md_json *j, const struct md_finding *f)
{
	md_json_open(j, NULL, '{');
	md_json_clean(j, "rule", f->rule->id);
	md_json_clean(j, "severity", md_verdict_name(f->severity));
	md_json_clean(j, "title", f->rule->title);
	md_json_text(j, "subject", f->subject);
	md_json_text(j, "evidence", f->evidence);
	if (f->excerpt.text.p != NULL)
		put_excerpt(j, &f->excerpt);
	md_json_clean(j, "fix", f->rule->fix);
	put_record(j, f->record);
	if (f->ask[0] != '\0')
		put_ask(j, f);
	md_json_clean(j, "reference", f->rule->reference);
	if (f->follows != NULL)
		md_json_clean(j, "follows", f->follows->rule->id);
	if (f->ignored)
		md_json_bool(j, "ignored", true);
	md_json_close(j, '}');
}

static void
put_gap(struct md_json *j, const struct md_gap *g)
{
	md_json_open(j, NULL, '{');
	md_json_text(j, "fact", g->fact);
	md_json_text(j, "why", g->why);
	md_json_clean(j, "kind", g->kind == MD_INCONCLUSIVE ? "inconclusive" : "limit");
	if (g->rule != NULL) {
		md_json_clean(j, "rule", g->rule->id);
		md_json_clean(j, "title", g->rule->title);
		md_json_clean(j, "fix", g->rule->fix);
		md_json_clean(j, "reference", g->rule->reference);
	}
	md_json_close(j, '}');
}

static bool
is_first_of_label(const struct md_note *all, const struct md_note *n)
{
	while (strcmp(all->label, n->label) != 0)
		all = all->next;
	return all == n;
}

/* Notes of one label, wherever they stand, are one array. */
static void
put_notes(struct md_json *j, const struct md_note *all)
{
	md_json_open(j, "notes", '{');
	for (const struct md_note *n = all; n != NULL; n = n->next) {
		if (!is_first_of_label(all, n))
			continue;
		md_json_open(j, n->label, '[');
		for (const struct md_note *same = n; same != NULL; same = same->next)
			if (strcmp(same->label, n->label) == 0)
				md_json_text(j, NULL, same->text);
		md_json_close(j, ']');
	}
	md_json_close(j, '}');
}

static void
put_check(struct md_json *j, const struct md_result *result)
{
	md_json_open(j, NULL, '{');
	md_json_clean(j, "name", result->check->name);
	md_json_clean(j, "title", result->check->title);
	md_json_clean(j, "verdict", md_verdict_name(result->verdict));
	md_json_open(j, "findings", '[');
	for (const struct md_finding *f = result->findings; f != NULL; f = f->next)
		if (!j->brief || f->severity != MD_PASS)
			put_finding(j, f);
	md_json_close(j, ']');
	put_notes(j, j->brief ? NULL : result->notes);
	md_json_open(j, "gaps", '[');
	for (const struct md_gap *g = result->gaps; g != NULL; g = g->next)
		put_gap(j, g);
	md_json_close(j, ']');
	md_json_close(j, '}');
}

static void
put_skipped(struct md_json *j, const struct md_result *result)
{
	md_json_open(j, NULL, '{');
	md_json_clean(j, "name", result->check->name);
	md_json_text(j, "why", result->skipped);
	md_json_close(j, '}');
}

static void
put_checks(struct md_json *j, const struct md_report *report)
{
	md_json_open(j, "checks", '[');
	for (size_t i = 0; i < report->nresults; i++)
		if (report->results[i].skipped[0] == '\0')
			put_check(j, &report->results[i]);
	md_json_close(j, ']');
	md_json_open(j, "skipped", '[');
	for (size_t i = 0; i < report->nresults; i++)
		if (report->results[i].skipped[0] != '\0')
			put_skipped(j, &report->results[i]);
	md_json_close(j, ']');
}

static void
put_facts(struct md_json *j, const struct md_report *report)
{
	md_json_open(j, "facts", '[');
	for (size_t i = 0; i < report->nfacts; i++)
		if (report->facts[i]->kind->member == NULL)
			report->facts[i]->kind->write(j, report->facts[i]);
	md_json_close(j, ']');
}

static void
put_dns(struct md_json *j, const struct md_report *report, bool facts)
{
	size_t n = 0;

	while (report->resolvers != NULL && report->resolvers[n] != NULL)
		n++;
	md_json_open(j, "dns", '{');
	if (n > 0)
		put_texts(j, "resolvers", n, report->resolvers);
	if (facts)
		put_facts(j, report);
	md_json_close(j, '}');
}

/* Kinds of facts that have a member of their own, of which there mostly are none. */
static void
put_members(struct md_json *j, const struct md_report *report)
{
	for (const struct md_fact_kind *const *kind = report->kinds; *kind != NULL; kind++) {
		bool any = false;

		for (size_t i = 0; (*kind)->member != NULL && i < report->nfacts; i++) {
			if (report->facts[i]->kind != *kind)
				continue;
			if (!any)
				md_json_open(j, (*kind)->member, '[');
			any = true;
			(*kind)->write(j, report->facts[i]);
		}
		if (any)
			md_json_close(j, ']');
	}
}

/* What only some reports have. */
static void
put_parts(struct md_json *j, const struct md_report *report)
{
	const struct md_report_part *const *part =
	        md_told_subject(report->subject->kind)->parts;

	for (; *part != NULL; part++) {
		const void *what = md_report_part(report, *part);

		if (what != NULL && (*part)->json != NULL)
			(*part)->json(j, report, what);
	}
}

static void
put_change(struct md_json *j, const struct md_plan_change *c)
{
	md_json_open(j, NULL, '{');
	md_json_text(j, "owner", c->owner);
	md_json_clean(j, "type", c->type_name);
	put_texts(j, "remove", c->nremove, c->remove);
	put_texts(j, "add", c->nadd, c->add);
	put_texts(j, "rules", c->nrules, c->rules);
	md_json_close(j, '}');
}

/* What to publish, and what the report would be then. */
static void
put_plan(struct md_json *j, const struct md_plan *plan)
{
	if (plan == NULL)
		return;
	md_json_open(j, "plan", '[');
	for (size_t i = 0; i < plan->n; i++)
		put_change(j, &plan->changes[i]);
	md_json_close(j, ']');
	md_json_open(j, "after", '{');
	md_json_clean(j, "verdict", plan->verdict);
	md_json_open(j, "findings", '{');
	md_json_count(j, "fail", plan->after.fail);
	md_json_count(j, "warn", plan->after.warn);
	md_json_count(j, "info", plan->after.info);
	md_json_close(j, '}');
	put_texts(j, "cured", plan->ncured, plan->cured);
	put_texts(j, "remarks", plan->nremarks, plan->remarks);
	md_json_close(j, '}');
}

static void
render(const struct md_report *report, bool indented, bool facts, FILE *out)
{
	struct md_arena *mem = md_arena_new();
	struct md_json j = { .text.mem = mem,
		             .indented = indented,
		             .brief = !facts && report->subject->kind->terse };

	md_json_open(&j, NULL, '{');
	md_json_clean(&j, "schema", "maildiag-report/1");
	md_json_tool(&j);
	md_json_time(&j, "time", report->now);
	put_subject(&j, report);
	put_summary(&j, report);
	put_checks(&j, report);
	put_plan(&j, report->plan);
	put_parts(&j, report);
	put_dns(&j, report, facts);
	if (facts || !report->subject->kind->terse)
		put_members(&j, report);
	md_json_close(&j, '}');
	md_buf_addc(&j.text, '\n');
	fputs(md_buf_str(&j.text), out);
	md_arena_free(mem);
}

static bool
with_facts(const struct md_report *report, const struct md_style *style)
{
	return report->subject->kind->terse ? style->verbose : !style->brief;
}

void
md_render_json(const struct md_report *report, const struct md_style *style, FILE *out)
{
	render(report, true, with_facts(report, style), out);
}

void
md_render_jsonl(const struct md_report *report, const struct md_style *style, FILE *out)
{
	render(report, false, with_facts(report, style), out);
}
