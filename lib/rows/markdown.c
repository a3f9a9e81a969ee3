/* Notices for job summaries and pull-request comments: GitHub and GitLab Markdown. */
#include <string.h>

#include "base/arena.h"
#include "doc/draw.h"
#include "rows/render.h"

/* A comment holds 65,536 characters, a job summary a megabyte; people read less. */
enum { MOST_ROWS = 100, MOST_FIXES = 40, MOST_COLUMNS = 5 };

/* ---- the table ---- */

static const char *
mark(const struct md_notice *row)
{
	if (row->novelty == MD_FIXED)
		return "✅ fixed";
	if (row->kind == MD_NOTICE_GAP)
		return "❔ unknown";
	switch (row->severity) {
	case MD_FAIL:
		return "❌ fail";
	case MD_WARN:
		return "⚠️ warn";
	default:
		return "ℹ️ info";
	}
}

static void
tell_what(struct md_doc *d, struct md_doc_text *cell, const struct md_notice *row)
{
	md_doc_add(d, cell, MD_WORDS, md_notice_title(row));
	md_doc_add(d, cell, MD_WORDS, ": ");
	if (strstr(row->evidence, row->about) == NULL) {
		md_doc_add(d, cell, MD_FOREIGN, row->about);
		md_doc_add(d, cell, MD_WORDS, ": ");
	}
	md_doc_add(d, cell, MD_FOREIGN, row->evidence);
	if (row->waived[0] != '\0') {
		md_doc_add(d, cell, MD_WORDS, " (does not count: ");
		md_doc_add(d, cell, MD_FOREIGN, row->waived);
		md_doc_add(d, cell, MD_WORDS, ")");
	}
}

static void
tell_where(struct md_doc *d, struct md_doc_text *cell, const struct md_notice *row)
{
	if (row->file[0] != '\0')
		md_doc_add(d, cell, MD_CODE,
		           row->line > 0 ? md_printf(d->mem, "%s:%u", row->file, row->line)
		                         : row->file);
}

/* What columns there are: one that would be the same or empty in each row is left out. */
struct table {
	struct md_doc *d;
	struct md_doc_table *table;
	bool subjects, places;
};

static void
tell_row(const struct table *t, const struct md_notice *row)
{
	struct md_doc *d = t->d;
	struct md_doc_row *line = md_doc_row(d, t->table);

	md_doc_put(d, line, MD_PLAIN,
	           md_printf(d->mem, "%s%s", mark(row),
	                     row->novelty == MD_UNCHANGED ? ", as before" : ""));
	if (t->subjects)
		md_doc_add(d, md_doc_cell(d, line, MD_FLUSH), MD_FOREIGN, row->subject);
	tell_what(d, md_doc_cell(d, line, MD_FLUSH), row);
	if (t->places)
		tell_where(d, md_doc_cell(d, line, MD_FLUSH), row);
	md_doc_add(d, md_doc_cell(d, line, MD_FLUSH), MD_RULE, row->rule);
}

static void
tell_heading(const struct table *t)
{
	struct md_doc_row *line = md_doc_row(t->d, t->table);

	line->heading = true;
	md_doc_cell(t->d, line, MD_FLUSH);
	if (t->subjects)
		md_doc_put(t->d, line, MD_PLAIN, "Subject");
	md_doc_put(t->d, line, MD_PLAIN, "What");
	if (t->places)
		md_doc_put(t->d, line, MD_PLAIN, "Where");
	md_doc_put(t->d, line, MD_PLAIN, "Rule");
}

static void
tell_table(struct md_doc *d, const struct md_notice *const *told, size_t n, bool subjects)
{
	static const struct md_doc_column columns[MOST_COLUMNS] = { { 0 } };
	struct table t = { .d = d, .subjects = subjects };

	for (size_t i = 0; i < n; i++)
		t.places = t.places || told[i]->file[0] != '\0';
	t.table = md_doc_table(d, columns, 3u + t.subjects + t.places);
	tell_heading(&t);
	for (size_t i = 0; i < n && i < MOST_ROWS; i++)
		tell_row(&t, told[i]);
	if (n > MOST_ROWS)
		md_doc_say(
		        d, MD_FLUSH,
		        md_printf(d->mem, "%zu more are in the other formats.", n - MOST_ROWS));
}

/* ---- how to mend it ---- */

static bool
is_mended(const struct md_notice *row)
{
	return row->fix[0] != '\0' && row->severity >= MD_WARN && row->novelty != MD_FIXED &&
	       row->waived[0] == '\0';
}

/* A rule's advice once, with the records for all whom it concerns. */
static void
tell_fix(struct md_doc *d, const struct md_notice *const *told, size_t n)
{
	struct md_doc_text *line =
	        md_doc_lead(d, md_doc_line(d, MD_FLUSH), MD_STRONG, md_notice_title(told[0]));

	md_doc_add(d, line, MD_WORDS, ": ");
	md_doc_add(d, line, MD_WORDS, told[0]->fix);
	for (size_t i = 0; i < n; i++)
		if (is_mended(told[i]) && strcmp(told[i]->rule, told[0]->rule) == 0 &&
		    told[i]->record[0] != '\0')
			md_doc_record(d, told[i]->record);
}

static bool
was_told(const struct md_notice *const *told, size_t i)
{
	for (size_t before = 0; before < i; before++)
		if (is_mended(told[before]) && strcmp(told[before]->rule, told[i]->rule) == 0)
			return true;
	return false;
}

static void
tell_fixes(struct md_doc *d, const struct md_notice *const *told, size_t n)
{
	size_t fixes = 0;

	for (size_t i = 0; i < n && fixes < MOST_FIXES; i++) {
		if (!is_mended(told[i]) || was_told(told, i))
			continue;
		if (fixes++ == 0)
			md_doc_lead(d, &md_doc_open(d, MD_DOC_FOLDED)->text, MD_PLAIN,
			            "How to mend it");
		tell_fix(d, told + i, n - i);
	}
	if (fixes > 0)
		md_doc_close(d);
}

/* ---- the whole ---- */

static bool
is_one_subject(const struct md_notices *o)
{
	for (size_t i = 1; i < o->n; i++)
		if (strcmp(o->all[i].subject, o->all[0].subject) != 0)
			return false;
	return o->n > 0;
}

static void
tell_headline(struct md_doc *d, const struct md_notices *o, bool one_subject)
{
	struct md_doc_text *line = md_doc_headline(d, MD_FLUSH);

	md_doc_add(d, line, MD_WORDS, "maildiag: ");
	if (one_subject) {
		md_doc_add(d, line, MD_FOREIGN, o->all[0].subject);
		md_doc_add(d, line, MD_WORDS, ": ");
	}
	md_doc_add(d, line, MD_WORDS, md_verdict_name(o->verdict));
	md_doc_add(d, md_doc_line(d, MD_FLUSH), MD_FOREIGN, md_notices_headline(o));
}

void
md_render_markdown(const struct md_notices *o, FILE *out)
{
	struct md_doc *d = md_doc_new(o->mem);
	const bool one_subject = is_one_subject(o);
	size_t n;
	const struct md_notice *const *told = md_notices_told(o, false, &n);

	tell_headline(d, o, one_subject);
	if (n > 0)
		tell_table(d, told, n, !one_subject);
	tell_fixes(d, told, n < MOST_ROWS ? n : MOST_ROWS);
	md_draw_markdown(d, out);
}
