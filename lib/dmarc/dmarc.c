/* The tree walk, the organisational domain and policy discovery (RFC 9989 section 4.10). */
#include "dmarc/dmarc.h"

#include <string.h>

#include "base/name.h"
#include "domain/psl.h"

bool
md_dmarc_is_record(const struct md_rr *rr)
{
	const char *says;
	struct md_str at;

	return rr->type == MD_TXT &&
	       md_dmarc_starts(rr->txt.joined, &says, &at) == MD_DMARC_RECORD;
}

static const void *
derive_place(struct md_ctx *c, const char *domain)
{
	struct md_dmarc_place *place = md_alloc(md_mem(c), sizeof(*place));
	const struct md_dns *txt = md_dns_at(c, MD_TXT, "_dmarc.%s", domain);

	place->name = md_strdup(md_mem(c), domain);
	place->txt = txt;
	/* A name that cannot be in the DNS has no record; nobody needs to be asked. */
	place->known = txt->fact.state == MD_PRESENT || txt->fact.state == MD_ABSENT ||
	               !md_name_fits(txt->question.name);
	for (size_t i = 0; i < txt->n; i++) {
		const struct md_rr *rr = &txt->rr[i];

		if (!md_dmarc_is_record(rr))
			continue;
		place->nrecords++;
		place->record =
		        place->nrecords == 1 ? md_dmarc_parse(md_mem(c), rr->txt.joined) : NULL;
	}
	return place;
}

const struct md_dmarc_place *
md_dmarc_at(struct md_ctx *c, const char *domain)
{
	return md_derive(c, derive_place, domain);
}

/* RFC 9989 4.10 steps 3, 4 and 7: from the name itself to seven labels at most, then up. */
const char *
md_dmarc_walk_name(const char *domain, size_t i)
{
	const unsigned labels = md_name_labels(domain);
	const unsigned second = labels < MD_DMARC_WALK_MAX ? labels - 1 : MD_DMARC_WALK_MAX - 1;

	if (labels == 0 || i > second)
		return NULL;
	return i == 0 ? domain : md_name_last(domain, second - (unsigned)i + 1);
}

/*
 * The organisational domain of the walk's start (4.10.2).  Records with psd=n and psd=y end
 * a walk, so that only the last name visited can have one.
 */
static const char *
organisational(const struct md_dmarc_walk *walk, const char *domain)
{
	const struct md_dmarc_place *last = walk->at[walk->n - 1];

	if (last->record != NULL && last->record->psd == 'n')
		return last->name;
	if (last->record != NULL && last->record->psd == 'y' && walk->n > 1)
		return md_name_last(domain, md_name_labels(last->name) + 1);
	for (size_t i = walk->n; i > 0; i--)
		if (walk->at[i - 1]->record != NULL)
			return walk->at[i - 1]->name;
	return domain;
}

static const struct md_dmarc_place *
covering(const struct md_dmarc_walk *walk)
{
	const struct md_dmarc_place *last = walk->at[walk->n - 1];

	for (size_t i = 0; i < walk->n; i++)
		if (walk->at[i]->record != NULL &&
		    strcmp(walk->at[i]->name, walk->organisational) == 0)
			return walk->at[i];
	return last->record != NULL && last->record->psd == 'y' ? last : NULL;
}

/* All that a walk may come to, at once. */
static void
ask_ahead(struct md_ctx *c, const char *domain)
{
	for (size_t i = 0; md_eager(c) && md_dmarc_walk_name(domain, i) != NULL; i++)
		md_dmarc_at(c, md_dmarc_walk_name(domain, i));
}

static const void *
derive_walk(struct md_ctx *c, const char *arg)
{
	struct md_dmarc_walk *walk = md_alloc(md_mem(c), sizeof(*walk));
	const char *domain = md_strdup(md_mem(c), arg), *name;

	ask_ahead(c, domain);
	while ((name = md_dmarc_walk_name(domain, walk->n)) != NULL) {
		const struct md_dmarc_place *place = md_dmarc_at(c, name);

		walk->at[walk->n++] = place;
		if (!place->known) {
			/* With a record of its own the domain's policy does not hang on it. */
			if (walk->at[0]->record != NULL)
				md_known_aside(c, &place->txt->fact);
			else
				md_known(c, &place->txt->fact);
			return walk;
		}
		if (place->record != NULL && place->record->psd != 'u')
			break;
	}
	if (walk->n > 0) {
		walk->organisational = organisational(walk, domain);
		walk->covering = covering(walk);
	}
	return walk;
}

const struct md_dmarc_walk *
md_dmarc_walk(struct md_ctx *c, const char *domain)
{
	return md_derive(c, derive_walk, domain);
}

/*
 * Does the author domain exist?  "If the response code received for a query for a domain name
 * is NXDOMAIN" it does not (3.2.13); one that is an alias does.  False when not known.
 */
static bool
existence(struct md_ctx *c, const char *author, enum md_dmarc_scope *scope)
{
	const struct md_dns *mx = md_dns(c, MD_MX, author);
	const bool absent = mx->fact.state == MD_ABSENT && mx->rcode == MD_NXDOMAIN;

	*scope = absent && mx->naliases == 0 ? MD_DMARC_NONEXISTENT : MD_DMARC_SUBDOMAIN;
	return md_known(c, &mx->fact);
}

/* The author domain has no record of its own: the covering one's sp, np or p counts. */
static void
inherit(struct md_ctx *c, const char *author, struct md_dmarc_discovery *found)
{
	const struct md_dmarc_walk *walk = md_dmarc_walk(c, author);
	enum md_dmarc_scope scope = MD_DMARC_SUBDOMAIN;

	if (walk->organisational == NULL)
		return;
	found->known = true;
	found->place = walk->covering;
	if (found->place == NULL)
		return;
	found->origin = strcmp(found->place->name, walk->organisational) == 0
	                        ? MD_DMARC_FROM_ORGANISATIONAL
	                        : MD_DMARC_FROM_SUFFIX;
	if (found->place->record->np != MD_DMARC_ABSENT)
		found->known = existence(c, author, &scope);
	found->policy = md_dmarc_policy_of(found->place->record, scope, &found->tag);
}

static const void *
derive_discovery(struct md_ctx *c, const char *author)
{
	struct md_dmarc_discovery *found = md_alloc(md_mem(c), sizeof(*found));
	const struct md_dmarc_place *own = md_dmarc_at(c, author);

	ask_ahead(c, author);
	if (!own->known) {
		md_known(c, &own->txt->fact);
	} else if (own->record != NULL) {
		/* "then the policy is taken from the p tag": never sp, whatever the name is */
		found->known = true;
		found->origin = MD_DMARC_FROM_AUTHOR;
		found->place = own;
		found->policy = md_dmarc_policy_of(own->record, MD_DMARC_SELF, &found->tag);
	} else {
		inherit(c, author, found);
	}
	return found;
}

const struct md_dmarc_discovery *
md_dmarc_discover(struct md_ctx *c, const char *author)
{
	return md_derive(c, derive_discovery, author);
}

const struct md_dmarc_discovery *
md_dmarc_discover_aside(struct md_ctx *c, const char *author)
{
	return md_derive_aside(c, derive_discovery, author);
}

static const void *
derive_7489(struct md_ctx *c, const char *author)
{
	struct md_dmarc_discovery *found = md_alloc(md_mem(c), sizeof(*found));
	const char *organisational = md_psl_organisational(author);
	const struct md_dmarc_place *place = md_dmarc_at(c, author);
	enum md_dmarc_scope scope = MD_DMARC_SELF;

	found->origin = MD_DMARC_FROM_AUTHOR;
	if (place->known && place->nrecords == 0 && strcmp(organisational, author) != 0) {
		place = md_dmarc_at(c, organisational);
		found->origin = MD_DMARC_FROM_ORGANISATIONAL;
		scope = MD_DMARC_SUBDOMAIN;
	}
	if (!place->known) {
		md_known(c, &place->txt->fact);
		return found;
	}
	found->known = true;
	if (place->record == NULL) {
		found->origin = MD_DMARC_FROM_NOWHERE;
		return found;
	}
	found->place = place;
	found->policy = md_dmarc_policy_of_7489(place->record, scope);
	return found;
}

const struct md_dmarc_discovery *
md_dmarc_discover_7489(struct md_ctx *c, const char *author)
{
	return md_derive(c, derive_7489, author);
}

const struct md_dmarc_discovery *
md_dmarc_discover_7489_aside(struct md_ctx *c, const char *author)
{
	return md_derive_aside(c, derive_7489, author);
}
