/* The findings, worst first: what was seen where, how to mend it, which document says so. */
#include "report/text.h"

#include <string.h>

#include "base/arena.h"
#include "check.h"

enum { INDENT = 6, FEW = 8 };

/* What is one block of the page: the findings of one rule and severity within a check. */
struct block {
	const struct md_finding *first;
	size_t n;
};

static bool
belongs(const struct md_finding *f, const struct md_finding *first)
{
	return f->rule == first->rule && f->severity == first->severity &&
	       f->ignored == first->ignored;
}

static struct block
block_at(const struct md_finding *first)
{
	struct block block = { first, 0 };

	for (const struct md_finding *f = first; f != NULL && belongs(f, first); f = f->next)
		block.n++;
	return block;
}

static void
put_title(const struct md_page *page, const struct md_finding *f)
{
	md_page_field(page, md_text_ink(f->severity), 4, md_text_word(f->severity));
	md_page_put(page, MD_BOLD, f->rule->title);
	md_page_put(page, MD_DIM, md_printf(page->mem, "  [%s]", f->rule->id));
	if (f->ignored)
		md_page_put(page, MD_DIM, "  (ignored)");
	putc('\n', page->out);
}

static void
put_evidence(const struct md_page *page, const struct md_finding *f)
{
	unsigned at = INDENT;

	md_page_blank(page, INDENT);
	if (strstr(f->evidence, f->subject) == NULL)
		at += md_page_put(page, MD_PLAIN, md_printf(page->mem, "%s: ", f->subject));
	md_page_wrap(page, at, INDENT + 2, f->evidence);
	if (f->excerpt.text.p != NULL)
		md_page_point(page, INDENT + 2, f->excerpt.text, f->excerpt.offset,
		              f->excerpt.len);
}

/* At the edge of the page and unbroken: a blank before a name means something in a zone file.
 */
static void
put_lines(const struct md_page *page, const char *lines)
{
	struct md_str rest = md_str(lines), line;

	while (md_str_cut(&rest, '\n', &line)) {
		md_page_put(page, MD_GREEN, md_strndup(page->mem, line.p, line.len));
		putc('\n', page->out);
	}
}

static bool
published_before(struct block block, const struct md_finding *f)
{
	for (const struct md_finding *g = block.first; g != f; g = g->next)
		if (strcmp(g->record, f->record) == 0)
			return true;
	return false;
}

static void
put_records(const struct md_page *page, struct block block)
{
	const struct md_finding *f = block.first;
	bool titled = false;

	for (size_t i = 0; i < block.n; i++, f = f->next) {
		if (f->record[0] == '\0' || published_before(block, f))
			continue;
		if (!titled) {
			md_page_blank(page, INDENT);
			md_page_put(page, MD_BOLD, "Publish:");
			putc('\n', page->out);
		}
		titled = true;
		put_lines(page, f->record);
	}
}

static void
put_labelled(const struct md_page *page, const char *label, const char *text)
{
	unsigned at = INDENT;

	if (text[0] == '\0')
		return;
	md_page_blank(page, INDENT);
	at += md_page_put(page, MD_BOLD, label) + 1;
	md_page_blank(page, 1);
	md_page_wrap(page, at, INDENT + 2, text);
}

static void
put_block(const struct md_page *page, struct block block, bool verbose)
{
	const size_t shown = verbose || block.n <= FEW ? block.n : FEW;
	const struct md_finding *f = block.first;

	putc('\n', page->out);
	put_title(page, f);
	for (size_t i = 0; i < shown; i++, f = f->next)
		put_evidence(page, f);
	if (shown < block.n) {
		md_page_blank(page, INDENT);
		fprintf(page->out, "and %zu more of the kind (-v shows all)\n",
		        block.n - shown);
	}
	put_labelled(page, "Fix:", block.first->rule->fix);
	put_labelled(page, "See:", block.first->rule->reference);
	put_records(page, block);
}

/* A remark is told in a line or two; its fix can be had with -v and from `explain`. */
static void
put_remark(const struct md_page *page, struct block block)
{
	const struct md_finding *f = block.first;
	const char *more =
	        block.n > 1 ? md_printf(page->mem, " (and %zu more)", block.n - 1) : "";

	md_page_field(page, md_text_ink(f->severity), 4, md_text_word(f->severity));
	md_page_wrap(page, INDENT, INDENT,
	             md_printf(page->mem, "%s: %s%s [%s]", f->rule->title, f->evidence, more,
	                       f->rule->id));
}

static void
put_one(const struct md_page *page, struct block block, const struct md_style *style,
        bool first)
{
	if (block.first->severity > MD_INFO || style->verbose) {
		put_block(page, block, style->verbose);
		return;
	}
	if (first)
		putc('\n', page->out);
	put_remark(page, block);
}

static void
put_severity(const struct md_page *page, const struct md_report *report,
             enum md_verdict severity, const struct md_style *style)
{
	bool first = true;

	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_finding *f = report->results[i].findings;

		while (f != NULL) {
			const struct block block = block_at(f);

			for (size_t skip = 0; skip < block.n; skip++)
				f = f->next;
			if (block.first->severity != severity ||
			    (block.first->ignored && !style->verbose))
				continue;
			put_one(page, block, style, first);
			first = false;
		}
	}
}

void
md_text_problems(const struct md_page *page, const struct md_report *report,
                 const struct md_style *style)
{
	put_severity(page, report, MD_FAIL, style);
	put_severity(page, report, MD_WARN, style);
	put_severity(page, report, MD_INFO, style);
	if (style->verbose)
		put_severity(page, report, MD_PASS, style);
}
