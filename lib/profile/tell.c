/* What large providers would do with the message, and which of their rules decide. */
#include "base/arena.h"
#include "profile/profile.h"
#include "message/tell.h"

enum { NAME = 12 };

/* The mark of a requirement's state, or of a provider's. */
static enum md_verdict
grade(enum md_requirement_state state, bool weak)
{
	if (state == MD_NOT_MET)
		return weak ? MD_WARN : MD_FAIL;
	return state == MD_MET ? MD_PASS : MD_UNSURE;
}

static void
put_mark(const struct md_page *page, unsigned indent, enum md_verdict verdict)
{
	md_page_blank(page, indent);
	md_page_put(page, md_text_ink(verdict), md_text_mark(page, verdict));
	md_page_blank(page, 1);
}

static void
put_requirement(const struct md_page *page, const struct md_requirement *r)
{
	const char *reply = r->reply[0] != '\0' && r->state == MD_NOT_MET
	                            ? md_printf(page->mem, " [%s]", r->reply)
	                            : "";

	put_mark(page, 6, grade(r->state, r->bulk || r->advised));
	md_page_wrap(page, 8, 10,
	             md_printf(page->mem, "%s%s%s%s%s", r->text, r->bulk ? " (in bulk)" : "",
	                       r->advised ? " (advised)" : "",
	                       r->why[0] != '\0' ? md_printf(page->mem, ": %s", r->why) : "",
	                       reply));
}

static void
put_profile(const struct md_page *page, const struct md_profile *p, bool verbose)
{
	const enum md_verdict verdict = p->everyone == MD_MET && p->bulk == MD_NOT_MET
	                                        ? MD_WARN
	                                        : grade(p->everyone, false);

	put_mark(page, 2, verdict);
	md_page_field(page, MD_STRONG, NAME, p->name);
	md_page_wrap(page, 4 + NAME + 2, 4 + NAME + 2, p->outlook);
	for (size_t i = 0; i < p->n && verbose; i++)
		put_requirement(page, &p->all[i]);
}

void
md_text_profiles(const struct md_page *page, const struct md_report *report,
                 const struct md_style *style)
{
	const struct md_profiles *profiles = report->shown.profiles;

	if (profiles == NULL || profiles->n == 0)
		return;
	putc('\n', page->out);
	md_page_put(page, MD_STRONG, "What providers publish, held against it");
	putc('\n', page->out);
	for (size_t i = 0; i < profiles->n; i++)
		put_profile(page, &profiles->all[i], style->verbose);
}
