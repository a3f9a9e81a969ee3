/* The findings, worst first: what was seen where, how to mend it, which document says so. */
#include "render/tell.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"

enum { INDENT = 6, FEW = 8 };

/* What is one block of the page: the findings of one rule and severity within a check. */
struct block {
	const struct md_finding *first, *after;
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
	struct block block = { first, first, 0 };

	for (; block.after != NULL && belongs(block.after, first);
	     block.after = block.after->next)
		block.n++;
	return block;
}

static void
put_title(const struct md_page *page, const struct md_finding *f)
{
	md_page_field(page, md_text_ink(f->severity), 4, md_text_word(f->severity));
	md_page_put(page, MD_STRONG, f->rule->title);
	md_page_put(page, MD_FAINT, md_printf(page->mem, "  [%s]", f->rule->id));
	if (f->ignored)
		md_page_put(page, MD_FAINT, "  (ignored)");
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
		md_page_put(page, MD_COPY, md_strndup(page->mem, line.p, line.len));
		putc('\n', page->out);
	}
}

/* Records shown so far: several findings are often mended by the same one. */
struct told {
	const char **records;
	size_t n;
};

static bool
told_before(const struct told *told, const char *record)
{
	for (size_t i = 0; i < told->n; i++)
		if (strcmp(told->records[i], record) == 0)
			return true;
	return false;
}

static void
put_heading(const struct md_page *page, const char *heading)
{
	md_page_blank(page, INDENT);
	md_page_put(page, MD_STRONG, heading);
	putc('\n', page->out);
}

static void
put_records(const struct md_page *page, struct block block, struct told *told)
{
	const struct md_finding *f = block.first;
	bool any = false, fresh = false;

	for (size_t i = 0; i < block.n; i++, f = f->next) {
		any = any || f->record[0] != '\0';
		if (f->record[0] == '\0' || told_before(told, f->record))
			continue;
		if (!fresh)
			put_heading(page, "Publish:");
		fresh = true;
		put_lines(page, f->record);
		MD_PUSH(page->mem, told->records, told->n, f->record);
	}
	if (any && !fresh)
		put_heading(page, "Publish: the record shown above.");
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

static void
put_block(const struct md_page *page, struct block block, bool verbose, struct told *told)
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
	put_records(page, block, told);
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

/* The findings of one severity, in the order of the report. */
struct walk {
	const struct md_report *report;
	const struct md_style *style;
	struct told told;
};

static void
put_severity(const struct md_page *page, struct walk *walk, enum md_verdict severity)
{
	const bool verbose = walk->style->verbose, remarks = severity <= MD_INFO && !verbose;
	bool first = true;

	for (size_t i = 0; i < walk->report->nresults; i++) {
		const struct md_result *result = &walk->report->results[i];
		const struct md_finding *f = result->findings;
		struct block block;

		if (result->check->tabled && !verbose)
			continue;
		for (; f != NULL; f = block.after) {
			block = block_at(f);
			if (f->severity != severity || (f->ignored && !verbose))
				continue;
			if (remarks && first)
				putc('\n', page->out);
			first = false;
			if (remarks)
				put_remark(page, block);
			else
				put_block(page, block, verbose, &walk->told);
		}
	}
}

void
md_text_problems(const struct md_page *page, const struct md_report *report,
                 const struct md_style *style)
{
	struct walk walk = { .report = report, .style = style };

	put_severity(page, &walk, MD_FAIL);
	put_severity(page, &walk, MD_WARN);
	put_severity(page, &walk, MD_INFO);
	if (style->verbose)
		put_severity(page, &walk, MD_PASS);
}
