/* The JSON report, schema maildiag-report/1 (docs/FORMATS.md): everything, for programs. */
#include "report/render.h"

#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/name.h"
#include "check.h"
#include "fact/fact_json.h"
#include "mail/message.h"
#include "report/escape.h"
#include "report/json_kit.h"
#include "report/json_message.h"
#include "report/json_spf.h"

/* Text that should be clean already; what is not is escaped rather than refused by jansson. */
static json_t *
text(struct md_arena *mem, const char *s)
{
	return json_string(md_escape(mem, md_str(s), true));
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

	md_json_put(o, "name", json_string("maildiag"));
	md_json_put(o, "version", json_string(md_version()));
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

static void
set_domain(struct md_arena *mem, json_t *o, const struct md_report *report)
{
	const char *domain = report->subject->domain;
	const char *unicode = md_name_unicode(mem, domain);

	md_json_put(o, "kind", json_string("domain"));
	md_json_put(o, "name", text(mem, domain));
	if (strcmp(unicode, domain) != 0)
		md_json_put(o, "unicode", text(mem, unicode));
	md_json_put(o, "role", json_string(role_name(report->role)));
	md_json_put(o, "role_why", text(mem, report->role_why));
}

static void
set_field(struct md_arena *mem, json_t *o, const char *key, const struct md_field *f)
{
	if (f != NULL)
		md_json_put(o, key, text(mem, md_field_text(mem, f)));
}

static void
set_message(struct md_arena *mem, json_t *o, const struct md_subject *s)
{
	const struct md_message *m = s->message;

	md_json_put(o, "kind", json_string("message"));
	md_json_put(o, "name", text(mem, s->message_name));
	md_json_put(o, "sha256", json_string(md_message_sha256(mem, m)));
	md_json_put(o, "octets", whole(m->raw.len));
	md_json_put(o, "repairs", json_string(md_message_repairs(mem, m)));
	set_field(mem, o, "from", md_message_field(m, "From", NULL));
	set_field(mem, o, "subject", md_message_field(m, "Subject", NULL));
	set_field(mem, o, "date", md_message_field(m, "Date", NULL));
	set_field(mem, o, "message_id", md_message_field(m, "Message-ID", NULL));
}

static json_t *
subject(struct md_arena *mem, const struct md_report *report)
{
	const struct md_subject *s = report->subject;
	json_t *o = json_object();

	if (s->message != NULL)
		set_message(mem, o, s);
	else
		set_domain(mem, o, report);
	if (s->nips > 0)
		md_json_put(o, "ips", addresses(mem, s));
	if (s->mail_from[0] != '\0')
		md_json_put(o, "mail_from", text(mem, s->mail_from));
	if (s->helo[0] != '\0')
		md_json_put(o, "helo", text(mem, s->helo));
	if (s->nselectors > 0)
		md_json_put(o, "selectors", texts(mem, s->nselectors, s->selectors));
	return o;
}

static json_t *
summary(const struct md_report *report)
{
	json_t *o = json_object(), *findings = json_object(), *checks = json_object();

	md_json_put(findings, "fail", whole(md_report_findings(report, MD_FAIL)));
	md_json_put(findings, "warn", whole(md_report_findings(report, MD_WARN)));
	md_json_put(findings, "info", whole(md_report_findings(report, MD_INFO)));
	md_json_put(checks, "fail", whole(md_report_checks(report, MD_FAIL)));
	md_json_put(checks, "warn", whole(md_report_checks(report, MD_WARN)));
	md_json_put(checks, "info", whole(md_report_checks(report, MD_INFO)));
	md_json_put(checks, "pass", whole(md_report_checks(report, MD_PASS)));
	md_json_put(checks, "unknown", whole(md_report_checks(report, MD_UNSURE)));
	md_json_put(o, "verdict", json_string(md_verdict_name(report->verdict)));
	md_json_put(o, "complete", json_boolean(report->complete));
	md_json_put(o, "findings", findings);
	md_json_put(o, "checks", checks);
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

	md_json_put(o, "text", json_string(md_show(mem, e->text)));
	md_json_put(o, "offset", whole(strlen(md_show(mem, head))));
	md_json_put(o, "length", whole(strlen(md_show(mem, part))));
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

	md_json_put(o, "rule", json_string(f->rule->id));
	md_json_put(o, "severity", json_string(md_verdict_name(f->severity)));
	md_json_put(o, "title", json_string(f->rule->title));
	md_json_put(o, "subject", text(mem, f->subject));
	md_json_put(o, "evidence", text(mem, f->evidence));
	if (f->excerpt.text.p != NULL)
		md_json_put(o, "excerpt", excerpt(mem, &f->excerpt));
	md_json_put(o, "fix", json_string(f->rule->fix));
	md_json_put(o, "record", record(mem, f->record));
	md_json_put(o, "reference", json_string(f->rule->reference));
	if (f->ignored)
		md_json_put(o, "ignored", json_true());
	return o;
}

static json_t *
gap(struct md_arena *mem, const struct md_gap *g)
{
	json_t *o = json_object();

	md_json_put(o, "fact", text(mem, g->fact));
	md_json_put(o, "why", text(mem, g->why));
	md_json_put(o, "kind",
	            json_string(g->kind == MD_INCONCLUSIVE ? "inconclusive" : "limit"));
	if (g->rule != NULL) {
		md_json_put(o, "rule", json_string(g->rule->id));
		md_json_put(o, "title", json_string(g->rule->title));
		md_json_put(o, "fix", json_string(g->rule->fix));
		md_json_put(o, "reference", json_string(g->rule->reference));
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
			md_json_put(o, n->label, lines);
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
	md_json_put(o, "name", json_string(result->check->name));
	md_json_put(o, "title", json_string(result->check->title));
	md_json_put(o, "verdict", json_string(md_verdict_name(result->verdict)));
	md_json_put(o, "findings", findings);
	md_json_put(o, "notes", notes(mem, result->notes));
	md_json_put(o, "gaps", gaps);
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
		md_json_put(o, "name", json_string(result->check->name));
		md_json_put(o, "why", text(mem, result->skipped));
		json_array_append_new(skipped, o);
	}
	md_json_put(document, "checks", checks);
	md_json_put(document, "skipped", skipped);
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
	md_json_put(o, "facts", facts);
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

	md_json_put(document, "schema", json_string("maildiag-report/1"));
	md_json_put(document, "tool", tool());
	md_json_put(document, "time", md_json_time(report->now));
	md_json_put(document, "subject", subject(mem, report));
	md_json_put(document, "summary", summary(report));
	set_checks(mem, document, report);
	if (report->subject->message != NULL)
		md_json_message(mem, document, report);
	if (report->shown.spf != NULL)
		md_json_spf(mem, document, report->shown.spf);
	md_json_put(document, "dns", dns(mem, report));
	set_opinions(document, report);
	/* Scores have two decimals: 2.4, not 2.3999999999999999. */
	json_dumpf(document, out, flags | JSON_REAL_PRECISION(10));
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
