/* A document: what a report says, before a drawer decides how that looks in its format. */
#ifndef MD_DOC_H
#define MD_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "doc/ink.h"

struct md_arena;

/*
 * A tree of blocks, built from its beginning to its end by tellers, then walked by a drawer
 * (draw.h), to which it is constant.  It knows no columns, no colours and no markup.  All text
 * is taken as it is, not copied: it lives as long as the arena, and drawers escape it.
 */
struct md_doc {
	struct md_arena *mem;
	struct md_doc_block *first;
	struct md_doc_block **end;   /* where the next block goes */
	struct md_doc_block *inside; /* the container that is open; NULL: none */
};

/* ---- text ---- */

enum md_span_kind {
	MD_WORDS,   /* ours */
	MD_FOREIGN, /* evidence: there may be anything in it that somebody wrote */
	MD_CODE,    /* a file, a command */
	MD_RULE,    /* the id of a rule, which `maildiag explain` knows */
	MD_WORD,    /* a verdict in a word: its ink says which */
	MD_TICK,    /* a verdict in a sign: likewise */
};

/* "pass", "info", "warn", "?", "FAIL": the word of a verdict's ink, where text is drawn. */
const char *md_word(enum md_ink);

struct md_doc_span {
	struct md_doc_span *next;
	enum md_span_kind kind;
	enum md_ink ink;
	const char *text; /* "" for a verdict */
};

/* What becomes of text that is longer than a line. */
enum md_flow {
	MD_WHOLE,   /* it stays in one piece: a title, or something to copy */
	MD_FLUSH,   /* it goes on below: prose */
	MD_HANGING, /* likewise, a little further in: an entry of several */
	MD_CUT,     /* what fits is shown */
};

/* Spans: those in the lead are not broken; what follows them flows, and has no ink. */
struct md_doc_text {
	enum md_flow flow;
	struct md_doc_span *mark; /* before it, in a column of marks; or NULL */
	struct md_doc_span *lead, *rest;
};

/* Each adds a span at the end, and returns the text. */
struct md_doc_text *md_doc_lead(struct md_doc *, struct md_doc_text *, enum md_ink,
                                const char *text);
struct md_doc_text *md_doc_lead_as(struct md_doc *, struct md_doc_text *, enum md_span_kind,
                                   enum md_ink, const char *text);
struct md_doc_text *md_doc_add(struct md_doc *, struct md_doc_text *, enum md_span_kind,
                               const char *text);

/* A word or tick of a verdict, or a sign of one character (MD_WORDS), before the text. */
struct md_doc_text *md_doc_mark(struct md_doc *, struct md_doc_text *, enum md_span_kind,
                                enum md_ink, const char *text);

/* ---- tables ---- */

/*
 * Of each table the last cell of a row takes the rest of the line, whatever its column, and
 * flows.  Widths are for drawers that count columns: so that tables of one kind look alike.
 */
struct md_doc_column {
	unsigned width; /* at least so wide */
	unsigned most;  /* grows with what is in it up to this; 0: does not grow */
	bool figures;   /* numbers: they stand at the right */
	bool tight;     /* belongs to the next one */
	bool end;       /* of what is too long the end is shown, not all */
};

struct md_doc_cell {
	struct md_doc_cell *next;
	struct md_doc_text text;
};

struct md_doc_row {
	struct md_doc_row *next;
	bool heading;
	struct md_doc_cell *cells;
	struct md_doc_block *inner; /* more about this row, below it */
};

struct md_doc_table {
	size_t n;
	const struct md_doc_column *columns;
	struct md_doc_row *rows, **end;
};

/* ---- blocks ---- */

enum md_block_kind {
	MD_DOC_HEADLINE, /* the first line, which says it all */
	MD_DOC_HEADING,
	MD_DOC_LINE,
	MD_DOC_TABLE,   /* and lists of definitions, which are tables of two columns */
	MD_DOC_TREE,    /* a label, and lines one below another */
	MD_DOC_EXCERPT, /* of a foreign text, with a caret under the part that is meant */
	MD_DOC_RECORD,  /* lines to copy unchanged */
	/* Containers: */
	MD_DOC_SECTION, /* stands apart from what is before it */
	MD_DOC_BODY,    /* is about the marked line before it */
	MD_DOC_INSET,   /* a step further in */
	MD_DOC_FOLDED,  /* under a heading, for those who ask for it */
};

/* A line of a tree: `level` 0 is a trunk. */
struct md_doc_branch {
	struct md_doc_branch *next;
	unsigned level;
	const char *text;
};

struct md_doc_block {
	struct md_doc_block *next, *outer;
	enum md_block_kind kind;
	struct md_doc_text text; /* of headline, heading, line, folded */
	struct md_doc_table table;
	const char *label; /* of a tree */
	struct md_doc_branch *branches, **end;
	struct md_str shown; /* of an excerpt */
	size_t offset, len;
	bool escaped;
	const char *lines;            /* of a record: joined by \n */
	struct md_doc_block *inner;   /* of a container */
	struct md_doc_block **resume; /* where the next block goes once it is closed */
};

struct md_doc *md_doc_new(struct md_arena *);

/* Blocks that follow are inside the container until it is closed. */
struct md_doc_block *md_doc_open(struct md_doc *, enum md_block_kind);
void md_doc_close(struct md_doc *);

/* A line, a headline or a heading, to add spans to. */
struct md_doc_text *md_doc_line(struct md_doc *, enum md_flow);
struct md_doc_text *md_doc_headline(struct md_doc *, enum md_flow);
struct md_doc_text *md_doc_heading(struct md_doc *, const char *text);

/* A line of words of ours. */
void md_doc_say(struct md_doc *, enum md_flow, const char *text);

/* "Fix: ..."; nothing for the empty text. */
void md_doc_labelled(struct md_doc *, const char *label, enum md_span_kind, const char *text);

/* The columns must outlive the document. */
struct md_doc_table *md_doc_table(struct md_doc *, const struct md_doc_column *, size_t n);
struct md_doc_row *md_doc_row(struct md_doc *, struct md_doc_table *);

/* Blocks that follow are inside the row, below it, until md_doc_close. */
void md_doc_open_row(struct md_doc *, struct md_doc_row *);

/* A cell with nothing in it yet, or with text in one ink. */
struct md_doc_text *md_doc_cell(struct md_doc *, struct md_doc_row *, enum md_flow);
struct md_doc_text *md_doc_put(struct md_doc *, struct md_doc_row *, enum md_ink,
                               const char *text);

struct md_doc_block *md_doc_tree(struct md_doc *, const char *label);
void md_doc_branch(struct md_doc *, struct md_doc_block *tree, unsigned level,
                   const char *text);
void md_doc_excerpt(struct md_doc *, struct md_str text, size_t offset, size_t len);

/* Of a text in presentation form: a backslash in it is an escape already. */
void md_doc_excerpt_shown(struct md_doc *, struct md_str text, size_t offset, size_t len);
void md_doc_record(struct md_doc *, const char *lines);

#endif
