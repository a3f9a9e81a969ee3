/* No DMARC record at the domain itself: too many, a broken one, one elsewhere, or none. */
#include <string.h>

#include "base/name.h"
#include "domain/misplaced.h"
#include "domain/receives.h"
#include "domain/registered.h"
#include "domain/role.h"
#include "record/spf/spf.h"
#include "record/txt.h"
#include "rules.h"

enum { LISTED_MAX = 4 }; /* of several records */

/* The first TXT record that begins so; NULL when there is none. */
static const struct md_rr *
first(const struct md_dns *txt, enum md_dmarc_start start, const char **says, struct md_str *at)
{
	for (size_t i = 0; i < txt->n; i++)
		if (txt->rr[i].type == MD_TXT &&
		    md_dmarc_starts(txt->rr[i].txt.joined, says, at) == start)
			return &txt->rr[i];
	return NULL;
}

/* All say the same when mended: then it is known which one to keep. */
static const char *
common_text(struct md_ctx *c, const struct md_dns *txt)
{
	const char *common = NULL;

	for (size_t i = 0; i < txt->n; i++) {
		const struct md_str text = txt->rr[i].txt.joined;
		const char *mended;

		if (!md_dmarc_is_record(&txt->rr[i]))
			continue;
		mended = md_dmarc_mend(md_mem(c), text, NULL, 0);
		if (common != NULL && strcmp(common, mended) != 0)
			return NULL;
		common = mended;
	}
	return common;
}

static void
report_multiple(struct md_ctx *c, const struct md_dmarc_place *own)
{
	struct md_buf all = { .mem = md_mem(c) };
	const char *keep = common_text(c, own->txt);
	unsigned n = 0;

	for (size_t i = 0; i < own->txt->n && n < LISTED_MAX; i++) {
		const struct md_str text = own->txt->rr[i].txt.joined;

		if (!md_dmarc_is_record(&own->txt->rr[i]))
			continue;
		md_buf_item(&all, ", ", "%s", md_dmarc_quote(c, text));
		n++;
	}
	md_found(c, DMARC_MULTIPLE, md_dmarc_subject(c, own->name, 1), "%zu records: %s%s",
	         own->nrecords, md_buf_str(&all), own->nrecords > n ? ", …" : "");
	if (keep == NULL || own->txt->naliases > 0)
		return;
	for (size_t i = 0; i < own->txt->n; i++)
		if (md_dmarc_is_record(&own->txt->rr[i]))
			md_wish_remove(c, &own->txt->rr[i]);
	md_wish_add(c, own->txt->question.name, MD_TXT, "%s",
	            md_txt_rdata(md_mem(c), md_str(keep)));
}

static bool
report_version(struct md_ctx *c, const struct md_dmarc_place *own)
{
	const char *says = "";
	struct md_str at;
	const struct md_rr *broken = first(own->txt, MD_DMARC_BROKEN, &says, &at);

	if (broken == NULL)
		return false;
	md_found(c, DMARC_VERSION, md_dmarc_subject(c, own->name, 1), "%s", says);
	md_point(c, broken->txt.joined, (size_t)(at.p - broken->txt.joined.p), at.len);
	md_dmarc_wish(c, own, broken, md_dmarc_mend(md_mem(c), broken->txt.joined, NULL, 0));
	md_note(c, "record", "_dmarc.%s%s, ignored: %s", own->name, md_dmarc_alias(c, own),
	        md_dmarc_show(c, broken->txt.joined));
	return true;
}

/* Is a DMARC record at this name, where it is of no use?  Not knowing is no gap. */
static bool
misplaced(struct md_ctx *c, const struct md_dmarc_place *own, const char *name)
{
	const struct md_dns *txt;
	const struct md_rr *rr;
	const char *says;
	struct md_str at;

	if (!md_name_fits(name))
		return false;
	txt = md_dns_aside(c, MD_TXT, name);
	if (txt->fact.state != MD_PRESENT)
		return false;
	rr = first(txt, MD_DMARC_RECORD, &says, &at);
	if (rr == NULL || md_may_be_wildcards(c, name, rr))
		return false;
	md_found(c, DMARC_WRONG_PLACE, name, "TXT of %s%s: %s", name,
	         strcmp(name, md_domain(c)) == 0 ? " itself" : "",
	         md_dmarc_quote(c, rr->txt.joined));
	/* it moves; at the web server's name it may be meant so */
	md_dmarc_wish(c, own, NULL, md_dmarc_mend(md_mem(c), rr->txt.joined, NULL, 0));
	if (txt->naliases == 0 && !md_str_starts(md_str(name), "_dmarc.www."))
		md_wish_remove(c, rr);
	return true;
}

/* In bulk questions cost, and "dmarc" is the rarest. */
static bool
report_wrong_place(struct md_ctx *c, const struct md_dmarc_place *own, bool inherits)
{
	/* Where a policy is inherited, a record of the web server's own may be meant so. */
	static const char *const wrong[] = { "", "dmarc", "_dmarc.www", NULL };
	static const struct md_right_place place = { "_dmarc", wrong };
	const char *const *names = md_wrong_names(c, &place);
	const char *www = md_printf(md_mem(c), "_dmarc.www.%s", own->name);
	const char *bare = md_printf(md_mem(c), "dmarc.%s", own->name);
	bool found = false;

	for (size_t i = 0; names[i] != NULL; i++) {
		if ((inherits && strcmp(names[i], www) == 0) ||
		    (!md_eager(c) && strcmp(names[i], bare) == 0))
			continue;
		found = misplaced(c, own, names[i]) || found;
	}
	return found;
}

static const char *
first_record(struct md_ctx *c)
{
	const char *mailbox;

	if (md_role(c)->role == MD_ROLE_PARKED)
		return "v=DMARC1; p=reject;";
	mailbox = md_dmarc_mailbox(c, md_domain(c));
	if (mailbox == NULL)
		return "v=DMARC1; p=none;";
	return md_printf(md_mem(c), "v=DMARC1; p=none; rua=%s", mailbox);
}

/* What was put in the record's place; not so when a wildcard may have put it there. */
static const char *
what_else_is(struct md_ctx *c, const struct md_dmarc_place *place)
{
	const struct md_rr *spf = NULL;

	for (size_t i = 0; i < place->txt->n && spf == NULL; i++)
		if (md_spf_is_record(place->txt->rr[i].txt.joined))
			spf = &place->txt->rr[i];
	if (spf == NULL || md_may_be_wildcards(c, place->txt->question.name, spf))
		return "";
	return " (an SPF record is there, which counts at the domain itself)";
}

static void
report_missing(struct md_ctx *c, const struct md_dmarc_place *own,
               const struct md_dmarc_walk *walk)
{
	struct md_buf names = { .mem = md_mem(c) };
	const bool no_domain = own->txt->rcode == MD_NXDOMAIN && own->txt->naliases == 0 &&
	                       md_dns(c, MD_MX, own->name)->rcode == MD_NXDOMAIN;

	for (size_t i = 0; i < walk->n; i++)
		md_buf_item(&names, ", ", "_dmarc.%s%s%s", walk->at[i]->name,
		            md_dmarc_alias(c, walk->at[i]), what_else_is(c, walk->at[i]));
	md_found(c, DMARC_MISSING, own->name, "no record at %s", md_buf_str(&names));
	if (!no_domain)
		md_dmarc_wish(c, own, NULL, first_record(c));
}

/* Who can register what the alias leads to can write the policy. */
static bool
report_takeover(struct md_ctx *c, const struct md_dmarc_place *place)
{
	const struct md_dns *txt = place->txt;
	const char *domain = NULL;

	if (txt->fact.state == MD_ABSENT && txt->rcode == MD_NXDOMAIN && txt->naliases > 0)
		domain = md_unregistered_aside(c, txt->canonical);
	if (domain == NULL)
		return false;
	md_at(c, &txt->aliases[0]);
	md_found(c, DMARC_ALIAS_TAKEOVER, md_dmarc_subject(c, place->name, 1),
	         "alias of %s; %s is not registered", txt->aliases[0].name, domain);
	md_wish_remove(c, &txt->aliases[0]);
	return true;
}

void
md_dmarc_judge_absence(struct md_ctx *c, const struct md_dmarc_place *own)
{
	const struct md_dmarc_walk *walk = md_dmarc_walk(c, own->name);
	const bool inherits = walk->covering != NULL;
	bool taken = false;

	if (own->nrecords > 1) {
		report_multiple(c, own);
		return;
	}
	for (size_t i = 0; i < walk->n; i++)
		if (md_name_under(walk->at[i]->name, md_subject(c)->organisation))
			taken = report_takeover(c, walk->at[i]) || taken;
	md_at_txt(c, own->txt, "v=DMARC1");
	if (taken)
		return;
	if (report_version(c, own) || (md_waiting(c) && !md_eager(c)))
		return;
	if (report_wrong_place(c, own, inherits))
		return;
	if (walk->organisational != NULL && !inherits)
		report_missing(c, own, walk);
}
