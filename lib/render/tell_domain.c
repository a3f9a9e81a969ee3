/* The verdict in plain words: what will happen to mail to and from the domain. */
#include "render/tell.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"
#include "base/name.h"

/*
 * How it stands with mail in one direction.  UNTOLD: no check looked at it; BLIND: none could
 * see anything from here (offline, no selector known).
 */
enum outlook { UNTOLD, BLIND, GOOD, WEAK, UNSURE, BAD };

/* A limit of what can be seen from here spoils no outlook that other checks give. */
static enum outlook
outlook_of(const struct md_result *result)
{
	enum outlook worst = result->verdict == MD_UNSURE ? BLIND : GOOD;

	for (const struct md_gap *g = result->gaps; g != NULL; g = g->next)
		if (g->kind == MD_INCONCLUSIVE)
			worst = UNSURE;
	for (const struct md_finding *f = result->findings; f != NULL; f = f->next) {
		if (f->ignored || f->severity < MD_WARN)
			continue;
		if (f->severity == MD_FAIL)
			return BAD;
		worst = worst > WEAK ? worst : WEAK;
	}
	return worst;
}

static bool
concerns(const struct md_result *result, enum md_way way)
{
	return result->skipped[0] == '\0' &&
	       (result->check->way == way || result->check->way == MD_BOTH_WAYS);
}

bool
md_text_concerns(const struct md_report *report, enum md_way way)
{
	for (size_t i = 0; i < report->nresults; i++)
		if (concerns(&report->results[i], way))
			return true;
	return false;
}

static enum outlook
outlook_for(const struct md_report *report, enum md_way way)
{
	enum outlook worst = UNTOLD;

	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_result *result = &report->results[i];
		enum outlook here;

		if (!concerns(result, way))
			continue;
		here = outlook_of(result);
		worst = here > worst ? here : worst;
	}
	return worst;
}

static const char *
parked(enum outlook in, enum outlook out)
{
	const enum outlook worst = in > out ? in : out;

	if (worst == UNSURE || worst == BLIND)
		return "it neither sends nor receives mail, but not all of its records could "
		       "be read";
	if (worst <= GOOD)
		return "it neither sends nor receives mail, and its records say so";
	return "it neither sends nor receives mail, but its records do not make that safe";
}

static const char *const outward[] = {
	[BLIND] = "mail from it cannot be judged from here",
	[GOOD] = "mail from it should be delivered",
	[WEAK] = "mail from it should be delivered, with some risk",
	[UNSURE] = "mail from it cannot be judged, for want of answers from the DNS",
	[BAD] = "mail from it may be refused or taken for spam",
};

static const char *const inward[] = {
	[BLIND] = "mail to it cannot be judged from here",
	[GOOD] = "mail to it should arrive",
	[WEAK] = "mail to it should arrive, with some risk",
	[UNSURE] = "mail to it cannot be judged, for want of answers from the DNS",
	[BAD] = "mail to it may not arrive",
};

static const char *
two_ways(struct md_arena *mem, enum outlook in, enum outlook out)
{
	if (in == UNSURE && out == UNSURE)
		return "mail to and from it cannot be judged, for want of answers from the DNS";
	if (in == GOOD && out == GOOD)
		return "mail to and from it should be delivered, as far as the DNS tells";
	if (in == WEAK && out == WEAK)
		return "mail to and from it should be delivered, with some risk";
	return md_printf(mem, "%s; %s", outward[out], inward[in]);
}

static const char *
outlook_text(struct md_arena *mem, const struct md_report *report)
{
	const enum outlook in = outlook_for(report, MD_INWARD);
	const enum outlook out = outlook_for(report, MD_OUTWARD);

	if (in == UNTOLD && out == UNTOLD)
		return "nothing was looked at that mail depends on";
	if (report->role == MD_ROLE_PARKED)
		return parked(in, out);
	if (in == UNTOLD)
		return outward[out];
	if (out == UNTOLD)
		return inward[in];
	if (report->role == MD_ROLE_SENDS_ONLY)
		return md_printf(mem, "%s; it receives none", outward[out]);
	return two_ways(mem, in, out);
}

static void
add_count(struct md_buf *list, size_t n, const char *one, const char *many)
{
	if (n > 0)
		md_buf_printf(list, "%s%s", list->len > 0 ? ", " : "",
		              md_text_count(list->mem, n, one, many));
}

const char *
md_text_counts(struct md_arena *mem, const struct md_report *report)
{
	struct md_buf list = { .mem = mem };

	add_count(&list, md_report_findings(report, MD_FAIL), "failure", "failures");
	add_count(&list, md_report_findings(report, MD_WARN), "warning", "warnings");
	add_count(&list, md_text_unknowns(report), "unknown", "unknowns");
	add_count(&list, md_report_findings(report, MD_INFO), "remark", "remarks");
	return list.len > 0 ? md_buf_str(&list) : "no remarks";
}

/* The name as people write it, and as the DNS has it where that differs. */
static const char *
both_names(const struct md_page *page, const char *name)
{
	const char *unicode = page->utf8 ? md_name_unicode(page->mem, name) : name;

	return strcmp(unicode, name) == 0 ? name
	                                  : md_printf(page->mem, "%s (%s)", unicode, name);
}

void
md_text_verdict(const struct md_page *page, const struct md_report *report,
                const struct md_style *style)
{
	const char *text = md_printf(page->mem, ": %s (%s).", outlook_text(page->mem, report),
	                             md_text_counts(page->mem, report));
	unsigned at = 6;

	md_page_field(page, md_text_ink(report->verdict), 4, md_text_word(report->verdict));
	at += md_page_put(page, MD_STRONG, both_names(page, report->subject->domain));
	if (!style->quiet) {
		md_page_wrap(page, at, 6, text);
		return;
	}
	md_page_put(page, MD_PLAIN, text);
	putc('\n', page->out);
}
