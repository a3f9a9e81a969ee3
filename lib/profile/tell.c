/* What large providers would do with the message, and which of their rules decide. */
#include "base/arena.h"
#include "doc/doc.h"
#include "profile/json.h"
#include "report/part.h"
#include "json/write.h"

/* The mark of a requirement's state, or of a provider's. */
static enum md_ink
grade(enum md_requirement_state state, bool weak)
{
	if (state == MD_NOT_MET)
		return weak ? MD_RISK : MD_BAD;
	return state == MD_MET ? MD_GOOD : MD_DOUBT;
}

static void
tell_requirement(struct md_doc *d, const struct md_requirement *r)
{
	const char *reply = r->reply[0] != '\0' && r->state == MD_NOT_MET
	                            ? md_printf(d->mem, " [%s]", r->reply)
	                            : "";
	struct md_doc_text *line = md_doc_mark(d, md_doc_line(d, MD_HANGING), MD_TICK,
	                                       grade(r->state, r->bulk || r->advised), "");

	md_doc_add(d, line, MD_FOREIGN,
	           md_printf(d->mem, "%s%s%s%s%s", r->text, r->bulk ? " (in bulk)" : "",
	                     r->advised ? " (advised)" : "",
	                     r->why[0] != '\0' ? md_printf(d->mem, ": %s", r->why) : "",
	                     reply));
}

static void
tell_requirements(struct md_doc *d, struct md_doc_row *row, const struct md_profile *p)
{
	md_doc_open_row(d, row);
	md_doc_open(d, MD_DOC_INSET);
	md_doc_open(d, MD_DOC_INSET);
	for (size_t i = 0; i < p->n; i++)
		tell_requirement(d, &p->all[i]);
	md_doc_close(d);
	md_doc_close(d);
	md_doc_close(d);
}

static void
tell_profile(struct md_doc *d, struct md_doc_table *table, const struct md_profile *p,
             bool verbose)
{
	struct md_doc_row *row = md_doc_row(d, table);
	const enum md_ink ink = p->everyone == MD_MET && p->bulk == MD_NOT_MET
	                                ? MD_RISK
	                                : grade(p->everyone, false);

	md_doc_lead_as(d, md_doc_cell(d, row, MD_WHOLE), MD_TICK, ink, "");
	md_doc_put(d, row, MD_STRONG, p->name);
	md_doc_add(d, md_doc_cell(d, row, MD_FLUSH), MD_FOREIGN, p->outlook);
	if (verbose)
		tell_requirements(d, row, p);
}

static void
tell(struct md_doc *d, const struct md_report *report, const void *part, bool verbose)
{
	static const struct md_doc_column columns[] = {
		{ .width = 1, .tight = true },
		{ .width = 12 },
		{ 0 },
	};
	const struct md_profiles *profiles = part;
	struct md_doc_table *table;

	(void)report;
	if (profiles->n == 0)
		return;
	md_doc_open(d, MD_DOC_SECTION);
	md_doc_heading(d, "What providers publish, held against it");
	md_doc_open(d, MD_DOC_INSET);
	table = md_doc_table(d, columns, 3);
	for (size_t i = 0; i < profiles->n; i++)
		tell_profile(d, table, &profiles->all[i], verbose);
	md_doc_close(d);
	md_doc_close(d);
}

static void
put_json(struct md_json *j, const struct md_report *report, const void *part)
{
	(void)report;
	md_profiles_json(j, part);
}

const struct md_report_part md_part_profiles = {
	.name = "profiles",
	.place = MD_BELOW_FINDINGS,
	.tell = tell,
	.json = put_json,
};
