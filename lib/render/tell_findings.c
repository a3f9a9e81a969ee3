/* The findings, worst first: what was seen where, how to mend it, which document says so. */
#include "render/tell.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"

enum { FEW = 8 };

/* What is one block of the page: the findings of one rule and severity within a check. */
struct block {
	const struct md_finding *first, *after;
	size_t n;
};

static bool
belongs(const struct md_finding *f, const struct md_finding *first)
{
	return f->rule == first->rule && f->severity == first->severity &&
	       f->ignored == first->ignored && f->follows == first->follows;
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
tell_title(struct md_doc *d, const struct md_finding *f)
{
	struct md_doc_text *title = md_doc_mark(d, md_doc_line(d, MD_WHOLE), MD_WORD,
	                                        md_verdict_ink(f->severity), "");

	md_doc_lead(d, title, MD_STRONG, f->rule->title);
	md_doc_lead_as(d, title, MD_RULE, MD_FAINT, f->rule->id);
	if (f->ignored)
		md_doc_lead(d, title, MD_FAINT, "  (ignored)");
}

static void
tell_evidence(struct md_doc *d, const struct md_finding *f)
{
	struct md_doc_text *line = md_doc_line(d, MD_HANGING);

	if (strstr(f->evidence, f->subject) == NULL)
		md_doc_lead_as(d, line, MD_FOREIGN, MD_PLAIN,
		               md_printf(d->mem, "%s: ", f->subject));
	md_doc_add(d, line, MD_FOREIGN, f->evidence);
	if (f->excerpt.text.p != NULL && f->excerpt.shown)
		md_doc_excerpt_shown(d, f->excerpt.text, f->excerpt.offset, f->excerpt.len);
	else if (f->excerpt.text.p != NULL)
		md_doc_excerpt(d, f->excerpt.text, f->excerpt.offset, f->excerpt.len);
}

static void
say_strongly(struct md_doc *d, const char *text)
{
	md_doc_lead(d, md_doc_line(d, MD_WHOLE), MD_STRONG, text);
}

void
md_tell_record(struct md_doc *d, const char *lines)
{
	say_strongly(d, "Publish:");
	md_doc_record(d, lines);
}

/* What somebody else would have to publish, in words; the domain's own is in the plan. */
static void
tell_records(struct md_doc *d, struct block block)
{
	const struct md_finding *f = block.first;
	bool planned = false;

	for (size_t i = 0; i < block.n; i++, f = f->next) {
		planned = planned || f->record[0] != '\0';
		if (f->ask[0] == '\0')
			continue;
		say_strongly(d, md_printf(d->mem, "Ask %s for:", f->ask_of));
		md_doc_record(d, f->ask);
	}
	if (planned)
		say_strongly(d, "Mended under \"What to publish\" below.");
}

/* The findings of one severity, in the order of the report. */
struct walk {
	const struct md_report *report;
	bool verbose;
};

/* Is it told below the finding that it follows from? */
static bool
is_below(const struct md_finding *f)
{
	return f->follows != NULL && f->follows->severity > MD_INFO && !f->follows->ignored &&
	       !f->ignored;
}

/* But for what a table tells. */
static void
tell_what_follows(struct md_doc *d, const struct walk *walk, const struct md_finding *of)
{
	const struct md_report *report = walk->report;

	for (size_t i = 0; i < report->nresults; i++) {
		if (report->results[i].tabled && !walk->verbose)
			continue;
		for (const struct md_finding *f = report->results[i].findings; f != NULL;
		     f = f->next) {
			struct md_doc_text *line;

			if (!is_below(f) || f->follows->rule != of->rule)
				continue;
			line = md_doc_line(d, MD_HANGING);
			md_doc_lead(d, line, MD_STRONG, "With it:");
			md_doc_add(d, line, MD_WORDS,
			           md_printf(d->mem, " %s: ", f->rule->title));
			md_doc_add(d, line, MD_FOREIGN, f->evidence);
			md_doc_add(d, line, MD_RULE, f->rule->id);
		}
	}
}

static void
tell_block(struct md_doc *d, struct block block, struct walk *walk)
{
	const bool verbose = walk->verbose;
	const size_t shown = verbose || block.n <= FEW ? block.n : FEW;
	const struct md_finding *f = block.first;

	md_doc_open(d, MD_DOC_SECTION);
	tell_title(d, f);
	md_doc_open(d, MD_DOC_BODY);
	for (size_t i = 0; i < shown; i++, f = f->next)
		tell_evidence(d, f);
	if (shown < block.n)
		md_doc_say(d, MD_WHOLE,
		           md_printf(d->mem, "and %zu more of the kind (-v shows all)",
		                     block.n - shown));
	md_doc_labelled(d, "Fix:", MD_WORDS, block.first->rule->fix);
	md_doc_labelled(d, "See:", MD_WORDS, block.first->rule->reference);
	tell_records(d, block);
	tell_what_follows(d, walk, block.first);
	md_doc_close(d);
	md_doc_close(d);
}

/* A remark is told in a line or two; its fix can be had with -v and from `explain`. */
static void
tell_remark(struct md_doc *d, struct block block)
{
	const struct md_finding *f = block.first;
	struct md_doc_text *line = md_doc_mark(d, md_doc_line(d, MD_FLUSH), MD_WORD,
	                                       md_verdict_ink(f->severity), "");

	md_doc_add(d, line, MD_WORDS, md_printf(d->mem, "%s: ", f->rule->title));
	md_doc_add(d, line, MD_FOREIGN, f->evidence);
	if (block.n > 1)
		md_doc_add(d, line, MD_WORDS,
		           md_printf(d->mem, " (and %zu more)", block.n - 1));
	md_doc_add(d, line, MD_RULE, f->rule->id);
}

static void
tell_severity(struct md_doc *d, struct walk *walk, enum md_verdict severity)
{
	const bool verbose = walk->verbose, remarks = severity <= MD_INFO && !verbose;
	bool begun = false;

	for (size_t i = 0; i < walk->report->nresults; i++) {
		const struct md_result *result = &walk->report->results[i];
		const struct md_finding *f = result->findings;
		struct block block;

		if (result->check->tabled && !verbose)
			continue;
		for (; f != NULL; f = block.after) {
			block = block_at(f);
			if (f->severity != severity || is_below(f) || (f->ignored && !verbose))
				continue;
			if (remarks && !begun)
				md_doc_open(d, MD_DOC_SECTION);
			begun = true;
			if (remarks)
				tell_remark(d, block);
			else
				tell_block(d, block, walk);
		}
	}
	if (remarks && begun)
		md_doc_close(d);
}

void
md_tell_findings(struct md_doc *d, const struct md_report *report, bool verbose)
{
	struct walk walk = { .report = report, .verbose = verbose };

	tell_severity(d, &walk, MD_FAIL);
	tell_severity(d, &walk, MD_WARN);
	tell_severity(d, &walk, MD_INFO);
	if (verbose)
		tell_severity(d, &walk, MD_PASS);
}
