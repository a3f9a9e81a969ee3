/* A document as text: what is about a line stands further in, and what is too long is broken.
 */
#include "doc/draw.h"

#include "base/arena.h"
#include "base/escape.h"
#include "doc/page.h"
#include "maildiag.h"

enum { WIDTH = 80, WORD = 4, GAP = 2, BODY = WORD + GAP, STEP = 2 };

/* ---- spans ---- */

static const char *
tick(const struct md_page *page, enum md_ink ink)
{
	switch (ink) {
	case MD_GOOD:
		return page->utf8 ? "✓" : "+";
	case MD_REMARK:
		return "i";
	case MD_RISK:
		return "!";
	case MD_DOUBT:
		return "?";
	default:
		return page->utf8 ? "✗" : "x";
	}
}

static const char *
shown(const struct md_page *page, const struct md_doc_span *span)
{
	switch (span->kind) {
	case MD_WORD:
		return md_word(span->ink);
	case MD_TICK:
		return tick(page, span->ink);
	case MD_RULE:
		return md_printf(page->mem, " [%s]", span->text);
	default:
		return span->text;
	}
}

static const char *
joined(const struct md_page *page, const struct md_doc_span *spans)
{
	struct md_buf out = { .mem = page->mem };

	if (spans == NULL)
		return "";
	if (spans->next == NULL)
		return shown(page, spans);
	for (; spans != NULL; spans = spans->next)
		md_buf_add(&out, md_str(shown(page, spans)));
	return md_buf_str(&out);
}

/* ---- text ---- */

/* From column `at` on, where we stand; further lines begin at another. */
static void
draw_flow(const struct md_page *page, const struct md_doc_text *text, unsigned at,
          unsigned further)
{
	const char *rest = joined(page, text->rest);

	for (const struct md_doc_span *s = text->lead; s != NULL; s = s->next) {
		if (s->kind == MD_RULE)
			at += md_page_put(page, s->ink,
			                  md_printf(page->mem, "  [%s]", s->text));
		else
			at += md_page_put(page, s->ink, shown(page, s));
	}
	switch (text->flow) {
	case MD_WHOLE:
		md_page_put(page, MD_PLAIN, rest);
		putc('\n', page->out);
		break;
	case MD_CUT:
		md_page_fit(page, at, rest);
		break;
	default:
		md_page_wrap(page, at, further, rest);
		break;
	}
}

/* Returns the columns that marks take. */
static unsigned
draw_mark(const struct md_page *page, const struct md_doc_span *mark)
{
	if (mark == NULL)
		return 0;
	if (mark->kind == MD_WORD) {
		md_page_field(page, mark->ink, WORD, md_word(mark->ink));
		return BODY;
	}
	md_page_put(page, mark->ink, shown(page, mark));
	md_page_blank(page, 1);
	return 2;
}

static void
draw_line(const struct md_page *page, const struct md_doc_text *text, unsigned indent)
{
	unsigned at = indent;

	md_page_blank(page, indent);
	at += draw_mark(page, text->mark);
	draw_flow(page, text, at, at + (text->flow == MD_HANGING ? STEP : 0));
}

static void
draw_headline(const struct md_page *page, const struct md_doc_text *text, unsigned indent)
{
	md_page_blank(page, indent);
	draw_flow(page, text, indent + draw_mark(page, text->mark), indent + BODY);
}

/* ---- tables ---- */

static const char *
cell_text(const struct md_page *page, const struct md_doc_cell *cell)
{
	const char *lead = joined(page, cell->text.lead), *rest = joined(page, cell->text.rest);

	return rest[0] == '\0' ? lead : md_printf(page->mem, "%s%s", lead, rest);
}

/* The widest of a column's cells, within its bounds; the last cell of a row is none of them. */
static unsigned
width_of(const struct md_page *page, const struct md_doc_table *table, size_t column)
{
	const struct md_doc_column *c = &table->columns[column];
	unsigned width = c->width;

	for (const struct md_doc_row *row = table->rows; row != NULL && c->most > 0;
	     row = row->next) {
		const struct md_doc_cell *cell = row->cells;
		unsigned here;

		for (size_t i = 0; i < column && cell != NULL; i++)
			cell = cell->next;
		if (cell == NULL || cell->next == NULL)
			continue;
		here = md_escape_width(md_str(cell_text(page, cell)));
		if (here > width)
			width = here < c->most ? here : c->most;
	}
	return width;
}

/* Of a path the end is telling, of a domain too. */
static const char *
end_of(const struct md_page *page, const char *text, unsigned width)
{
	const size_t len = strlen(text);

	return len <= width ? text : md_printf(page->mem, "...%s", text + len - width + 3);
}

static void
draw_cell(const struct md_page *page, const struct md_doc_column *column, unsigned width,
          const struct md_doc_cell *cell)
{
	const struct md_doc_span *first =
	        cell->text.lead != NULL ? cell->text.lead : cell->text.rest;
	const enum md_ink ink = first != NULL ? first->ink : MD_PLAIN;
	const char *text = cell_text(page, cell);
	const unsigned len = md_escape_width(md_str(text));

	if (column->figures) {
		md_page_blank(page, len < width ? width - len : 0);
		md_page_put(page, ink, text);
	} else if (column->tight) {
		const unsigned taken = md_page_put(page, ink, text);

		md_page_blank(page, (taken < width ? width - taken : 0) + 1);
	} else {
		md_page_field(page, ink, width, column->end ? end_of(page, text, width) : text);
	}
}

/* Blanks between a column and the one before it; numbers have theirs on the left. */
static unsigned
gap_before(const struct md_doc_table *table, size_t column)
{
	return column > 0 && table->columns[column - 1].figures &&
	                       !table->columns[column].figures
	               ? GAP
	               : 0;
}

static unsigned
taken_by(const struct md_doc_column *column, unsigned width)
{
	return column->figures ? width : width + (column->tight ? 1 : GAP);
}

static void draw_blocks(const struct md_page *page, const struct md_doc_block *b,
                        unsigned indent);

static void
draw_row(const struct md_page *page, const struct md_doc_table *table, const unsigned *widths,
         const struct md_doc_row *row, unsigned indent)
{
	const struct md_doc_cell *cell = row->cells;
	unsigned at = indent, line = indent; /* line: behind the numbers it begins with */

	md_page_blank(page, indent);
	for (size_t i = 0; cell != NULL; i++, cell = cell->next) {
		md_page_blank(page, gap_before(table, i));
		at += gap_before(table, i);
		if (gap_before(table, i) > 0)
			line = at;
		if (cell->next == NULL) {
			draw_flow(page, &cell->text, at,
			          at + (cell->text.flow == MD_HANGING ? STEP : 0));
			break;
		}
		draw_cell(page, &table->columns[i], widths[i], cell);
		at += taken_by(&table->columns[i], widths[i]);
	}
	draw_blocks(page, row->inner, line);
}

static void
draw_table(const struct md_page *page, const struct md_doc_table *table, unsigned indent)
{
	unsigned *widths = md_alloc(page->mem, table->n * sizeof(*widths));

	for (size_t i = 0; i < table->n; i++)
		widths[i] = width_of(page, table, i);
	for (const struct md_doc_row *row = table->rows; row != NULL; row = row->next)
		draw_row(page, table, widths, row, indent);
}

/* ---- trees ---- */

/* Does the branch at this level go on below the line? */
static bool
goes_on(const struct md_doc_branch *line, unsigned level)
{
	for (line = line->next; line != NULL; line = line->next)
		if (line->level <= level)
			return line->level == level;
	return false;
}

static void
draw_branch(const struct md_page *page, const struct md_doc_branch *line, unsigned indent)
{
	static const char *const drawn[2][4] = {
		{ "   ", "|  ", "`- ", "|- " },
		{ "   ", "│  ", "└─ ", "├─ " },
	};
	const unsigned at = indent + 3 * line->level;

	md_page_blank(page, indent);
	for (unsigned i = 1; i <= line->level; i++) {
		const unsigned shape = (i == line->level ? 2u : 0u) + goes_on(line, i);

		md_page_put(page, MD_FAINT, drawn[page->utf8][shape]);
	}
	md_page_wrap(page, at, at + STEP, line->text);
}

/* A single line stands beside its label. */
static void
draw_tree(const struct md_page *page, const struct md_doc_block *b, unsigned indent)
{
	const struct md_doc_branch *line = b->branches;
	unsigned at = indent;

	md_page_blank(page, indent);
	at += md_page_put(page, MD_LABEL, b->label);
	if (line != NULL && line->next == NULL) {
		md_page_blank(page, GAP);
		md_page_wrap(
		        page, at + GAP, indent + 2 * STEP,
		        md_printf(page->mem, "%*s%s", (int)(2 * line->level), "", line->text));
		return;
	}
	putc('\n', page->out);
	for (; line != NULL; line = line->next)
		draw_branch(page, line, indent + STEP);
}

/* ---- the whole ---- */

/* At the edge of the page and unbroken: a blank before a name means something in a zone file.
 */
static void
draw_record(const struct md_page *page, const char *lines)
{
	struct md_str rest = md_str(lines), line;

	while (md_str_cut(&rest, '\n', &line)) {
		md_page_put(page, MD_COPY, md_strndup(page->mem, line.p, line.len));
		putc('\n', page->out);
	}
}

static void
draw_container(const struct md_page *page, const struct md_doc_block *b, unsigned indent)
{
	if (b->kind == MD_DOC_SECTION || b->kind == MD_DOC_FOLDED)
		putc('\n', page->out);
	if (b->kind == MD_DOC_FOLDED)
		draw_line(page, &b->text, indent);
	indent += b->kind == MD_DOC_BODY ? BODY : b->kind == MD_DOC_INSET ? STEP : 0;
	draw_blocks(page, b->inner, indent);
}

static void
draw_block(const struct md_page *page, const struct md_doc_block *b, unsigned indent)
{
	switch (b->kind) {
	case MD_DOC_HEADLINE:
		draw_headline(page, &b->text, indent);
		break;
	case MD_DOC_HEADING:
	case MD_DOC_LINE:
		draw_line(page, &b->text, indent);
		break;
	case MD_DOC_TABLE:
		draw_table(page, &b->table, indent);
		break;
	case MD_DOC_TREE:
		draw_tree(page, b, indent);
		break;
	case MD_DOC_EXCERPT:
		if (b->escaped)
			md_page_point_shown(page, indent + STEP, b->shown, b->offset, b->len);
		else
			md_page_point(page, indent + STEP, b->shown, b->offset, b->len);
		break;
	case MD_DOC_RECORD:
		draw_record(page, b->lines);
		break;
	default:
		draw_container(page, b, indent);
		break;
	}
}

static void
draw_blocks(const struct md_page *page, const struct md_doc_block *b, unsigned indent)
{
	for (; b != NULL; b = b->next)
		draw_block(page, b, indent);
}

void
md_draw_text(const struct md_doc *d, const struct md_style *style, FILE *out)
{
	const struct md_page page = {
		.mem = d->mem,
		.out = out,
		.columns = style->columns > 0 ? style->columns : WIDTH,
		.colour = style->colour,
		.utf8 = style->utf8,
	};

	draw_blocks(&page, d->first, 0);
}
