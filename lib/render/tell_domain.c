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

static bool
concerns(enum md_way has, enum md_way way)
{
	return has == way || has == MD_BOTH_WAYS;
}

bool
md_tell_concerns(const struct md_report *report, enum md_way way)
{
	for (size_t i = 0; i < report->nresults; i++)
		if (report->results[i].skipped[0] == '\0' &&
		    concerns(report->results[i].check->way, way))
			return true;
	return false;
}

/* A limit of what can be seen from here spoils no outlook that other checks give. */
static enum outlook
outlook_of_check(const struct md_result *result)
{
	for (const struct md_gap *g = result->gaps; g != NULL; g = g->next)
		if (g->kind == MD_INCONCLUSIVE)
			return UNSURE;
	return result->verdict == MD_UNSURE ? BLIND : GOOD;
}

static enum outlook
outlook_of_finding(const struct md_finding *f)
{
	if (f->ignored || f->severity < MD_WARN)
		return UNTOLD;
	return f->severity == MD_FAIL ? BAD : WEAK;
}

static enum outlook
worse(enum outlook a, enum outlook b)
{
	return a > b ? a : b;
}

/* A finding may be of another way than its check: reports that go astray stop no mail. */
static enum outlook
outlook_for(const struct md_report *report, enum md_way way)
{
	enum outlook worst = UNTOLD;

	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_result *result = &report->results[i];

		if (result->skipped[0] != '\0')
			continue;
		if (concerns(result->check->way, way))
			worst = worse(worst, outlook_of_check(result));
		for (const struct md_finding *f = result->findings; f != NULL; f = f->next)
			if (concerns(f->way, way))
				worst = worse(worst, outlook_of_finding(f));
	}
	return worst;
}

/* Of a parked domain, whose mail nobody misses: are all its records as they should be? */
static enum outlook
outlook_for_parked(const struct md_report *report)
{
	enum outlook worst =
	        worse(outlook_for(report, MD_INWARD), outlook_for(report, MD_OUTWARD));

	for (size_t i = 0; i < report->nresults; i++)
		if (report->results[i].check->way != MD_ASIDE)
			for (const struct md_finding *f = report->results[i].findings;
			     f != NULL; f = f->next)
				worst = worse(worst, outlook_of_finding(f));
	return worst;
}

static const char *
parked(enum outlook worst)
{
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
mail_text(struct md_arena *mem, const struct md_report *report, enum outlook in,
          enum outlook out)
{
	if (in == UNTOLD)
		return outward[out];
	if (report->role == MD_ROLE_SENDS_ONLY)
		return out == UNTOLD ? "it receives no mail"
		                     : md_printf(mem, "%s; it receives none", outward[out]);
	if (out == UNTOLD)
		return inward[in];
	return two_ways(mem, in, out);
}

static const char *
outlook_text(struct md_arena *mem, const struct md_report *report)
{
	const enum outlook in = outlook_for(report, MD_INWARD);
	const enum outlook out = outlook_for(report, MD_OUTWARD);
	const char *text;

	if (in == UNTOLD && out == UNTOLD)
		return "nothing was looked at that mail depends on";
	if (report->role == MD_ROLE_PARKED)
		return parked(outlook_for_parked(report));
	text = mail_text(mem, report, in, out);
	if (report->verdict == MD_FAIL && in != BAD && out != BAD)
		return md_printf(mem, "%s; what fails stops no mail", text);
	return text;
}

/* The name as people write it, and as the DNS has it where that differs. */
static const char *
both_names(struct md_arena *mem, const char *name, bool utf8)
{
	const char *unicode = utf8 ? md_name_unicode(mem, name) : name;

	return strcmp(unicode, name) == 0 ? name : md_printf(mem, "%s (%s)", unicode, name);
}

static void
tell_role(struct md_doc *d, const struct md_report *report)
{
	static const char *const roles[] = {
		[MD_ROLE_UNKNOWN] = "unknown",
		[MD_ROLE_FULL] = "sends and receives",
		[MD_ROLE_SENDS_ONLY] = "only sends",
		[MD_ROLE_PARKED] = "parked, no mail at all",
	};
	const char *role = roles[report->role];

	if (report->role_why[0] != '\0')
		role = md_printf(d->mem, "%s (%s)", role, report->role_why);
	md_doc_open(d, MD_DOC_BODY);
	md_doc_say(d, MD_HANGING, md_printf(d->mem, "Role: %s.", role));
	md_doc_close(d);
}

void
md_tell_domain(struct md_doc *d, const struct md_report *report, const struct md_style *style)
{
	struct md_doc_text *line = md_doc_headline(d, style->quiet ? MD_WHOLE : MD_FLUSH);

	md_doc_mark(d, line, MD_WORD, md_verdict_ink(report->verdict), "");
	md_doc_lead(d, line, MD_STRONG,
	            both_names(d->mem, report->subject->domain, style->utf8));
	md_doc_add(d, line, MD_WORDS,
	           md_printf(d->mem, ": %s (%s).", outlook_text(d->mem, report),
	                     md_report_counts(d->mem, report)));
	if (!style->quiet)
		tell_role(d, report);
}
