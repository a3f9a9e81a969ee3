/* The gate's verdict, and its report in JSON. */
#include "gate/render.h"

#include <string.h>

#include "base/arena.h"
#include "json/write.h"

bool
md_gate_stops(const struct md_notices *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->all[i].fails)
			return true;
	return false;
}

static bool
is_open(const struct md_notice *row)
{
	return row->kind == MD_NOTICE_GAP && row->novelty == MD_NEW;
}

bool
md_gate_is_unknown(const struct md_notices *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (is_open(&rows->all[i]))
			return true;
	return false;
}

/* ---- the headline ---- */

static bool
is_new(const struct md_notice *row, enum md_verdict severity)
{
	return row->kind == MD_NOTICE_FINDING && row->novelty == MD_NEW &&
	       row->waived[0] == '\0' && row->severity == severity;
}

static void
count(struct md_buf *out, const struct md_notices *rows, enum md_verdict severity,
      const char *word)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++)
		n += severity == MD_UNSURE ? is_open(&rows->all[i]) && !rows->all[i].again
		                           : is_new(&rows->all[i], severity);
	if (n > 0)
		md_buf_item(out, ", ", "%zu %s%s", n, word, n == 1 ? "" : "s");
}

static const char *
counts(const struct md_notices *rows)
{
	struct md_buf out = { .mem = rows->mem };

	count(&out, rows, MD_FAIL, "new failure");
	count(&out, rows, MD_WARN, "new warning");
	count(&out, rows, MD_INFO, "new remark");
	count(&out, rows, MD_UNSURE, "unknown");
	return md_buf_str(&out);
}

/* "example.com", "example.com and 2 more": those that `wanted` says. */
static const char *
subjects(const struct md_notices *rows, bool failing)
{
	const char *first = "", *last = "";
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++) {
		const struct md_notice *row = &rows->all[i];

		if ((failing && !row->fails) || strcmp(last, row->subject) == 0)
			continue;
		if (n++ == 0)
			first = row->subject;
		last = row->subject;
	}
	return n > 1 ? md_printf(rows->mem, "%s and %zu more", first, n - 1) : first;
}

void
md_gate_conclude(struct md_notices *rows)
{
	const char *say = counts(rows), *all = subjects(rows, false);
	const bool stops = md_gate_stops(rows);

	rows->complete = !md_gate_is_unknown(rows);
	rows->verdict = rows->complete ? MD_PASS : MD_UNSURE;
	for (size_t i = 0; i < rows->n; i++)
		for (enum md_verdict v = MD_INFO; v <= MD_FAIL; v++)
			if (is_new(&rows->all[i], v) && v > rows->verdict)
				rows->verdict = v;
	if (stops)
		rows->headline = md_printf(rows->mem, "STOP: this change breaks mail of %s: %s",
		                           subjects(rows, true), say);
	else if (!rows->complete)
		rows->headline = md_printf(rows->mem,
		                           "unknown: what this change does to mail of %s could "
		                           "not all be found out: %s",
		                           all, say);
	else if (all[0] == '\0')
		rows->headline = "go ahead: nothing in it changes the DNS";
	else if (say[0] != '\0')
		rows->headline =
		        md_printf(rows->mem, "go ahead: mail of %s still works: %s", all, say);
	else
		rows->headline = md_printf(
		        rows->mem, "go ahead: nothing new is wrong with mail of %s", all);
}

/* ---- JSON ---- */

static const char *
novelty_name(enum md_novelty novelty)
{
	static const char *const names[] = {
		[MD_NOVELTY_NONE] = "unknown",
		[MD_NEW] = "new",
		[MD_FIXED] = "fixed",
		[MD_UNCHANGED] = "unchanged",
	};

	return names[novelty];
}

static void
put_row(struct md_json *j, const struct md_notice *row)
{
	md_json_open(j, NULL, '{');
	md_json_clean(j, "kind", row->kind == MD_NOTICE_GAP ? "gap" : "finding");
	md_json_clean(j, "novelty", novelty_name(row->novelty));
	md_json_text(j, "subject", row->subject);
	md_json_text(j, "check", row->check);
	md_json_text(j, "rule", row->rule);
	md_json_clean(j, "severity", md_verdict_name(row->severity));
	md_json_text(j, "title", row->title);
	md_json_text(j, "about", row->about);
	md_json_text(j, "evidence", row->evidence);
	md_json_text(j, "fix", row->fix);
	md_json_text(j, "reference", row->reference);
	md_json_text(j, "record", row->record);
	md_json_text(j, "file", row->file);
	if (row->line > 0)
		md_json_count(j, "line", row->line);
	else
		md_json_null(j, "line");
	md_json_text(j, "waived", row->waived);
	md_json_bool(j, "fails", row->fails);
	md_json_close(j, '}');
}

static void
put_domains(struct md_json *j, const struct md_notices *rows)
{
	const char *last = "";

	md_json_open(j, "subjects", '[');
	for (size_t i = 0; i < rows->n; i++) {
		if (strcmp(rows->all[i].subject, last) == 0)
			continue;
		last = rows->all[i].subject;
		md_json_text(j, NULL, last);
	}
	md_json_close(j, ']');
}

static void
put_rows(struct md_json *j, const struct md_notices *rows)
{
	md_json_open(j, "rows", '[');
	for (size_t i = 0; i < rows->n; i++)
		if (rows->all[i].kind == MD_NOTICE_FINDING ||
		    rows->all[i].kind == MD_NOTICE_GAP)
			put_row(j, &rows->all[i]);
	md_json_close(j, ']');
}

void
md_gate_json(const struct md_notices *rows, bool one_line, FILE *out)
{
	struct md_json j = { .text.mem = rows->mem, .indented = !one_line };

	md_json_open(&j, NULL, '{');
	md_json_clean(&j, "schema", "maildiag-gate/1");
	md_json_clean(&j, "version", md_version());
	md_json_clean(&j, "outcome",
	              md_gate_stops(rows) ? "stop"
	              : !rows->complete   ? "unknown"
	                                  : "go");
	md_json_clean(&j, "verdict", md_verdict_name(rows->verdict));
	md_json_bool(&j, "complete", rows->complete);
	md_json_text(&j, "headline", rows->headline);
	put_domains(&j, rows);
	put_rows(&j, rows);
	md_json_close(&j, '}');
	md_buf_addc(&j.text, '\n');
	fputs(md_buf_str(&j.text), out);
}
