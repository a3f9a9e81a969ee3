/* Gathers findings and gaps as rows. */
#include "report/outcomes.h"

#include <string.h>

#include "base/arena.h"
#include "check.h"
#include "report/outcomes_render.h"

struct md_outcomes *
md_outcomes_new(struct md_arena *mem)
{
	struct md_outcomes *o = md_alloc(mem, sizeof(*o));

	*o = (struct md_outcomes){
		.mem = mem, .headline = "", .verdict = MD_PASS, .complete = true
	};
	return o;
}

static const char *
kept(struct md_arena *mem, const char *text)
{
	return text != NULL && text[0] != '\0' ? md_strdup(mem, text) : "";
}

void
md_outcomes_add(struct md_outcomes *o, const struct md_outcome *row)
{
	struct md_outcome copy = *row;
	const char **texts[] = {
		&copy.subject, &copy.check,     &copy.check_title, &copy.rule,     &copy.title,
		&copy.fix,     &copy.reference, &copy.about,       &copy.evidence, &copy.record,
		&copy.file,    &copy.waived,
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		*texts[i] = kept(o->mem, *texts[i]);
	MD_PUSH(o->mem, o->all, o->n, copy);
}

/* ---- of a report ----------------------------------------------------------------------- */

bool
md_outcome_counts(enum md_verdict severity, const char *fail_on)
{
	static const struct {
		const char *word;
		enum md_verdict least;
	} levels[] = { { "fail", MD_FAIL }, { "warn", MD_WARN }, { "info", MD_INFO } };

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		if (strcmp(fail_on, levels[i].word) == 0)
			return severity >= levels[i].least && severity != MD_UNSURE;
	return false;
}

static void
add_finding(struct md_outcomes *o, struct md_outcome row, const struct md_finding *f,
            const char *fail_on)
{
	row.kind = MD_OUTCOME_FINDING;
	row.rule = f->rule->id;
	row.title = f->rule->title;
	row.fix = f->rule->fix;
	row.reference = f->rule->reference;
	row.severity = f->severity;
	row.about = f->subject;
	row.evidence = f->evidence;
	row.record = f->record;
	row.waived = f->ignored ? "--ignore" : "";
	row.fails = !f->ignored && md_outcome_counts(f->severity, fail_on);
	md_outcomes_add(o, &row);
}

static void
add_gap(struct md_outcomes *o, struct md_outcome row, const struct md_gap *g)
{
	row.kind = MD_OUTCOME_GAP;
	row.severity = MD_UNSURE;
	row.about = g->fact;
	row.evidence = g->why;
	if (g->rule != NULL) {
		row.rule = g->rule->id;
		row.title = g->rule->title;
		row.fix = g->rule->fix;
		row.reference = g->rule->reference;
	}
	md_outcomes_add(o, &row);
}

static void
add_result(struct md_outcomes *o, const char *subject, const struct md_result *result,
           const char *fail_on)
{
	const struct md_outcome row = {
		.subject = subject,
		.check = result->check->name,
		.check_title = result->check->title,
	};
	struct md_outcome whole = row;
	const size_t before = o->n;

	for (const struct md_finding *f = result->findings; f != NULL; f = f->next)
		if (f->severity > MD_PASS)
			add_finding(o, row, f, fail_on);
	for (const struct md_gap *g = result->gaps; g != NULL; g = g->next)
		if (g->kind == MD_INCONCLUSIVE)
			add_gap(o, row, g);
	if (o->n > before)
		return;
	whole.kind = result->skipped[0] != '\0' ? MD_OUTCOME_SKIPPED : MD_OUTCOME_PASS;
	whole.evidence = result->skipped;
	md_outcomes_add(o, &whole);
}

void
md_outcomes_add_report(struct md_outcomes *o, const struct md_report *report,
                       const char *fail_on)
{
	const struct md_subject *s = report->subject;
	const char *subject = s->message != NULL ? s->message_name : s->domain;

	for (size_t i = 0; i < report->nresults; i++)
		add_result(o, subject, &report->results[i], fail_on);
	if (report->verdict > o->verdict)
		o->verdict = report->verdict;
	o->complete = o->complete && report->complete;
}

/* ---- what the renderers ask ------------------------------------------------------------- */

const char *
md_outcome_text(struct md_arena *mem, const struct md_outcome *row)
{
	const char *title = row->title[0] != '\0' ? row->title : "Not known";
	const char *about = strstr(row->evidence, row->about) != NULL ? "" : row->about;

	return md_printf(mem, "%s: %s%s%s", title, about, about[0] != '\0' ? ": " : "",
	                 row->evidence);
}

const char *
md_outcome_fingerprint(struct md_arena *mem, const struct md_outcome *row)
{
	/* Not the evidence: the same fault stays the same when its numbers change. */
	return md_sha256_hex(mem, md_str(md_printf(mem, "%s\n%s\n%s", row->rule, row->subject,
	                                           row->about)));
}

bool
md_outcomes_render(const char *format, const struct md_outcomes *o, FILE *out)
{
	static const struct {
		const char *format;
		void (*render)(const struct md_outcomes *, FILE *);
	} all[] = {
		{ "markdown", md_render_markdown }, { "github", md_render_github },
		{ "junit", md_render_junit },       { "sarif", md_render_sarif },
		{ "gitlab", md_render_gitlab },     { "tap", md_render_tap },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		if (strcmp(format, all[i].format) == 0) {
			all[i].render(o, out);
			return true;
		}
	}
	return false;
}
