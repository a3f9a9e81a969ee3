/* What was changed after signing, for each signature that breaks on it. */
#include "base/arena.h"
#include "message/tell.h"
#include "repair/repair.h"

enum { INDENT = 6 };

static void
put_octets(const struct md_page *page, const char *label, const char *octets)
{
	if (octets[0] == '\0')
		return;
	md_page_blank(page, INDENT + 2);
	md_page_field(page, MD_FAINT, 7, label);
	md_page_fit(page, INDENT + 11, octets);
}

static void
put_change(const struct md_page *page, const struct md_dkim_change *change, bool several)
{
	/* Of a single one the finding says it. */
	if (several) {
		md_page_blank(page, INDENT);
		md_page_wrap(page, INDENT, INDENT + 2,
		             md_printf(page->mem, "%s.", change->what));
	}
	put_octets(page, "signed", change->before);
	put_octets(page, "now", change->after);
}

static void
put_diagnosis(const struct md_page *page, const struct md_dkim_diagnosis *d)
{
	const struct md_dkim_signature *s = d->verdict->signature;

	putc('\n', page->out);
	md_page_put(page, MD_STRONG,
	            md_printf(page->mem, "Changed since %s signed it (s=%s, line %zu)",
	                      s->domain, s->selector, d->verdict->field->line));
	putc('\n', page->out);
	for (size_t i = 0; i < d->n; i++)
		put_change(page, &d->changes[i], d->n > 1);
}

void
md_text_changes(const struct md_page *page, const struct md_report *report)
{
	const struct md_dkim_diagnoses *all = report->shown.diagnoses;

	for (size_t i = 0; all != NULL && i < all->n; i++)
		if (all->all[i].n > 0)
			put_diagnosis(page, &all->all[i]);
}
