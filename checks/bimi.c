/* BIMI: is the domain's logo announced well, and would DMARC let it be shown? */
#include "record/bimi.h"
#include "ask/check.h"
#include "dmarc/dmarc.h"
#include "record/txt.h"

enum { SYNTAX, DMARC_NOT_ENFORCED };

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
	if (n > 1)
		md_found(c, SYNTAX, md_domain(c), "%zu records begin with \"v=BIMI1\"", n);
	return n == 1;
}

static void
judge(struct md_ctx *c, struct md_str record)
{
	const struct md_bimi bimi = md_bimi_parse(md_mem(c), record);
	const char *why;

	md_main(c, MD_MAIN_BIMI, "%s",
	        bimi.faults.n > 0 ? MD_MAIN_INVALID
	        : bimi.declined   ? "declined"
	                          : MD_MAIN_VALID);
	if (bimi.faults.n > 0) {
		md_found(c, SYNTAX, md_domain(c), "%s",
		         md_faults_line(md_mem(c), &bimi.faults));
		md_point(c, record, bimi.faults.list[0].at, bimi.faults.list[0].len);
	}
	if (bimi.declined)
		return;
	why = why_not_enforced(c);
	if (why != NULL)
		md_found(c, DMARC_NOT_ENFORCED, md_domain(c), "%s", why);
	md_gap(c, MD_LIMIT, MD_NO_RULE,
	       md_printf(md_mem(c), "logo of default._bimi.%s", md_domain(c)),
	       "the image and its certificate are not fetched by this version");
}

static void
run(struct md_ctx *c)
{
	const struct md_dns *txt = md_dns_at(c, MD_TXT, "default._bimi.%s", md_domain(c));
	struct md_str record;

	md_at_txt(c, txt, "v=BIMI1");
	if (!md_known(c, &txt->fact))
		return;
	if (!choose(c, txt, &record)) {
		md_note(c, "record", "%s", txt->n > 0 ? "none that counts" : "none");
		return;
	}
	md_note(c, "record", "%s", md_show(md_mem(c), record));
	judge(c, record);
}

const struct md_check md_check_bimi = {
	.name = "bimi",
	.title = "BIMI",
	.question = "May mail programs show the domain's logo beside its mail?",
	.way = MD_ASIDE,
	MD_RULES(rules),
	.run = run,
};
