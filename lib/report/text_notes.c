/* Notes: records, tables and trees that are worth seeing beside the findings. */
#include "report/text.h"

#include <string.h>

#include "base/arena.h"
#include "check.h"

/* With a fault to mend one wants to see the whole; else only on request. */
static bool
useful(const struct md_result *result, const struct md_style *style)
{
	return result->notes != NULL &&
	       (style->verbose || result->verdict == MD_WARN || result->verdict == MD_FAIL);
}

/* A line that is too long goes on two columns deeper than it began. */
static void
put_line(const struct md_page *page, unsigned indent, const char *text)
{
	const unsigned lead = (unsigned)strspn(text, " ");

	md_page_blank(page, indent + lead);
	md_page_wrap(page, indent + lead, indent + lead + 2, text + lead);
}

static void
put_notes(const struct md_page *page, const struct md_result *result)
{
	putc('\n', page->out);
	md_page_put(page, MD_BOLD, result->check->title);
	putc('\n', page->out);
	for (const struct md_note *n = result->notes; n != NULL;) {
		const char *label = n->label;
		const bool several = n->next != NULL && strcmp(n->next->label, label) == 0;
		const unsigned taken = 2 + md_page_put(page, MD_PLAIN, "  ") +
		                       md_page_put(page, MD_BLUE, label);

		if (several)
			putc('\n', page->out);
		else
			md_page_blank(page, 2);
		if (!several)
			md_page_wrap(page, taken, 6, n->text);
		for (; n != NULL && strcmp(n->label, label) == 0; n = n->next)
			if (several)
				put_line(page, 4, n->text);
	}
}

void
md_text_notes(const struct md_page *page, const struct md_report *report,
              const struct md_style *style)
{
	for (size_t i = 0; i < report->nresults; i++)
		if (useful(&report->results[i], style))
			put_notes(page, &report->results[i]);
}
