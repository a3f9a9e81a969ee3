/* Building a document, block by block. */
#include "doc/doc.h"

#include "base/arena.h"

/* ---- text ---- */

const char *
md_word(enum md_ink ink)
{
	switch (ink) {
	case MD_GOOD:
		return "pass";
	case MD_REMARK:
		return "info";
	case MD_RISK:
		return "warn";
	case MD_DOUBT:
		return "?";
	default:
		return "FAIL";
	}
}

static void
append(struct md_doc *d, struct md_doc_span **list, struct md_doc_span span)
{
	while (*list != NULL)
		list = &(*list)->next;
	*list = md_alloc(d->mem, sizeof(**list));
	**list = span;
}

struct md_doc_text *
md_doc_lead_as(struct md_doc *d, struct md_doc_text *text, enum md_span_kind kind,
               enum md_ink ink, const char *words)
{
	append(d, &text->lead, (struct md_doc_span){ NULL, kind, ink, words });
	return text;
}

struct md_doc_text *
md_doc_lead(struct md_doc *d, struct md_doc_text *text, enum md_ink ink, const char *words)
{
	return md_doc_lead_as(d, text, MD_WORDS, ink, words);
}

struct md_doc_text *
md_doc_add(struct md_doc *d, struct md_doc_text *text, enum md_span_kind kind,
           const char *words)
{
	append(d, &text->rest, (struct md_doc_span){ NULL, kind, MD_PLAIN, words });
	return text;
}

struct md_doc_text *
md_doc_mark(struct md_doc *d, struct md_doc_text *text, enum md_span_kind kind, enum md_ink ink,
            const char *words)
{
	text->mark = NULL;
	append(d, &text->mark, (struct md_doc_span){ NULL, kind, ink, words });
	return text;
}

/* ---- blocks ---- */

struct md_doc *
md_doc_new(struct md_arena *mem)
{
	struct md_doc *d = md_alloc(mem, sizeof(*d));

	d->mem = mem;
	d->end = &d->first;
	return d;
}

static struct md_doc_block *
add_block(struct md_doc *d, enum md_block_kind kind)
{
	struct md_doc_block *b = md_alloc(d->mem, sizeof(*b));

	b->kind = kind;
	*d->end = b;
	d->end = &b->next;
	return b;
}

/* What follows goes to *begin, until the block is closed. */
static void
enter(struct md_doc *d, struct md_doc_block *b, struct md_doc_block **begin)
{
	b->outer = d->inside;
	b->resume = d->end;
	d->inside = b;
	d->end = begin;
}

struct md_doc_block *
md_doc_open(struct md_doc *d, enum md_block_kind kind)
{
	struct md_doc_block *b = add_block(d, kind);

	enter(d, b, &b->inner);
	return b;
}

void
md_doc_open_row(struct md_doc *d, struct md_doc_row *row)
{
	enter(d, md_alloc(d->mem, sizeof(struct md_doc_block)), &row->inner);
}

void
md_doc_close(struct md_doc *d)
{
	d->end = d->inside->resume;
	d->inside = d->inside->outer;
}

static struct md_doc_text *
add_text(struct md_doc *d, enum md_block_kind kind, enum md_flow flow)
{
	struct md_doc_block *b = add_block(d, kind);

	b->text.flow = flow;
	return &b->text;
}

struct md_doc_text *
md_doc_line(struct md_doc *d, enum md_flow flow)
{
	return add_text(d, MD_DOC_LINE, flow);
}

struct md_doc_text *
md_doc_headline(struct md_doc *d, enum md_flow flow)
{
	return add_text(d, MD_DOC_HEADLINE, flow);
}

struct md_doc_text *
md_doc_heading(struct md_doc *d, const char *words)
{
	return md_doc_lead(d, add_text(d, MD_DOC_HEADING, MD_WHOLE), MD_STRONG, words);
}

void
md_doc_say(struct md_doc *d, enum md_flow flow, const char *words)
{
	md_doc_add(d, md_doc_line(d, flow), MD_WORDS, words);
}

void
md_doc_labelled(struct md_doc *d, const char *label, enum md_span_kind kind, const char *words)
{
	struct md_doc_text *line;

	if (words[0] == '\0')
		return;
	line = md_doc_lead(d, md_doc_line(d, MD_HANGING), MD_STRONG, label);
	md_doc_add(d, md_doc_lead(d, line, MD_PLAIN, " "), kind, words);
}

/* ---- tables ---- */

struct md_doc_table *
md_doc_table(struct md_doc *d, const struct md_doc_column *columns, size_t n)
{
	struct md_doc_table *table = &add_block(d, MD_DOC_TABLE)->table;

	table->columns = columns;
	table->n = n;
	table->end = &table->rows;
	return table;
}

struct md_doc_row *
md_doc_row(struct md_doc *d, struct md_doc_table *table)
{
	struct md_doc_row *row = md_alloc(d->mem, sizeof(*row));

	*table->end = row;
	table->end = &row->next;
	return row;
}

struct md_doc_text *
md_doc_cell(struct md_doc *d, struct md_doc_row *row, enum md_flow flow)
{
	struct md_doc_cell **end = &row->cells;

	while (*end != NULL)
		end = &(*end)->next;
	*end = md_alloc(d->mem, sizeof(**end));
	(*end)->text.flow = flow;
	return &(*end)->text;
}

struct md_doc_text *
md_doc_put(struct md_doc *d, struct md_doc_row *row, enum md_ink ink, const char *words)
{
	return md_doc_lead(d, md_doc_cell(d, row, MD_WHOLE), ink, words);
}

/* ---- what is shown in one piece ---- */

struct md_doc_block *
md_doc_tree(struct md_doc *d, const char *label)
{
	struct md_doc_block *b = add_block(d, MD_DOC_TREE);

	b->label = label;
	b->end = &b->branches;
	return b;
}

void
md_doc_branch(struct md_doc *d, struct md_doc_block *tree, unsigned level, const char *words)
{
	struct md_doc_branch *branch = md_alloc(d->mem, sizeof(*branch));

	branch->level = level;
	branch->text = words;
	*tree->end = branch;
	tree->end = &branch->next;
}

static struct md_doc_block *
add_excerpt(struct md_doc *d, struct md_str text, size_t offset, size_t len)
{
	struct md_doc_block *b = add_block(d, MD_DOC_EXCERPT);

	b->shown = text;
	b->offset = offset;
	b->len = len;
	return b;
}

void
md_doc_excerpt(struct md_doc *d, struct md_str text, size_t offset, size_t len)
{
	add_excerpt(d, text, offset, len);
}

void
md_doc_excerpt_shown(struct md_doc *d, struct md_str text, size_t offset, size_t len)
{
	add_excerpt(d, text, offset, len)->escaped = true;
}

void
md_doc_record(struct md_doc *d, const char *lines)
{
	add_block(d, MD_DOC_RECORD)->lines = lines;
}
