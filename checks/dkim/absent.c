/* A selector without a key: an alias to nowhere, or a record at the wrong name. */
#include "domain/misplaced.h"
#include "domain/registered.h"
#include "record/txt.h"
#include "rules.h"

/* ---- aliases ---- */

/* The target is right but for the domain that was added to it, and there is a key. */
static bool
found_doubled_target(struct md_ctx *c, const struct md_selector *s, const struct md_dns *txt)
{
	const struct md_rr *alias = txt->naliases > 0 ? &txt->aliases[0] : NULL;
	const char *meant = alias != NULL ? md_undoubled(c, alias->name) : NULL;
	const struct md_dns *there;

	if (meant == NULL)
		return false;
	there = md_dns_aside(c, MD_TXT, meant);
	if (there->fact.state != MD_PRESENT || !md_dkim_is_key(c, there))
		return false;
	md_found(c, DKIM_KEY_CNAME_DOUBLED, s->owner,
	         "alias of %s, where nothing is; the key is at %s", alias->name, meant);
	md_wish_replace(c, alias, "%s.", meant);
	return true;
}

static bool
found_abandoned(struct md_ctx *c, const struct md_selector *s, const struct md_dns *txt)
{
	const char *domain = NULL;

	if (txt->naliases > 0 && txt->rcode == MD_NXDOMAIN)
		domain = md_unregistered(c, txt->canonical);
	if (domain != NULL)
		md_found(c, DKIM_KEY_CNAME_ABANDONED, s->owner,
		         "alias of %s; %s does not exist", txt->aliases[0].name, domain);
	return domain != NULL;
}

/* ---- the wrong name ---- */

static void
found_at(struct md_ctx *c, const struct md_selector *s, const char *name,
         const struct md_rr *rr)
{
	md_found(c, DKIM_KEY_MISSING, s->owner, "no record here, but one at %s", name);
	md_wish_add(c, s->owner, MD_TXT, "%s", md_txt_rdata(md_mem(c), rr->txt.joined));
	md_wish_remove(c, rr);
}

/* A name doubled by a zone editor: its owner wrote the domain, and the editor added it. */
static bool
found_doubled(struct md_ctx *c, const struct md_selector *s)
{
	const char *doubled = md_printf(md_mem(c), "%s.%s", s->owner, md_domain(c));
	const struct md_dns *txt = md_dns(c, MD_TXT, doubled);

	if (!md_known(c, &txt->fact) || txt->fact.state != MD_PRESENT || txt->n != 1 ||
	    !md_dkim_is_key(c, txt) || md_may_be_wildcards(c, doubled, &txt->rr[0]))
		return false;
	found_at(c, s, doubled, &txt->rr[0]);
	return true;
}

/* Without the underscore, or without _domainkey, or at the domain itself. */
static bool
found_elsewhere(struct md_ctx *c, const struct md_selector *s)
{
	const char *wrong[] = {
		md_printf(md_mem(c), "%s.domainkey", s->name), s->name, "_domainkey", "", NULL,
	};
	const struct md_right_place place = { md_printf(md_mem(c), "%s._domainkey", s->name),
		                              wrong };
	const struct md_misplaced *found = md_misplaced(c, &place, "v=DKIM1");

	if (found == NULL)
		return false;
	found_at(c, s, found->name, found->rr);
	return true;
}

void
md_dkim_judge_absence(struct md_ctx *c, const struct md_selector *s, const struct md_dns *txt)
{
	const char *chain = md_dkim_chain(c, txt);

	if (txt->naliases > 0)
		md_note(c, "selectors", "%s (%s): no key%s", s->name, s->origin, chain);
	if (found_doubled_target(c, s, txt))
		return;
	found_abandoned(c, s, txt);
	if (!s->given || (txt->naliases == 0 && (found_doubled(c, s) || found_elsewhere(c, s))))
		return;
	if (txt->fact.state == MD_PRESENT)
		md_found(c, DKIM_KEY_MISSING, s->owner,
		         "no key, but what a wildcard answers for every name: %s%s",
		         md_quote(md_mem(c), txt->rr[0].txt.joined), chain);
	else if (md_dns_circle(txt))
		md_found(c, DKIM_KEY_MISSING, s->owner,
		         "%s is an alias (CNAME) that leads back to itself%s",
		         txt->aliases[0].owner, txt->naliases > 1 ? chain : "");
	else
		md_found(c, DKIM_KEY_MISSING, s->owner, "no TXT record (%s)%s",
		         txt->rcode == MD_NXDOMAIN ? md_rcode_name(md_mem(c), txt->rcode)
		                                   : "NODATA",
		         chain);
}
