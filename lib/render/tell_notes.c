/* Notes: records, tables and trees that are worth seeing beside the findings. */
#include "render/tell.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"

/* With a fault to mend one wants to see the whole; else only on request. */
static bool
useful(const struct md_result *result)
{
	return result->verdict == MD_WARN || result->verdict == MD_FAIL;
}

/* The lines of one label: as many from `first` on. */
struct lines {
	const struct md_note *first;
	size_t n;
};

static struct lines
lines_from(const struct md_note *first)
{
	struct lines lines = { first, 0 };

	for (const struct md_note *n = first; n != NULL; n = n->next) {
		if (strcmp(n->label, first->label) != 0)
			break;
		lines.n++;
	}
	return lines;
}

/* Two blanks in front of a line are one level of a tree. */
static unsigned
level_of(const struct md_note *line)
{
	return (unsigned)strspn(line->text, " ") / 2;
}

/* Has a finding shown this very text, with a caret under its fault? */
static bool
shown(struct md_arena *mem, const struct md_result *result, const struct md_note *note)
{
	for (const struct md_finding *f = result->findings; f != NULL; f = f->next)
		if (f->excerpt.text.p != NULL && f->severity > MD_INFO && !f->ignored &&
		    strcmp(md_show(mem, f->excerpt.text), note->text) == 0)
			return true;
	return false;
}

static void
tell_lines(struct md_doc *d, struct lines lines)
{
	struct md_doc_block *tree = md_doc_tree(d, lines.first->label);
	const struct md_note *line = lines.first;

	for (size_t left = lines.n; left-- > 0; line = line->next) {
		const unsigned level = level_of(line);

		md_doc_branch(d, tree, level, line->text + 2 * (size_t)level);
	}
}

static void
begin(struct md_doc *d, const struct md_result *result)
{
	md_doc_open(d, MD_DOC_SECTION);
	md_doc_heading(d, result->check->title);
	md_doc_open(d, MD_DOC_INSET);
}

static void
tell_notes(struct md_doc *d, const struct md_result *result)
{
	const struct md_note *n = result->notes;
	bool begun = false;

	while (n != NULL) {
		const struct lines lines = lines_from(n);
		const bool known = lines.n == 1 && shown(d->mem, result, n);

		if (!known && !begun)
			begin(d, result);
		if (!known)
			tell_lines(d, lines);
		begun = begun || !known;
		for (size_t i = 0; i < lines.n; i++)
			n = n->next;
	}
	if (!begun)
		return;
	md_doc_close(d);
	md_doc_close(d);
}

void
md_tell_notes(struct md_doc *d, const struct md_report *report, bool all)
{
	for (size_t i = 0; i < report->nresults; i++)
		if (all || useful(&report->results[i]))
			tell_notes(d, &report->results[i]);
}
