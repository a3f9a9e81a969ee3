/* BIMI: is the domain's logo announced well, and would DMARC let it be shown? */
#include <string.h>

#include "ask/check.h"
#include "base/name.h"
#include "dmarc/dmarc.h"
#include "domain/misplaced.h"
#include "record/bimi.h"
#include "record/txt.h"

enum { SYNTAX, WRONG_PLACE, DMARC_NOT_ENFORCED };

#define DRAFT "draft-brand-indicators-for-message-identification-14 "

static const struct md_rule rules[] = {
	[SYNTAX] = {
		.id = "bimi.syntax",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_INFO),
		.title = "BIMI record is invalid: no logo will be shown",
		.fix = "Publish exactly one record \"v=BIMI1; l=URL; a=URL\": l= is the https "
		       "URL of an SVG image, a= that of its certificate, or empty.",
		.reference = DRAFT "section 4.3 (a draft)",
	},
	[WRONG_PLACE] = {
		.id = "bimi.wrong-place",
		.severity = MD_WARN,
		.parked = MD_BECOMES(MD_INFO),
		.title = "BIMI record at the wrong name",
		.fix = "Move the record to default._bimi.<domain>: nobody looks where it is "
		       "now. In most DNS panels the name to enter is \"default._bimi\".",
		.reference = DRAFT "section 4.1 (a draft)",
	},
	[DMARC_NOT_ENFORCED] = {
		.id = "bimi.dmarc-not-enforced",
		.severity = MD_FAIL,
		.parked = MD_BECOMES(MD_INFO),
		.title = "Logo is not shown: DMARC is not enforced",
		.fix = "Bring DMARC to p=quarantine or p=reject, for subdomains as well (no "
		       "sp=none), and without pct= below 100.",
		.reference = DRAFT "section 7.1 (a draft)",
	},
};

/* The draft has receivers look at the author domain's record and the organisational one's. */
static const char *
why_of_record(struct md_ctx *c, const struct md_dmarc_place *place)
{
	const struct md_dmarc *d = place->record;

	if (d == NULL)
		return NULL;
	if (d->p == MD_DMARC_NONE)
		return md_printf(md_mem(c), "p=none at %s", place->name);
	if (d->sp == MD_DMARC_NONE)
		return md_printf(md_mem(c), "sp=none at %s", place->name);
	if (d->p == MD_DMARC_QUARANTINE && d->pct < 100)
		return md_printf(md_mem(c), "p=quarantine with pct=%u at %s", d->pct,
		                 place->name);
	return NULL;
}

/* What keeps receivers from showing the logo; NULL for nothing, or when it is not known. */
static const char *
why_not_enforced(struct md_ctx *c)
{
	const struct md_dmarc_discovery *found = md_dmarc_discover(c, md_domain(c));
	const struct md_dmarc_walk *walk;
	const char *why;

	if (!found->known)
		return NULL;
	if (found->place == NULL || found->policy == MD_DMARC_ABSENT)
		return "no DMARC policy applies";
	why = why_of_record(c, found->place);
	if (why == NULL && found->policy == MD_DMARC_NONE)
		why = md_printf(md_mem(c), "%s= at %s makes the policy none",
		                md_dmarc_tag_name(found->tag), found->place->name);
	walk = md_dmarc_walk(c, md_domain(c));
	if (why == NULL && walk->organisational != NULL)
		why = why_of_record(c, md_dmarc_at(c, walk->organisational));
	return why;
}

/* Is it the organisational domain's?  Then its faults are told in the report of that one. */
static bool
is_inherited(struct md_ctx *c, const struct md_dns *txt)
{
	return !md_name_under(txt->question.name, md_domain(c));
}

/* Records that do not begin with the version are discarded, and exactly one must be left. */
static bool
choose(struct md_ctx *c, const struct md_dns *txt, struct md_str *record)
{
	size_t n = 0;

	for (size_t i = 0; i < txt->n; i++)
		if (md_bimi_starts(txt->rr[i].txt.joined) && n++ == 0)
			*record = txt->rr[i].txt.joined;
	if (n == 0 && txt->n == 1 && md_txt_resembles(txt, "v=bimi")) {
		*record = txt->rr[0].txt.joined;
		return true;
	}
	if (n != 1)
		md_main(c, MD_MAIN_BIMI, "%s", n == 0 ? MD_MAIN_ABSENT : MD_MAIN_INVALID);
	if (n > 1 && !is_inherited(c, txt))
		md_found(c, SYNTAX, md_domain(c), "%zu records begin with \"v=BIMI1\"", n);
	return n == 1;
}

static void
judge_dmarc(struct md_ctx *c, bool inherited)
{
	const char *why = why_not_enforced(c);

	if (why != NULL && inherited)
		md_note(c, "record", "not shown with mail of this domain: %s", why);
	else if (why != NULL)
		md_found(c, DMARC_NOT_ENFORCED, md_domain(c), "%s", why);
}

static void
judge(struct md_ctx *c, struct md_str record, const struct md_dns *txt)
{
	const struct md_bimi bimi = md_bimi_parse(md_mem(c), record);

	md_main(c, MD_MAIN_BIMI, "%s",
	        bimi.faults.n > 0 ? MD_MAIN_INVALID
	        : bimi.declined   ? "declined"
	                          : MD_MAIN_VALID);
	if (bimi.faults.n > 0 && !is_inherited(c, txt)) {
		md_found(c, SYNTAX, md_domain(c), "%s",
		         md_faults_line(md_mem(c), &bimi.faults));
		md_point(c, record, bimi.faults.list[0].at, bimi.faults.list[0].len);
	}
	if (bimi.declined)
		return;
	judge_dmarc(c, is_inherited(c, txt));
	md_gap(c, MD_LIMIT, MD_NO_RULE, md_printf(md_mem(c), "logo of %s", txt->question.name),
	       "the image and its certificate are not fetched by this version");
}

static bool
has_record(const struct md_dns *txt)
{
	for (size_t i = 0; i < txt->n; i++)
		if (md_bimi_starts(txt->rr[i].txt.joined))
			return true;
	return md_txt_resembles(txt, "v=bimi");
}

/* A record where nobody looks for it. */
static void
report_wrong_place(struct md_ctx *c, const struct md_dns *own)
{
	static const char *const wrong[] = { "_bimi", "", NULL };
	static const struct md_right_place place = { "default._bimi", wrong };
	const struct md_misplaced *found = md_misplaced(c, &place, "v=BIMI1");

	if (found == NULL)
		return;
	md_at(c, found->rr);
	md_found(c, WRONG_PLACE, found->name, "%s: %s", found->name,
	         md_quote(md_mem(c), found->rr->txt.joined));
	if (own->naliases > 0)
		return;
	md_wish_add(c, md_printf(md_mem(c), "default._bimi.%s", md_domain(c)), MD_TXT, "%s",
	            md_txt_rdata(md_mem(c), found->rr->txt.joined));
	md_wish_remove(c, found->rr);
}

/*
 * The answer that counts: the domain's own, or that of its organisational domain where it has
 * no record (the draft's assertion record discovery).  NULL while that is not known.
 */
static const struct md_dns *
discover(struct md_ctx *c)
{
	const struct md_dns *own = md_dns_at(c, MD_TXT, "default._bimi.%s", md_domain(c));
	const struct md_dns *above;

	if (!md_known(c, &own->fact))
		return NULL;
	if (has_record(own) || strcmp(md_subject(c)->organisation, md_domain(c)) == 0)
		return own;
	above = md_dns_at(c, MD_TXT, "default._bimi.%s", md_subject(c)->organisation);
	if (!md_known(c, &above->fact))
		return NULL;
	return has_record(above) ? above : own;
}

static void
run(struct md_ctx *c)
{
	const struct md_dns *txt = discover(c);
	struct md_str record;
	bool chosen;

	if (txt == NULL)
		return;
	md_at_txt(c, txt, "v=BIMI1");
	chosen = choose(c, txt, &record);
	if (!chosen && !has_record(txt))
		report_wrong_place(c, txt);
	if (!chosen) {
		md_note(c, "record", "%s", txt->n > 0 ? "none that counts" : "none");
		return;
	}
	md_note(c, "record", "%s%s", md_show(md_mem(c), record),
	        is_inherited(c, txt)
	                ? md_printf(md_mem(c), " (of %s)", md_subject(c)->organisation)
	                : "");
	judge(c, record, txt);
}

const struct md_check md_check_bimi = {
	.name = "bimi",
	.title = "BIMI",
	.question = "May mail programs show the domain's logo beside its mail?",
	.way = MD_ASIDE,
	MD_RULES(rules),
	.run = run,
};
