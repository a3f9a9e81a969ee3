/* The JSON report, schema maildiag-report/1 (docs/FORMATS.md): everything, for programs. */
#include "report/render.h"

#include <string.h>
#include <time.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/name.h"
#include "check.h"
#include "fact/fact_json.h"
#include "report/escape.h"
#include "report/json_spf.h"

/* Text that should be clean already; what is not is escaped rather than refused by jansson. */
static json_t *
text(struct md_arena *mem, const char *s)
{
	return json_string(md_escape(mem, md_str(s), true));
}

static void
set(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static json_t *
whole(size_t n)
{
	return json_integer((json_int_t)n);
}

static json_t *
texts(struct md_arena *mem, size_t n, const char *const *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, text(mem, list[i]));
	return array;
}

static json_t *
tool(void)
{
	json_t *o = json_object();

	set(o, "name", json_string("maildiag"));
	set(o, "version", json_string(md_version()));
	return o;
}

static json_t *
addresses(struct md_arena *mem, const struct md_subject *s)
{
	json_t *array = json_array();

	for (size_t i = 0; i < s->nips; i++)
		json_array_append_new(array, json_string(md_addr_print(mem, s->ips[i])));
	return array;
}

static const char *
role_name(enum md_role role)
{
	static const char *const names[] = {
		[MD_ROLE_UNKNOWN] = "unknown",
		[MD_ROLE_FULL] = "sends-and-receives",
		[MD_ROLE_SENDS_ONLY] = "sends-only",
		[MD_ROLE_PARKED] = "parked",
	};

	return names[role];
}

static json_t *
subject(struct md_arena *mem, const struct md_report *report)
{
	const struct md_subject *s = report->subject;
	const char *unicode = md_name_unicode(mem, s->domain);
	json_t *o = json_object();

	set(o, "kind", json_string("domain"));
	set(o, "name", text(mem, s->domain));
	if (strcmp(unicode, s->domain) != 0)
		set(o, "unicode", text(mem, unicode));
	set(o, "role", json_string(role_name(report->role)));
	set(o, "role_why", text(mem, report->role_why));
	if (s->nips > 0)
		set(o, "ips", addresses(mem, s));
	if (s->mail_from[0] != '\0')
		set(o, "mail_from", text(mem, s->mail_from));
	if (s->helo[0] != '\0')
		set(o, "helo", text(mem, s->helo));
	if (s->nselectors > 0)
		set(o, "selectors", texts(mem, s->nselectors, s->selectors));
	return o;
}

/* RFC 3339, in UTC. */
static json_t *
moment(int64_t now)
{
	const time_t seconds = (time_t)now;
	char buf[sizeof("-2147483648-12-31T23:59:59Z")];
	struct tm tm;

	if (gmtime_r(&seconds, &tm) == NULL ||
	    strftime(buf, sizeof(buf), "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return json_null();
	return json_string(buf);
}

static json_t *
summary(const struct md_report *report)
{
	json_t *o = json_object(), *findings = json_object(), *checks = json_object();

	set(findings, "fail", whole(md_report_findings(report, MD_FAIL)));
	set(findings, "warn", whole(md_report_findings(report, MD_WARN)));
	set(findings, "info", whole(md_report_findings(report, MD_INFO)));
	set(checks, "fail", whole(md_report_checks(report, MD_FAIL)));
	set(checks, "warn", whole(md_report_checks(report, MD_WARN)));
	set(checks, "info", whole(md_report_checks(report, MD_INFO)));
	set(checks, "pass", whole(md_report_checks(report, MD_PASS)));
	set(checks, "unknown", whole(md_report_checks(report, MD_UNSURE)));
	set(o, "verdict", json_string(md_verdict_name(report->verdict)));
	set(o, "complete", json_boolean(report->complete));
	set(o, "findings", findings);
	set(o, "checks", checks);
	return o;
}

/* The text in presentation form, and the part meant counted in characters of that form. */
static json_t *
excerpt(struct md_arena *mem, const struct md_excerpt *e)
{
	const size_t offset = e->offset < e->text.len ? e->offset : e->text.len;
	const size_t room = e->text.len - offset;
	const struct md_str head = { e->text.p, offset };
	const struct md_str part = { e->text.p + offset, e->len < room ? e->len : room };
	json_t *o = json_object();

	set(o, "text", json_string(md_show(mem, e->text)));
	set(o, "offset", whole(strlen(md_show(mem, head))));
	set(o, "length", whole(strlen(md_show(mem, part))));
	return o;
}

/* A record is lines: those are kept, and each is clean. */
static json_t *
record(struct md_arena *mem, const char *lines)
{
	struct md_buf out = { .mem = mem };
	struct md_str rest = md_str(lines), line;

	if (lines[0] == '\0')
		return json_null();
	while (md_str_cut(&rest, '\n', &line))
		md_buf_printf(&out, "%s%s", out.len > 0 ? "\n" : "",
		              md_escape(mem, line, true));
	return json_string(md_buf_str(&out));
}

static json_t *
finding(struct md_arena *mem, const struct md_finding *f)
{
	json_t *o = json_object();

	set(o, "rule", json_string(f->rule->id));
	set(o, "severity", json_string(md_verdict_name(f->severity)));
	set(o, "title", json_string(f->rule->title));
	set(o, "subject", text(mem, f->subject));
	set(o, "evidence", text(mem, f->evidence));
	if (f->excerpt.text.p != NULL)
		set(o, "excerpt", excerpt(mem, &f->excerpt));
	set(o, "fix", json_string(f->rule->fix));
	set(o, "record", record(mem, f->record));
	set(o, "reference", json_string(f->rule->reference));
	if (f->ignored)
		set(o, "ignored", json_true());
	return o;
}

static json_t *
gap(struct md_arena *mem, const struct md_gap *g)
{
	json_t *o = json_object();

	set(o, "fact", text(mem, g->fact));
	set(o, "why", text(mem, g->why));
	set(o, "kind", json_string(g->kind == MD_INCONCLUSIVE ? "inconclusive" : "limit"));
	if (g->rule != NULL) {
		set(o, "rule", json_string(g->rule->id));
		set(o, "title", json_string(g->rule->title));
		set(o, "fix", json_string(g->rule->fix));
		set(o, "reference", json_string(g->rule->reference));
	}
	return o;
}

static json_t *
notes(struct md_arena *mem, const struct md_note *n)
{
	json_t *o = json_object();

	for (; n != NULL; n = n->next) {
		json_t *lines = json_object_get(o, n->label);

		if (lines == NULL) {
			lines = json_array();
			set(o, n->label, lines);
		}
		json_array_append_new(lines, text(mem, n->text));
	}
	return o;
}

static json_t *
check(struct md_arena *mem, const struct md_result *result)
{
	json_t *o = json_object(), *findings = json_array(), *gaps = json_array();

	for (const struct md_finding *f = result->findings; f != NULL; f = f->next)
		json_array_append_new(findings, finding(mem, f));
	for (const struct md_gap *g = result->gaps; g != NULL; g = g->next)
		json_array_append_new(gaps, gap(mem, g));
	set(o, "name", json_string(result->check->name));
	set(o, "title", json_string(result->check->title));
	set(o, "verdict", json_string(md_verdict_name(result->verdict)));
	set(o, "findings", findings);
	set(o, "notes", notes(mem, result->notes));
	set(o, "gaps", gaps);
	return o;
}

static void
set_checks(struct md_arena *mem, json_t *document, const struct md_report *report)
{
	json_t *checks = json_array(), *skipped = json_array();

	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_result *result = &report->results[i];
		json_t *o;

		if (result->skipped[0] == '\0') {
			json_array_append_new(checks, check(mem, result));
			continue;
		}
		o = json_object();
		set(o, "name", json_string(result->check->name));
		set(o, "why", text(mem, result->skipped));
		json_array_append_new(skipped, o);
	}
	set(document, "checks", checks);
	set(document, "skipped", skipped);
}

static json_t *
dns(struct md_arena *mem, const struct md_report *report)
{
	json_t *o = json_object(), *facts = json_array(), *resolvers = json_array();

	for (size_t i = 0; i < report->nfacts; i++) {
		const struct md_fact *fact = report->facts[i];

		if (fact->kind == MD_FACT_DNS)
			json_array_append_new(facts, md_fact_json(mem, (const void *)fact));
	}
	for (size_t i = 0; report->resolvers != NULL && report->resolvers[i] != NULL; i++)
		json_array_append_new(resolvers, text(mem, report->resolvers[i]));
	if (json_array_size(resolvers) > 0)
		json_object_set(o, "resolvers", resolvers);
	json_decref(resolvers);
	set(o, "facts", facts);
	return o;
}

/* What other verifiers conclude; there mostly is none. */
static void
set_opinions(json_t *document, const struct md_report *report)
{
	json_t *opinions = json_array();

	for (size_t i = 0; i < report->nfacts; i++) {
		const struct md_fact *fact = report->facts[i];

		if (fact->kind == MD_FACT_OPINION)
			json_array_append_new(opinions, md_opinion_json((const void *)fact));
	}
	if (json_array_size(opinions) > 0)
		json_object_set(document, "opinions", opinions);
	json_decref(opinions);
}

static void
dump(const struct md_report *report, size_t flags, FILE *out)
{
	struct md_arena *mem = md_arena_new();
	json_t *document = json_object();

	set(document, "schema", json_string("maildiag-report/1"));
	set(document, "tool", tool());
	set(document, "time", moment(report->now));
	set(document, "subject", subject(mem, report));
	set(document, "summary", summary(report));
	set_checks(mem, document, report);
	if (report->shown.spf != NULL)
		md_json_spf(mem, document, report->shown.spf);
	set(document, "dns", dns(mem, report));
	set_opinions(document, report);
	json_dumpf(document, out, flags);
	putc('\n', out);
	json_decref(document);
	md_arena_free(mem);
}

void
md_render_json(const struct md_report *report, const struct md_style *style, FILE *out)
{
	(void)style;
	dump(report, JSON_INDENT(2), out);
}

void
md_render_jsonl(const struct md_report *report, const struct md_style *style, FILE *out)
{
	(void)style;
	dump(report, JSON_COMPACT, out);
}
