/* What the DMARC record asks for: how well the domain and the names below are protected. */
#include <string.h>

#include "base/name.h"
#include "domain/nxdomain_rewriting.h"
#include "domain/psl.h"
#include "domain/role.h"
#include "rules.h"

static enum md_dmarc_request
policy_of(const struct md_dmarc *record, enum md_dmarc_scope scope)
{
	enum md_dmarc_tag tag;

	return md_dmarc_policy_of(record, scope, &tag);
}

static const char *
origin_text(struct md_ctx *c, const struct md_dmarc_discovery *found)
{
	return md_printf(md_mem(c), "%s from _dmarc.%s", md_dmarc_request_name(found->policy),
	                 found->place->name);
}

/*
 * The domain's own record that changes nothing else: the policy in force, said by itself.
 * Where the registry's record does not say psd=y, psd=n keeps the domains under it apart.
 */
static void
publish_own(struct md_ctx *c, const struct md_dmarc_discovery *found)
{
	const char *domain = md_subject(c)->organisation;
	const char *mailbox = md_dmarc_mailbox(c, domain);

	if (found->policy < MD_DMARC_NONE || !md_name_fits(domain))
		return;
	md_wish_add(c, md_printf(md_mem(c), "_dmarc.%s", domain), MD_TXT,
	            "\"v=DMARC1; p=%s;%s%s%s\"", md_dmarc_request_name(found->policy),
	            found->place->record->psd == 'y' ? "" : " psd=n;",
	            mailbox != NULL ? " rua=" : "", mailbox != NULL ? mailbox : "");
}

bool
md_dmarc_is_registrys(struct md_ctx *c, const struct md_dmarc_place *place)
{
	return md_psl_is_suffix(place->name) && strcmp(place->name, md_domain(c)) != 0;
}

static void
judge_inherited(struct md_ctx *c, const struct md_dmarc_discovery *found)
{
	if (found->origin == MD_DMARC_FROM_AUTHOR || found->policy == MD_DMARC_ABSENT)
		return;
	if (md_dmarc_is_registrys(c, found->place)) {
		md_found(c, DMARC_REGISTRY_ONLY, md_domain(c), "%s (%s=)",
		         origin_text(c, found), md_dmarc_tag_name(found->tag));
		publish_own(c, found);
		return;
	}
	md_found(c, DMARC_INHERITED, md_domain(c), "%s (%s=)", origin_text(c, found),
	         md_dmarc_tag_name(found->tag));
}

/* What a tag asks for before t=y lowers it; MD_DMARC_ABSENT of no policy tag. */
static enum md_dmarc_request
declared(const struct md_dmarc *record, enum md_dmarc_tag tag)
{
	return tag == MD_DMARC_P    ? record->p
	       : tag == MD_DMARC_SP ? record->sp
	       : tag == MD_DMARC_NP ? record->np
	                            : MD_DMARC_ABSENT;
}

/* A missing or invalid policy, and one that t=y lowers, have rules of their own. */
static void
judge_none(struct md_ctx *c, const struct md_dmarc_discovery *found)
{
	if (declared(found->place->record, found->tag) != MD_DMARC_NONE ||
	    md_dmarc_is_registrys(c, found->place))
		return;
	md_found(c, DMARC_POLICY_NONE, md_domain(c), "%s=none at _dmarc.%s%s",
	         md_dmarc_tag_name(found->tag), found->place->name,
	         md_dmarc_alias(c, found->place));
	if (md_role(c)->role == MD_ROLE_PARKED && found->origin == MD_DMARC_FROM_AUTHOR)
		md_dmarc_wish_with(c, found->place, "p", "reject");
}

/* RFC 9989 4.7 (t) "has no effect on any policy that is none". */
static void
judge_testing(struct md_ctx *c, const struct md_dmarc_discovery *found)
{
	const struct md_dmarc *r = found->place->record;

	if (md_dmarc_is_registrys(c, found->place))
		return;
	if (!r->testing || found->tag == MD_DMARC_V || found->policy == MD_DMARC_ABSENT)
		return;
	if (r->p <= MD_DMARC_NONE && r->sp <= MD_DMARC_NONE && r->np <= MD_DMARC_NONE)
		return;
	md_found(c, DMARC_TEST_MODE, md_dmarc_subject(c, found->place->name, 1),
	         "p=%s with t=y: %s has policy %s", md_dmarc_request_name(r->p), md_domain(c),
	         md_dmarc_request_name(found->policy));
	md_dmarc_point(c, found->place, r->value[MD_DMARC_T]);
}

static void
judge_enforcement(struct md_ctx *c, const struct md_dmarc_discovery *found,
                  const struct md_dmarc_place *covering)
{
	enum md_dmarc_request subdomains, nonexistent;

	if (covering == NULL)
		return;
	subdomains = policy_of(covering->record, MD_DMARC_SUBDOMAIN);
	nonexistent = policy_of(covering->record, MD_DMARC_NONEXISTENT);
	/* RFC 9989 3.2.9: the domain and all subdomains */
	if (found->policy >= MD_DMARC_QUARANTINE && subdomains >= MD_DMARC_QUARANTINE &&
	    nonexistent >= MD_DMARC_QUARANTINE)
		md_found(c, DMARC_ENFORCED, md_domain(c),
		         "%s; subdomains: %s; subdomains that do not exist: %s",
		         origin_text(c, found), md_dmarc_request_name(subdomains),
		         md_dmarc_request_name(nonexistent));
}

static void
judge_weaker(struct md_ctx *c, const struct md_dmarc_place *place)
{
	const struct md_dmarc *r = place->record;
	const bool sp = r->sp >= MD_DMARC_NONE && r->sp < r->p;
	const bool np = r->np >= MD_DMARC_NONE && r->np < r->p;

	if (!sp && !np)
		return;
	md_found(c, DMARC_SP_WEAKER, md_dmarc_subject(c, place->name, 1), "p=%s%s%s%s%s",
	         md_dmarc_request_name(r->p), sp ? ", sp=" : "",
	         sp ? md_dmarc_request_name(r->sp) : "", np ? ", np=" : "",
	         np ? md_dmarc_request_name(r->np) : "");
	md_dmarc_point(c, place, r->value[sp ? MD_DMARC_SP : MD_DMARC_NP]);
	/* no record to publish: whether subdomains are ready for more only their owner knows */
}

static void
judge_np_unset(struct md_ctx *c, const struct md_dmarc_place *place)
{
	enum md_dmarc_tag tag;

	md_dmarc_policy_of(place->record, MD_DMARC_NONEXISTENT, &tag);
	/* A parked domain is told to reject everything. */
	if (md_role(c)->role == MD_ROLE_PARKED)
		return;
	if (tag == MD_DMARC_NP || declared(place->record, tag) != MD_DMARC_NONE)
		return;
	md_found(c, DMARC_NP_UNSET, md_dmarc_subject(c, place->name, 1), "no np=, and %s=none",
	         md_dmarc_tag_name(tag));
	/* no record to publish: it would be stricter than what the owner asks for */
}

/* np is for names that answer NXDOMAIN (RFC 9989 3.2.13): below a wildcard none does. */
static void
judge_wildcard(struct md_ctx *c, const struct md_dmarc_place *place)
{
	const struct md_dns *mx;

	if (place->record->np < MD_DMARC_NONE || md_psl_is_suffix(place->name))
		return;
	mx = md_dns_at(c, MD_MX, "%s.%s", md_unlikely_label(c), place->name);
	if (!md_known(c, &mx->fact) || (mx->rcode == MD_NXDOMAIN && mx->naliases == 0))
		return;
	md_found(c, DMARC_NP_WILDCARD, place->name, "%s: %s", mx->question.name,
	         mx->naliases > 0               ? "an alias"
	         : mx->fact.state == MD_PRESENT ? "NOERROR with records"
	                                        : "NOERROR without records (NODATA)");
}

/*
 * RFC 9989 4.7 (sp): "ignored for records published on subdomains of Organizational Domains".
 */
static void
judge_useless(struct md_ctx *c, const struct md_dmarc_discovery *found,
              const struct md_dmarc_walk *walk)
{
	const struct md_dmarc *r = found->place->record;
	const struct md_dmarc_edit edits[] = { { "sp", NULL }, { "np", NULL } };
	const bool sp = r->value[MD_DMARC_SP].p != NULL;

	if (found->origin != MD_DMARC_FROM_AUTHOR || found->place == walk->covering ||
	    (!sp && r->value[MD_DMARC_NP].p == NULL))
		return;
	md_found(c, DMARC_SP_ON_SUBDOMAIN, md_dmarc_subject(c, found->place->name, 1),
	         "%s= here, while the organisational domain is %s", sp ? "sp" : "np",
	         walk->organisational);
	md_dmarc_point(c, found->place, r->name[sp ? MD_DMARC_SP : MD_DMARC_NP]);
	md_dmarc_wish(c, found->place, NULL, md_dmarc_mend(md_mem(c), r->text, edits, 2));
}

void
md_dmarc_judge_alias(struct md_ctx *c, const struct md_dmarc_place *place)
{
	if (place->txt->naliases == 0 ||
	    md_name_under(place->txt->canonical, md_psl_organisational(place->name)))
		return;
	md_found(c, DMARC_ALIAS, md_dmarc_subject(c, place->name, 1), "CNAME %s",
	         place->txt->canonical);
}

void
md_dmarc_judge_own_policy(struct md_ctx *c, const struct md_dmarc_discovery *found)
{
	if (!found->known || found->place == NULL)
		return;
	judge_inherited(c, found);
	judge_none(c, found);
	judge_testing(c, found);
}

void
md_dmarc_judge_policy(struct md_ctx *c, const struct md_dmarc_walk *walk)
{
	const struct md_dmarc_discovery *found = md_dmarc_discover(c, md_domain(c));

	if (!found->known || found->place == NULL)
		return;
	md_dmarc_judge_own_policy(c, found);
	judge_enforcement(c, found, walk->covering);
	judge_useless(c, found, walk);
	/* What the record asks for other names counts where it covers names below this one. */
	if (walk->covering != found->place || md_dmarc_is_registrys(c, found->place))
		return;
	judge_weaker(c, walk->covering);
	judge_np_unset(c, walk->covering);
	judge_wildcard(c, walk->covering);
}
