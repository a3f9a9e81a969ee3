/* The text report: for a person at two in the morning. */
#include "render/render.h"

#include "base/arena.h"
#include "doc/draw.h"
#include "render/subjects.h"
#include "render/tell.h"

/* The part that the report is about, if it is about nothing else. */
static const struct md_report_part *
leading_part(const struct md_report *report, const struct md_told_subject *subject)
{
	const struct md_report_part *const *part = subject->parts;

	while (*part != NULL &&
	       ((*part)->headline == NULL || md_report_part(report, *part) == NULL))
		part++;
	return *part;
}

static void
tell_part(struct md_doc *d, const struct md_report *report, const struct md_style *style,
          const struct md_report_part *part)
{
	const struct md_report_part *const parts[] = { part, NULL };

	part->headline(d, report, style, md_report_part(report, part));
	if (style->quiet)
		return;
	md_tell_middle(d, report, parts, style->verbose);
	md_tell_notes(d, report, true);
	if (style->verbose)
		md_tell_facts(d, report);
	md_tell_plan(d, report);
}

static void
tell(struct md_doc *d, const struct md_report *report, const struct md_style *style)
{
	const struct md_told_subject *subject = md_told_subject(report->subject->kind);
	const struct md_report_part *leading = leading_part(report, subject);

	if (subject->row != NULL && style->table != MD_TABLE_NONE) {
		subject->row(d, report, style->table == MD_TABLE_FIRST);
	} else if (leading != NULL) {
		tell_part(d, report, style, leading);
	} else {
		subject->headline(d, report, style);
		if (!style->quiet)
			subject->tell(d, report, style->verbose);
	}
}

void
md_render_text(const struct md_report *report, const struct md_style *style, FILE *out)
{
	struct md_arena *mem = md_arena_new();
	struct md_doc *d = md_doc_new(mem);

	tell(d, report, style);
	md_draw_text(d, style, out);
	md_arena_free(mem);
}
