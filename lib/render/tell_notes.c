/* Notes: records, tables and trees that are worth seeing beside the findings. */
#include "render/tell.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"

/* With a fault to mend one wants to see the whole; else only on request. */
static bool
useful(const struct md_result *result, const struct md_style *style)
{
	return result->notes != NULL &&
	       (style->verbose || result->verdict == MD_WARN || result->verdict == MD_FAIL);
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

/* Does the branch at this level go on below the line? */
static bool
goes_on(const struct md_note *line, size_t left, unsigned level)
{
	while (left-- > 0) {
		line = line->next;
		if (level_of(line) <= level)
			return level_of(line) == level;
	}
	return false;
}

static void
put_branches(const struct md_page *page, const struct md_note *line, size_t left)
{
	static const char *const drawn[2][4] = {
		{ "   ", "|  ", "`- ", "|- " },
		{ "   ", "│  ", "└─ ", "├─ " },
	};
	const unsigned level = level_of(line);

	for (unsigned i = 1; i <= level; i++) {
		const unsigned shape = (i == level ? 2u : 0u) + goes_on(line, left, i);

		md_page_put(page, MD_FAINT, drawn[page->utf8][shape]);
	}
}

static void
put_lines(const struct md_page *page, struct lines lines)
{
	const struct md_note *line = lines.first;

	for (size_t left = lines.n; left-- > 0; line = line->next) {
		const unsigned level = level_of(line), indent = 4 + 3 * level;

		md_page_blank(page, 4);
		put_branches(page, line, left);
		md_page_wrap(page, indent, indent + 2, line->text + 2 * (size_t)level);
	}
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
put_title(const struct md_page *page, const struct md_result *result)
{
	putc('\n', page->out);
	md_page_put(page, MD_STRONG, result->check->title);
	putc('\n', page->out);
}

static void
put_label(const struct md_page *page, struct lines lines)
{
	unsigned at = 4;

	md_page_blank(page, 2);
	at += md_page_put(page, MD_LABEL, lines.first->label);
	if (lines.n > 1) {
		putc('\n', page->out);
		put_lines(page, lines);
	} else {
		md_page_blank(page, 2);
		md_page_wrap(page, at, 6, lines.first->text);
	}
}

static void
put_notes(const struct md_page *page, const struct md_result *result)
{
	const struct md_note *n = result->notes;
	bool titled = false;

	while (n != NULL) {
		const struct lines lines = lines_from(n);
		const bool known = lines.n == 1 && shown(page->mem, result, n);

		if (!known && !titled)
			put_title(page, result);
		if (!known)
			put_label(page, lines);
		titled = titled || !known;
		for (size_t i = 0; i < lines.n; i++)
			n = n->next;
	}
}

void
md_text_notes(const struct md_page *page, const struct md_report *report,
              const struct md_style *style)
{
	for (size_t i = 0; i < report->nresults; i++)
		if (report->shown.spf != NULL || useful(&report->results[i], style))
			put_notes(page, &report->results[i]);
}
