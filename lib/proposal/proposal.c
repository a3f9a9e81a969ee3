/* A proposal: single changes over whole zones, and what it says of a name. */
#include "proposal/proposal.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "proposal/proposed.h"
#include "proposal/read.h"
#include "zone/zone.h"

const char *const md_zone_format_names[] = {
	[MD_ZONE_DETECT] = "detect",         [MD_ZONE_BIND] = "bind",
	[MD_ZONE_DNSCONTROL] = "dnscontrol", [MD_ZONE_OCTODNS] = "octodns",
	[MD_ZONE_TERRAFORM] = "terraform",   [MD_ZONE_ROUTE53] = "route53",
	[MD_ZONE_POWERDNS] = "powerdns",     [MD_ZONE_CLOUDFLARE] = "cloudflare",
	[MD_ZONE_GCLOUD] = "gcloud",         NULL,
};

int
md_change_compare(const char *name, uint16_t type, const struct md_change *c)
{
	const int names = strcmp(name, c->name);

	return names != 0 ? names : (type > c->type) - (type < c->type);
}

static const struct md_change *
change_at(const struct md_proposal *p, const char *name, uint16_t type)
{
	size_t low = 0, high = p->nchanges;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = md_change_compare(name, type, &p->changes[middle]);

		if (order == 0)
			return &p->changes[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/*
 * The change that answers: of the type itself, else a CNAME that is proposed (RFC 1034 3.6.2).
 */
static const struct md_change *
deciding(const struct md_proposal *p, const char *name, uint16_t type)
{
	const struct md_change *own = change_at(p, name, type);
	const struct md_change *cname =
	        own == NULL && type != MD_CNAME ? change_at(p, name, MD_CNAME) : NULL;

	if (own != NULL)
		return own;
	return cname != NULL && cname->kind != MD_CHANGE_UNSET ? cname : NULL;
}

/*
 * What a server or provider adds to a zone by itself, and so lists of records lack: SOA and NS
 * of the apex, and what signing makes (RFC 4034, RFC 5155, RFC 7344).
 */
static bool
is_added_by_server(const struct md_zone *zone, const char *name, uint16_t type)
{
	enum { NSEC = 47, NSEC3PARAM = 51, CDS = 59, CDNSKEY = 60 };

	if (strcmp(name, md_zone_apex(zone)) != 0 || md_zone_place(zone, name, type).line > 0)
		return false;
	switch (type) {
	case MD_SOA:
	case MD_NS:
	case MD_DNSKEY:
	case MD_RRSIG:
	case NSEC:
	case NSEC3PARAM:
	case CDS:
	case CDNSKEY:
		return true;
	default:
		return false;
	}
}

/* The name without its first label; NULL of the root. */
static const char *
above(const char *name)
{
	return strcmp(name, ".") == 0 ? NULL : md_name_parent(name);
}

static const struct md_proposed_zone *
zone_at(const struct md_proposal *p, const char *apex)
{
	size_t low = 0, high = p->nzones;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = strcmp(apex, p->by_apex[middle].apex);

		if (order == 0)
			return &p->by_apex[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct md_zone *
md_proposal_zone_above(const struct md_proposal *p, const char *name)
{
	for (; p->nzones > 0 && name != NULL; name = above(name)) {
		const struct md_proposed_zone *z = zone_at(p, name);

		if (z != NULL)
			return z->zone;
	}
	return NULL;
}

/* The nearest zone that has an answer, whether or not it leaves some records alone. */
static const struct md_proposed_zone *
nearest_zone(const struct md_proposal *p, const char *name, uint16_t type)
{
	for (const char *apex = name; p->nzones > 0; apex = md_name_parent(apex)) {
		const struct md_proposed_zone *z = zone_at(p, apex);

		if (z != NULL && md_zone_covers(z->zone, name, type) &&
		    !is_added_by_server(z->zone, name, type))
			return z;
		if (strcmp(apex, ".") == 0)
			break;
	}
	return NULL;
}

static const struct md_zone *
zone_of(const struct md_proposal *p, const char *name, uint16_t type)
{
	const struct md_proposed_zone *z = nearest_zone(p, name, type);

	if (z == NULL)
		return NULL;
	if (md_spares(z->spared, z->nspared, z->apex, name, type) &&
	    md_zone_place(z->zone, name, type).line == 0)
		return NULL;
	return z->zone;
}

bool
md_proposal_covers(const struct md_proposal *p, const char *name, uint16_t type)
{
	const struct md_change *change = deciding(p, name, type);

	if (change != NULL)
		return change->kind != MD_CHANGE_KEEP && change->kind != MD_CHANGE_ALIAS;
	return zone_of(p, name, type) != NULL;
}

const char *
md_proposal_alias(const struct md_proposal *p, const char *name, uint16_t type)
{
	const struct md_change *change = deciding(p, name, type);

	return change != NULL && change->kind == MD_CHANGE_ALIAS ? change->why : NULL;
}

static bool
keeps(const struct md_proposal *p, struct md_arena *mem, const struct md_rr *rr)
{
	const struct md_change *own = change_at(p, rr->owner, rr->type);
	const struct md_proposed_zone *z = nearest_zone(p, rr->owner, rr->type);

	if (own != NULL && (rr->type == MD_CNAME || own->kind == MD_CHANGE_KEEP ||
	                    own->kind == MD_CHANGE_ALIAS))
		return own->kind != MD_CHANGE_UNSET;
	return z == NULL || z->nspared == 0 ||
	       md_spares_record(mem, z->spared, z->nspared, z->apex, rr);
}

struct md_dns
md_proposal_kept(const struct md_proposal *p, struct md_arena *mem, const struct md_dns *base)
{
	struct md_dns kept = *base;
	struct md_rr *rr = NULL;

	kept.n = 0;
	if (base->naliases > 0) {
		if (keeps(p, mem, &base->aliases[0]))
			return *base;
		kept.naliases = 0;
	}
	for (size_t i = 0; base->naliases == 0 && i < base->n; i++)
		if (keeps(p, mem, &base->rr[i]))
			MD_PUSH(mem, rr, kept.n, base->rr[i]);
	kept.rr = rr;
	if (kept.n == 0 && (base->n > 0 || base->naliases > 0)) {
		kept.fact.state = MD_ABSENT;
		kept.fact.why = "";
	}
	return kept;
}

static void
give_change(const struct md_change *c, struct md_dns *out)
{
	out->origin = c->place.file;
	switch (c->kind) {
	case MD_CHANGE_KEEP:
	case MD_CHANGE_ALIAS:
	case MD_CHANGE_UNKNOWN:
		out->fact.state = MD_UNKNOWN;
		out->fact.why = c->why;
		break;
	case MD_CHANGE_UNSET:
		out->fact.state = MD_ABSENT;
		break;
	case MD_CHANGE_SET:
		out->ttl = c->rr[0].ttl;
		for (size_t i = 1; i < c->n; i++)
			out->ttl = c->rr[i].ttl < out->ttl ? c->rr[i].ttl : out->ttl;
		if (c->type != out->question.type) {
			out->aliases = c->rr;
			out->naliases = 1; /* the state stays wanted: its target is next */
			break;
		}
		out->rr = c->rr;
		out->n = c->n;
		out->fact.state = MD_PRESENT;
		break;
	}
}

void
md_proposal_find(const struct md_proposal *p, struct md_arena *mem, const struct md_question *q,
                 struct md_dns *out)
{
	const struct md_change *change = deciding(p, q->name, q->type);
	const struct md_proposed_zone *zone = nearest_zone(p, q->name, q->type);

	out->question = *q;
	out->canonical = q->name;
	if (change != NULL)
		give_change(change, out);
	else if (zone != NULL)
		md_zone_find(zone->zone, mem, q, out);
}

struct md_place
md_proposal_place(const struct md_proposal *p, const char *name, uint16_t type)
{
	const struct md_change *change = deciding(p, name, type);
	const struct md_proposed_zone *zone = nearest_zone(p, name, type);

	if (change != NULL)
		return change->place;
	if (zone != NULL)
		return md_zone_place(zone->zone, name, type);
	return (struct md_place){ "", 0, NULL };
}

struct md_place
md_proposal_place_of(const struct md_proposal *p, const struct md_rr *rr)
{
	const struct md_change *change = deciding(p, rr->owner, rr->type);
	const struct md_zone *zone = zone_of(p, rr->owner, rr->type);

	if (change != NULL)
		return rr->line > 0 && p->nfiles > 0
		               ? md_zone_line(p->files, p->nfiles, rr->line)
		               : (struct md_place){ change->place.file, 0, NULL };
	return zone != NULL ? md_zone_place_of(zone, rr) : (struct md_place){ "", 0, NULL };
}
