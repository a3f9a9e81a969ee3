/* How the signatures of a message are told: what was changed after signing, for each that
 * breaks on it. */
#include "base/arena.h"
#include "doc/doc.h"
#include "repair/signatures_json.h"
#include "report/part.h"
#include "json/write.h"

static void
tell_octets(struct md_doc *d, struct md_doc_table *table, const char *label, const char *octets)
{
	struct md_doc_row *row;

	if (octets[0] == '\0')
		return;
	row = md_doc_row(d, table);
	md_doc_put(d, row, MD_FAINT, label);
	md_doc_add(d, md_doc_cell(d, row, MD_CUT), MD_FOREIGN, octets);
}

static void
tell_change(struct md_doc *d, const struct md_dkim_change *change, bool several)
{
	static const struct md_doc_column columns[] = { { .width = 7 }, { 0 } };
	struct md_doc_table *table;

	/* Of a single one the finding says it. */
	if (several)
		md_doc_say(d, MD_HANGING, md_printf(d->mem, "%s.", change->what));
	md_doc_open(d, MD_DOC_INSET);
	table = md_doc_table(d, columns, 2);
	tell_octets(d, table, "signed", change->before);
	tell_octets(d, table, "now", change->after);
	md_doc_close(d);
}

static void
tell_diagnosis(struct md_doc *d, const struct md_dkim_diagnosis *diagnosis)
{
	const struct md_dkim_signature *s = diagnosis->verdict->signature;

	md_doc_open(d, MD_DOC_SECTION);
	md_doc_heading(d, md_printf(d->mem, "Changed since %s signed it (s=%s, line %zu)",
	                            s->domain, s->selector, diagnosis->verdict->field->line));
	md_doc_open(d, MD_DOC_BODY);
	for (size_t i = 0; i < diagnosis->n; i++)
		tell_change(d, &diagnosis->changes[i], diagnosis->n > 1);
	md_doc_close(d);
	md_doc_close(d);
}

static void
tell(struct md_doc *d, const struct md_report *report, const void *part, bool verbose)
{
	const struct md_signatures *signatures = part;
	const struct md_dkim_diagnoses *all = signatures->diagnoses;

	(void)report;
	(void)verbose;
	for (size_t i = 0; i < all->n; i++)
		if (all->all[i].n > 0 && !all->all[i].changes[0].signer)
			tell_diagnosis(d, &all->all[i]);
}

static void
put_json(struct md_json *j, const struct md_report *report, const void *part)
{
	(void)report;
	md_signatures_json(j, part);
}

const struct md_report_part md_part_dkim = {
	.name = "dkim",
	.place = MD_ABOVE_FINDINGS,
	.tell = tell,
	.json = put_json,
};
