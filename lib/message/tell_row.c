/* Many messages in a table: a line each. */
#include <string.h>

#include "base/arena.h"
#include "dmarc/message.h"
#include "envelope/envelope.h"
#include "mail/address.h"
#include "message/message.h"
#include "repair/signatures.h"

/* Of several signatures the best. */
static const char *
dkim(const struct md_signatures *signatures)
{
	const struct md_dkim_verdicts *verdicts;

	if (signatures == NULL)
		return "-";
	verdicts = signatures->verdicts;
	for (size_t i = 0; i < verdicts->n; i++)
		if (md_dkim_counts(&verdicts->all[i]))
			return "pass";
	return verdicts->n > 0 ? md_dkim_result_name(verdicts->all[0].result) : "none";
}

static const char *
spf(const struct md_envelope_spf *spf)
{
	if (spf == NULL)
		return "-";
	return spf->verdict != NULL ? md_spf_result_name(spf->verdict->result) : "unknown";
}

static const char *
worst(const struct md_report *report)
{
	const struct md_finding *worst = NULL;

	for (size_t i = 0; i < report->nresults; i++)
		for (const struct md_finding *f = report->results[i].findings; f != NULL;
		     f = f->next)
			if (!f->ignored && f->severity > MD_INFO &&
			    (worst == NULL || f->severity > worst->severity))
				worst = f;
	return worst != NULL ? worst->rule->title : "";
}

static void
tell_heading(struct md_doc *d, struct md_doc_table *table)
{
	static const char *const headings[] = {
		"", "message", "from", "SPF", "DKIM", "DMARC", "what is wrong first"
	};
	struct md_doc_row *row = md_doc_row(d, table);

	row->heading = true;
	for (size_t i = 0; i < MD_COUNT(headings); i++)
		md_doc_put(d, row, MD_PLAIN, headings[i]);
}

void
md_message_row(struct md_doc *d, const struct md_report *report, bool heading)
{
	static const struct md_doc_column columns[] = {
		{ .width = 4 },
		{ .width = 24, .end = true },
		{ .width = 24, .end = true },
		{ .width = 9 },
		{ .width = 9 },
		{ .width = 9 },
		{ 0 },
	};
	const struct md_dmarc_message *dmarc = md_report_part(report, &md_part_dmarc);
	const char *why;
	const char *from = md_author_domain(d->mem, report->subject->message, &why);
	struct md_doc_table *table = md_doc_table(d, columns, 7);
	struct md_doc_row *row;

	if (heading)
		tell_heading(d, table);
	row = md_doc_row(d, table);
	md_doc_lead_as(d, md_doc_cell(d, row, MD_WHOLE), MD_WORD,
	               md_verdict_ink(report->verdict), "");
	md_doc_put(d, row, MD_PLAIN, report->subject->message_name);
	md_doc_put(d, row, MD_PLAIN, from != NULL ? from : "-");
	md_doc_put(d, row, MD_PLAIN, spf(md_report_part(report, &md_part_envelope_spf)));
	md_doc_put(d, row, MD_PLAIN, dkim(md_report_part(report, &md_part_dkim)));
	md_doc_put(d, row, MD_PLAIN, dmarc != NULL ? md_dmarc_result_name(dmarc->result) : "-");
	md_doc_add(d, md_doc_cell(d, row, MD_CUT), MD_FOREIGN, worst(report));
}
