/* Many messages in a table: a line each. */
#include <string.h>

#include "base/arena.h"
#include "dmarc/message.h"
#include "envelope/envelope.h"
#include "mail/address.h"
#include "message/tell.h"

enum { NAME = 24, FROM = 24, WORD = 9 };

/* Of several signatures the best. */
static const char *
dkim(const struct md_dkim_verdicts *verdicts)
{
	if (verdicts == NULL)
		return "-";
	for (size_t i = 0; i < verdicts->n; i++)
		if (verdicts->all[i].result == MD_DKIM_PASS)
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
put_cell(const struct md_page *page, unsigned columns, const char *text, bool end)
{
	const size_t len = strlen(text);

	/* Of a path the end is telling, of a domain too. */
	if (end && len > columns)
		text = md_printf(page->mem, "...%s", text + len - columns + 3);
	md_page_field(page, MD_PLAIN, columns, text);
}

static void
put_heading(const struct md_page *page)
{
	md_page_blank(page, 6);
	put_cell(page, NAME, "message", false);
	put_cell(page, FROM, "from", false);
	put_cell(page, WORD, "SPF", false);
	put_cell(page, WORD, "DKIM", false);
	put_cell(page, WORD, "DMARC", false);
	md_page_put(page, MD_PLAIN, "what is wrong first");
	putc('\n', page->out);
}

void
md_text_summary(const struct md_page *page, const struct md_report *report, bool heading)
{
	const struct md_shown *shown = &report->shown;
	const char *why;
	const char *from = md_author_domain(page->mem, report->subject->message, &why);

	if (heading)
		put_heading(page);
	md_page_field(page, md_text_ink(report->verdict), 4, md_text_word(report->verdict));
	put_cell(page, NAME, report->subject->message_name, true);
	put_cell(page, FROM, from != NULL ? from : "-", true);
	put_cell(page, WORD, spf(shown->envelope_spf), false);
	put_cell(page, WORD, dkim(shown->dkim), false);
	put_cell(page, WORD,
	         shown->dmarc != NULL ? md_dmarc_result_name(shown->dmarc->result) : "-",
	         false);
	md_page_fit(page, 6 + NAME + FROM + 3 * WORD + 10, worst(report));
}
