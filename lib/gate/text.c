/* The gate's report for people: the verdict, what is new and where, what is fixed, what is
 * open. */
#include <string.h>

#include "base/arena.h"
#include "gate/render.h"
#include "render/tell.h"

enum { INDENT = 6, WIDTH = 80 };

static const char *
place_of(struct md_arena *mem, const struct md_notice *row)
{
	if (row->file[0] == '\0')
		return "";
	return row->line > 0 ? md_printf(mem, "%s:%u: ", row->file, row->line)
	                     : md_printf(mem, "%s: ", row->file);
}

static void
put_labelled(const struct md_page *page, const char *label, const char *text)
{
	unsigned at = INDENT;

	if (text[0] == '\0')
		return;
	md_page_blank(page, INDENT);
	at += md_page_put(page, MD_STRONG, label) + 1;
	md_page_blank(page, 1);
	md_page_wrap(page, at, INDENT + 2, text);
}

/* At the edge of the page and unbroken, to be copied. */
static void
put_record(const struct md_page *page, const char *record)
{
	struct md_str rest = md_str(record), line;

	if (record[0] == '\0')
		return;
	md_page_blank(page, INDENT);
	md_page_put(page, MD_STRONG, "Publish:");
	putc('\n', page->out);
	while (md_str_cut(&rest, '\n', &line)) {
		md_page_put(page, MD_COPY, md_strndup(page->mem, line.p, line.len));
		putc('\n', page->out);
	}
}

static void
put_evidence(const struct md_page *page, const struct md_notice *row)
{
	const bool told =
	        strstr(row->evidence, row->about) != NULL || strcmp(row->about, row->file) == 0;
	const char *about = told ? "" : row->about;
	unsigned at = INDENT;

	md_page_blank(page, INDENT);
	at += md_page_put(page, MD_STRONG, place_of(page->mem, row));
	if (strcmp(row->subject, row->file) != 0 && strstr(row->about, row->subject) == NULL &&
	    strstr(row->evidence, row->subject) == NULL)
		at += md_page_put(page, MD_PLAIN, md_printf(page->mem, "%s: ", row->subject));
	md_page_wrap(page, at, INDENT + 2,
	             md_printf(page->mem, "%s%s%s", about, about[0] != '\0' ? ": " : "",
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
put_row(const struct md_page *page, const struct md_notice *row)
{
	putc('\n', page->out);
	md_page_field(page, md_text_ink(row->severity), 4, md_text_word(row->severity));
	md_page_put(page, MD_STRONG, row->title[0] != '\0' ? row->title : "Not known");
	if (row->rule[0] != '\0')
		md_page_put(page, MD_FAINT, md_printf(page->mem, "  [%s]", row->rule));
	md_page_put(page, MD_FAINT, remark(page->mem, row));
	putc('\n', page->out);
	put_evidence(page, row);
	if (row->waived[0] != '\0')
		return;
	put_labelled(page, "Fix:", row->fix);
	put_record(page, row->record);
}

static bool
is_told(const struct md_notice *row)
{
	return row->kind == MD_NOTICE_FINDING && row->novelty != MD_FIXED;
}

static void
put_findings(const struct md_page *page, const struct md_notices *rows)
{
	static const enum md_verdict order[] = { MD_FAIL, MD_WARN, MD_INFO };

	for (size_t s = 0; s < sizeof(order) / sizeof(*order); s++)
		for (size_t i = 0; i < rows->n; i++)
			if (is_told(&rows->all[i]) && rows->all[i].severity == order[s])
				put_row(page, &rows->all[i]);
}

static void
put_line(const struct md_page *page, const char *word, enum md_ink ink, const char *text)
{
	md_page_field(page, ink, INDENT, word);
	md_page_wrap(page, INDENT + 2, INDENT + 2, text);
}

static void
put_fixed(const struct md_page *page, const struct md_notices *rows)
{
	bool first = true;

	for (size_t i = 0; i < rows->n; i++) {
		const struct md_notice *row = &rows->all[i];

		if (row->kind != MD_NOTICE_FINDING || row->novelty != MD_FIXED)
			continue;
		if (first)
			putc('\n', page->out);
		first = false;
		put_line(
		        page, "fixed", MD_GOOD,
		        md_printf(page->mem, "%s: %s [%s]", row->about, row->title, row->rule));
	}
}

static void
put_unknown(const struct md_page *page, const struct md_notices *rows)
{
	bool first = true;

	for (size_t i = 0; i < rows->n; i++) {
		const struct md_notice *row = &rows->all[i];

		if (row->kind != MD_NOTICE_GAP || !md_gate_is_first(rows, i))
			continue;
		if (first)
			fputs("\nNot known, and it may matter:\n", page->out);
		first = false;
		put_line(page, row->novelty == MD_UNCHANGED ? "as before" : "?", MD_RISK,
		         md_printf(page->mem, "%s (%s): %s: %s", row->subject, row->check_title,
		                   row->about, row->evidence));
	}
}

void
md_gate_text(const struct md_notices *rows, const struct md_style *style, FILE *out)
{
	const struct md_page page = { .mem = rows->mem,
		                      .out = out,
		                      .columns = style->columns > 0 ? style->columns : WIDTH,
		                      .colour = style->colour,
		                      .utf8 = style->utf8 };

	md_page_put(&page,
	            md_gate_stops(rows) ? MD_BAD
	            : !rows->complete   ? MD_RISK
	                                : MD_GOOD,
	            rows->headline);
	putc('\n', out);
	if (style->quiet)
		return;
	put_findings(&page, rows);
	put_unknown(&page, rows);
	put_fixed(&page, rows);
}
