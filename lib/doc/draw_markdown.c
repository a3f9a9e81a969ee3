/* A document as Markdown, for GitHub and GitLab: what is foreign stays text. */
#include "doc/draw.h"

#include <string.h>

#include "base/arena.h"
#include "base/escape.h"

enum { LONGEST = 300 }; /* foreign text in a span: people read less */

struct sheet {
	struct md_arena *mem;
	FILE *out;
	bool begun; /* there is something above */
};

/* ---- text ---- */

static size_t
longest_run(const char *text, char c)
{
	size_t longest = 0, n = 0;

	for (; *text != '\0'; text++) {
		n = *text == c ? n + 1 : 0;
		longest = n > longest ? n : longest;
	}
	return longest;
}

static void
put_times(FILE *out, char c, size_t n)
{
	while (n-- > 0)
		putc(c, out);
}

/*
 * In a code span nothing has a meaning, mentions and links neither; but a cell ends at each
 * pipe without a backslash, and renderers do not agree on two of them.
 */
static void
put_code(FILE *out, const char *text)
{
	const size_t fence = longest_run(text, '`') + 1;
	const bool padded = fence > 1 || text[0] == ' ';

	put_times(out, '`', fence);
	put_times(out, ' ', padded);
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '|')
			fputs(p > text && p[-1] == '\\' ? " \\" : "\\", out);
		putc(*p, out);
	}
	put_times(out, ' ', padded);
	put_times(out, '`', fence);
}

static void
put_escaped(FILE *out, struct md_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.p[i];

		if (c == '<' || c == '>' || c == '&')
			fputs(c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;", out);
		else
			fprintf(out, "%s%c", strchr("|*_`[]\\~#!$", c) != NULL ? "\\" : "", c);
	}
}

/* Words of our own, as they stand; addresses are not for writing to. */
static void
put_words(struct md_arena *mem, FILE *out, const char *text)
{
	struct md_str rest = md_str(text);

	while (rest.len > 0) {
		const size_t len = md_str_find(rest, ' ');
		const struct md_str word = { rest.p, len };

		if (md_str_find(word, '@') < word.len)
			put_code(out, md_strndup(mem, word.p, word.len));
		else
			put_escaped(out, word);
		if (len < rest.len)
			putc(' ', out);
		rest = md_str_skip(rest, len + 1);
	}
}

static size_t
hex_run(const char *text)
{
	size_t n = 0;

	while (md_is_hex(text[n]))
		n++;
	return n;
}

/* Would a renderer make something of what begins here: a link, an emoji, a reference? */
static bool
is_special(const char *p)
{
	const bool letter_before_digit =
	        p[0] >= 'A' && p[0] <= 'Z' && p[1] == '-' && md_is_digit(p[2]); /* GH-1 */

	if ((unsigned char)*p < 0x80 && !md_is_alnum(*p) &&
	    strchr(" .,;'\"()/-=+?:_<>", *p) == NULL)
		return true;
	if (*p == ':')
		return p[1] != ' ' && p[1] != '\0';
	return letter_before_digit || md_str_starts_nocase(md_str(p), "www.") ||
	       hex_run(p) >= 7; /* commits are linked by it */
}

static bool
is_prose(const char *text)
{
	for (; *text != '\0'; text++)
		if (is_special(text))
			return false;
	return true;
}

static const char *
shortened(struct md_arena *mem, const char *text)
{
	const struct md_str whole = md_str(text);
	size_t n = 0;

	while (n < whole.len && n < LONGEST)
		n += md_escape_step(md_str_skip(whole, n));
	return n < whole.len ? md_printf(mem, "%.*s...", (int)n, text) : text;
}

/* Nothing in somebody's record becomes markup, a link, a mention or another cell. */
static void
put_foreign(struct md_arena *mem, FILE *out, const char *text)
{
	const char *shown = shortened(mem, md_escape(mem, md_str(text), true));

	if (is_prose(shown))
		put_escaped(out, md_str(shown));
	else
		put_code(out, shown);
}

static const char *
sign(enum md_ink ink)
{
	switch (ink) {
	case MD_GOOD:
		return "✅";
	case MD_REMARK:
		return "ℹ️";
	case MD_RISK:
		return "⚠️";
	case MD_DOUBT:
		return "❔";
	default:
		return "❌";
	}
}

static void
draw_span(const struct sheet *s, const struct md_doc_span *span)
{
	switch (span->kind) {
	case MD_FOREIGN:
		put_foreign(s->mem, s->out, span->text);
		break;
	case MD_CODE:
		put_code(s->out, md_escape(s->mem, md_str(span->text), true));
		break;
	case MD_WORD:
		fputs(md_word(span->ink), s->out);
		break;
	case MD_TICK:
		fputs(sign(span->ink), s->out);
		break;
	default:
		put_words(s->mem, s->out, span->text);
		break;
	}
}

static void
draw_spans(const struct sheet *s, const struct md_doc_span *spans)
{
	for (const struct md_doc_span *span = spans; span != NULL; span = span->next) {
		const bool strong = span->ink == MD_STRONG && span->text[0] != '\0';

		if (span->kind == MD_RULE && span != spans)
			putc(' ', s->out);
		fputs(strong ? "**" : "", s->out);
		draw_span(s, span);
		fputs(strong ? "**" : "", s->out);
	}
}

static void
draw_text(const struct sheet *s, const struct md_doc_text *text)
{
	draw_spans(s, text->mark);
	fputs(text->mark != NULL ? " " : "", s->out);
	draw_spans(s, text->lead);
	draw_spans(s, text->rest);
}

/* ---- blocks ---- */

/* A block is told apart from the one above by an empty line. */
static void
begin(struct sheet *s)
{
	if (s->begun)
		putc('\n', s->out);
	s->begun = true;
}

static void
draw_line(struct sheet *s, const char *before, const struct md_doc_text *text)
{
	begin(s);
	fputs(before, s->out);
	draw_text(s, text);
	putc('\n', s->out);
}

static void
draw_cells(const struct sheet *s, const struct md_doc_row *row)
{
	putc('|', s->out);
	for (const struct md_doc_cell *cell = row->cells; cell != NULL; cell = cell->next) {
		const bool empty = cell->text.lead == NULL && cell->text.rest == NULL;

		putc(' ', s->out);
		draw_text(s, &cell->text);
		fputs(row->heading && empty ? "|" : " |", s->out);
	}
	putc('\n', s->out);
}

static void draw_blocks(struct sheet *, const struct md_doc_block *);

/* Below the first row there must be a rule; more about a row has no place but after them. */
static void
draw_table(struct sheet *s, const struct md_doc_table *table)
{
	begin(s);
	for (const struct md_doc_row *row = table->rows; row != NULL; row = row->next) {
		draw_cells(s, row);
		if (row != table->rows)
			continue;
		putc('|', s->out);
		for (size_t i = 0; i < table->n; i++)
			fputs("---|", s->out);
		putc('\n', s->out);
	}
	for (const struct md_doc_row *row = table->rows; row != NULL; row = row->next)
		draw_blocks(s, row->inner);
}

static void
draw_tree(struct sheet *s, const struct md_doc_block *b)
{
	begin(s);
	fputs("- ", s->out);
	put_words(s->mem, s->out, b->label);
	putc('\n', s->out);
	for (const struct md_doc_branch *line = b->branches; line != NULL; line = line->next) {
		fprintf(s->out, "%*s- ", (int)(2 * line->level + 2), "");
		put_foreign(s->mem, s->out, line->text);
		putc('\n', s->out);
	}
}

/* In a fence that is longer than any in the text. */
static void
draw_fenced(struct sheet *s, const char *lines)
{
	struct md_str rest = md_str(lines), line;
	size_t fence = longest_run(lines, '~') + 1;

	fence = fence < 3 ? 3 : fence;
	begin(s);
	put_times(s->out, '~', fence);
	putc('\n', s->out);
	while (md_str_cut(&rest, '\n', &line))
		fprintf(s->out, "%s\n", md_escape(s->mem, line, true));
	put_times(s->out, '~', fence);
	putc('\n', s->out);
}

static void
draw_excerpt(struct sheet *s, const struct md_doc_block *b)
{
	const size_t at = b->offset < b->shown.len ? b->offset : b->shown.len;
	const char *before = md_show(s->mem, (struct md_str){ b->shown.p, at });

	draw_fenced(s, md_printf(s->mem, "%s\n%*s^", md_show(s->mem, b->shown),
	                         (int)strlen(before), ""));
}

static void
draw_folded(struct sheet *s, const struct md_doc_block *b)
{
	begin(s);
	fputs("<details><summary>", s->out);
	draw_text(s, &b->text);
	fputs("</summary>\n", s->out);
	draw_blocks(s, b->inner);
	fputs("\n</details>\n", s->out);
}

static void
draw_block(struct sheet *s, const struct md_doc_block *b)
{
	switch (b->kind) {
	case MD_DOC_HEADLINE:
		draw_line(s, "### ", &b->text);
		break;
	case MD_DOC_HEADING:
	case MD_DOC_LINE:
		draw_line(s, "", &b->text);
		break;
	case MD_DOC_TABLE:
		draw_table(s, &b->table);
		break;
	case MD_DOC_TREE:
		draw_tree(s, b);
		break;
	case MD_DOC_EXCERPT:
		draw_excerpt(s, b);
		break;
	case MD_DOC_RECORD:
		draw_fenced(s, b->lines);
		break;
	case MD_DOC_FOLDED:
		draw_folded(s, b);
		break;
	default:
		draw_blocks(s, b->inner);
		break;
	}
}

static void
draw_blocks(struct sheet *s, const struct md_doc_block *b)
{
	for (; b != NULL; b = b->next)
		draw_block(s, b);
}

void
md_draw_markdown(const struct md_doc *d, FILE *out)
{
	struct sheet s = { .mem = d->mem, .out = out };

	draw_blocks(&s, d->first);
}
