/* The gate's report for people: the verdict, what is new and where, what is fixed or open. */
#include <string.h>

#include "base/arena.h"
#include "doc/draw.h"
#include "gate/render.h"
#include "render/tell.h"

static const char *
place_of(struct md_arena *mem, const struct md_notice *row)
{
	if (row->file[0] == '\0')
		return "";
	return row->line > 0 ? md_printf(mem, "%s:%u: ", row->file, row->line)
	                     : md_printf(mem, "%s: ", row->file);
}

static void
tell_evidence(struct md_doc *d, const struct md_notice *row)
{
	const bool told =
	        strstr(row->evidence, row->about) != NULL || strcmp(row->about, row->file) == 0;
	const char *about = told ? "" : row->about;
	struct md_doc_text *line = md_doc_line(d, MD_HANGING);

	md_doc_lead_as(d, line, MD_CODE, MD_STRONG, place_of(d->mem, row));
	if (strcmp(row->subject, row->file) != 0 && strstr(row->about, row->subject) == NULL &&
	    strstr(row->evidence, row->subject) == NULL)
		md_doc_lead_as(d, line, MD_FOREIGN, MD_PLAIN,
		               md_printf(d->mem, "%s: ", row->subject));
	md_doc_add(d, line, MD_FOREIGN,
	           md_printf(d->mem, "%s%s%s", about, about[0] != '\0' ? ": " : "",
	                     row->evidence));
}

static const char *
remark(struct md_arena *mem, const struct md_notice *row)
{
	if (row->waived[0] != '\0')
		return md_printf(mem, "  (waived: %s)", row->waived);
	if (row->novelty == MD_NOVELTY_NONE)
		return "  (not known whether it is new)";
	return row->novelty == MD_UNCHANGED ? "  (unchanged)" : "";
}

static void
tell_title(struct md_doc *d, const struct md_notice *row)
{
	struct md_doc_text *title = md_doc_mark(d, md_doc_line(d, MD_WHOLE), MD_WORD,
	                                        md_verdict_ink(row->severity), "");

	md_doc_lead(d, title, MD_STRONG, row->title[0] != '\0' ? row->title : "Not known");
	if (row->rule[0] != '\0')
		md_doc_lead_as(d, title, MD_RULE, MD_FAINT, row->rule);
	md_doc_lead(d, title, MD_FAINT, remark(d->mem, row));
}

static void
tell_row(struct md_doc *d, const struct md_notice *row)
{
	md_doc_open(d, MD_DOC_SECTION);
	tell_title(d, row);
	md_doc_open(d, MD_DOC_BODY);
	tell_evidence(d, row);
	if (row->waived[0] == '\0') {
		md_doc_labelled(d, "Fix:", MD_WORDS, row->fix);
		if (row->record[0] != '\0')
			md_tell_record(d, row->record);
	}
	md_doc_close(d);
	md_doc_close(d);
}

static bool
is_told(const struct md_notice *row)
{
	return row->kind == MD_NOTICE_FINDING && row->novelty != MD_FIXED;
}

static void
tell_findings(struct md_doc *d, const struct md_notices *rows)
{
	static const enum md_verdict order[] = { MD_FAIL, MD_WARN, MD_INFO };

	for (size_t s = 0; s < MD_COUNT(order); s++)
		for (size_t i = 0; i < rows->n; i++)
			if (is_told(&rows->all[i]) && rows->all[i].severity == order[s])
				tell_row(d, &rows->all[i]);
}

/* Those that are told in a line each, after a word. */
static const struct md_doc_column columns[] = { { .width = 6 }, { 0 } };

static void
tell_line(struct md_doc *d, struct md_doc_table *table, enum md_ink ink, const char *word,
          const char *text)
{
	struct md_doc_row *row = md_doc_row(d, table);

	md_doc_put(d, row, ink, word);
	md_doc_add(d, md_doc_cell(d, row, MD_FLUSH), MD_FOREIGN, text);
}

static void
tell_fixed(struct md_doc *d, const struct md_notices *rows)
{
	struct md_doc_table *table = NULL;

	for (size_t i = 0; i < rows->n; i++) {
		const struct md_notice *row = &rows->all[i];

		if (row->kind != MD_NOTICE_FINDING || row->novelty != MD_FIXED)
			continue;
		if (table == NULL) {
			md_doc_open(d, MD_DOC_SECTION);
			table = md_doc_table(d, columns, 2);
		}
		tell_line(d, table, MD_GOOD, "fixed",
		          md_printf(d->mem, "%s: %s [%s]", row->about, row->title, row->rule));
	}
	if (table != NULL)
		md_doc_close(d);
}

/* What is no fact about a domain is its own subject. */
static const char *
gap_line(struct md_arena *mem, const struct md_notice *row)
{
	if (strcmp(row->subject, row->about) == 0)
		return md_printf(mem, "%s: %s", row->about, row->evidence);
	return md_printf(mem, "%s (%s): %s: %s", row->subject, row->check_title, row->about,
	                 row->evidence);
}

static void
tell_unknown(struct md_doc *d, const struct md_notices *rows)
{
	struct md_doc_table *table = NULL;

	for (size_t i = 0; i < rows->n; i++) {
		const struct md_notice *row = &rows->all[i];

		if (row->kind != MD_NOTICE_GAP || row->again)
			continue;
		if (table == NULL) {
			md_doc_open(d, MD_DOC_SECTION);
			md_doc_say(d, MD_WHOLE, "Not known, and it may matter:");
			table = md_doc_table(d, columns, 2);
		}
		tell_line(d, table, MD_RISK, row->novelty == MD_UNCHANGED ? "as before" : "?",
		          gap_line(d->mem, row));
	}
	if (table != NULL)
		md_doc_close(d);
}

void
md_gate_text(const struct md_notices *rows, const struct md_style *style, FILE *out)
{
	struct md_doc *d = md_doc_new(rows->mem);
	const enum md_ink ink = md_gate_stops(rows) ? MD_BAD
	                        : !rows->complete   ? MD_RISK
	                                            : MD_GOOD;

	md_doc_lead(d, md_doc_headline(d, MD_WHOLE), ink, rows->headline);
	if (!style->quiet) {
		tell_findings(d, rows);
		tell_unknown(d, rows);
		tell_fixed(d, rows);
	}
	md_draw_text(d, style, out);
}
