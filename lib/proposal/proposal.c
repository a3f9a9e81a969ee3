/* A proposal: single changes over whole zones, and what it says of a name. */
#include "proposal/proposal.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "proposal/read.h"
#include "zone/zone.h"

const char *const md_zone_format_names[] = {
	[MD_ZONE_DETECT] = "detect",
	[MD_ZONE_BIND] = "bind",
	[MD_ZONE_DNSCONTROL] = "dnscontrol",
	[MD_ZONE_OCTODNS] = "octodns",
	[MD_ZONE_TERRAFORM] = "terraform",
	[MD_ZONE_ROUTE53] = "route53",
	[MD_ZONE_POWERDNS] = "powerdns",
	[MD_ZONE_CLOUDFLARE] = "cloudflare",
	NULL,
};

/* One record or change as it came, until all of its name and type are brought together. */
struct piece {
	struct md_change change; /* of one record, or of none */
	size_t order;
};

struct md_proposal_builder {
	struct md_arena *mem;
	struct md_proposal made;
	struct md_zone **zones;
	struct piece *pieces;
	size_t npieces;
	struct md_input_fault *faults;
};

struct md_proposal_builder *
md_proposal_new(struct md_arena *mem)
{
	struct md_proposal_builder *b = md_alloc(mem, sizeof(*b));

	b->mem = mem;
	b->made.apexes.mem = mem;
	return b;
}

struct md_arena *
md_proposal_mem(const struct md_proposal_builder *b)
{
	return b->mem;
}

static void
free_zone(void *zone)
{
	md_zone_free(zone);
}

void
md_proposal_take_zone(struct md_proposal_builder *b, struct md_zone *zone)
{
	MD_PUSH(b->mem, b->zones, b->made.nzones, zone);
	md_arena_defer(b->mem, free_zone, zone);
}

void
md_proposal_take_change(struct md_proposal_builder *b, const struct md_change *change)
{
	const struct piece piece = { .change = *change, .order = b->npieces };

	MD_PUSH(b->mem, b->pieces, b->npieces, piece);
}

void
md_proposal_take_record(struct md_proposal_builder *b, const struct md_rr *rr,
                        struct md_place place)
{
	struct md_rr *copy = md_alloc(b->mem, sizeof(*copy));

	*copy = *rr;
	copy->line = place.line;
	md_proposal_take_change(b, &(struct md_change){ .kind = MD_CHANGE_SET,
	                                                .name = rr->owner,
	                                                .type = rr->type,
	                                                .n = 1,
	                                                .rr = copy,
	                                                .why = "",
	                                                .place = place });
}

void
md_proposal_take_fault(struct md_proposal_builder *b, const struct md_input_fault *fault)
{
	MD_PUSH(b->mem, b->faults, b->made.nfaults, *fault);
}

/* ---- bringing together ---- */

static int
compare_keys(const char *name, uint16_t type, const struct md_change *c)
{
	const int names = strcmp(name, c->name);

	return names != 0 ? names : (type > c->type) - (type < c->type);
}

static int
compare_pieces(const void *a, const void *b)
{
	const struct piece *p = a, *q = b;
	const int keys = compare_keys(p->change.name, p->change.type, &q->change);

	return keys != 0 ? keys : (p->order > q->order) - (p->order < q->order);
}

/*
 * In the order of answers; RFC 2181 5: the same record twice is one.  Returns how
 * many are left.
 */
static size_t
order(struct md_rr *rr, size_t n)
{
	size_t kept = 0;

	if (n > 0)
		qsort(rr, n, sizeof(*rr), md_rr_compare);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || md_rr_compare(&rr[kept - 1], &rr[i]) != 0)
			rr[kept++] = rr[i];
	return kept;
}

/*
 * Pieces of one name and type: what is not known, or stays, beats records, and they beat
 * removal.
 */
static struct md_change
joined(struct md_arena *mem, const struct piece *pieces, size_t n)
{
	struct md_change change = pieces[0].change;
	struct md_rr *rr = NULL;

	change.n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct md_change *c = &pieces[i].change;

		if (c->kind != MD_CHANGE_SET && c->kind != MD_CHANGE_UNSET)
			return *c;
		if (c->kind == MD_CHANGE_SET && change.kind == MD_CHANGE_UNSET) {
			change.kind = MD_CHANGE_SET;
			change.place = c->place;
		}
		for (size_t j = 0; j < c->n; j++)
			MD_PUSH(mem, rr, change.n, c->rr[j]);
	}
	change.rr = rr;
	change.n = order(rr, change.n);
	return change;
}

const struct md_proposal *
md_proposal_done(struct md_proposal_builder *b)
{
	struct md_change *changes = NULL;

	if (b->npieces > 0)
		qsort(b->pieces, b->npieces, sizeof(*b->pieces), compare_pieces);
	for (size_t i = 0, n; i < b->npieces; i += n) {
		const struct md_change *first = &b->pieces[i].change;

		for (n = 1; i + n < b->npieces; n++)
			if (compare_keys(first->name, first->type, &b->pieces[i + n].change) !=
			    0)
				break;
		MD_PUSH(b->mem, changes, b->made.nchanges, joined(b->mem, &b->pieces[i], n));
	}
	b->made.changes = changes;
	b->made.zones = b->zones;
	for (size_t i = 0; i < b->made.nzones; i++) {
		void **zone = md_index_at(&b->made.apexes, md_str(md_zone_apex(b->zones[i])));

		if (*zone == NULL)
			*zone = b->zones[i];
	}
	b->made.faults = b->faults;
	return &b->made;
}

/* ---- asking ---- */

static const struct md_change *
change_at(const struct md_proposal *p, const char *name, uint16_t type)
{
	size_t low = 0, high = p->nchanges;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = compare_keys(name, type, &p->changes[middle]);

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

const struct md_zone *
md_proposal_zone_above(const struct md_proposal *p, const char *name)
{
	const struct md_zone *zone = NULL;

	for (; p->nzones > 0 && name != NULL && zone == NULL; name = above(name))
		zone = md_index_find(&p->apexes, md_str(name));
	return zone;
}

/* Of the zones above a name the nearest that answers for it. */
static const struct md_zone *
zone_of(const struct md_proposal *p, const char *name, uint16_t type)
{
	for (const char *at = name; p->nzones > 0 && at != NULL; at = above(at)) {
		const struct md_zone *zone = md_index_find(&p->apexes, md_str(at));

		if (zone != NULL && md_zone_covers(zone, name, type) &&
		    !is_added_by_server(zone, name, type))
			return zone;
	}
	return NULL;
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

bool
md_proposal_unaliases(const struct md_proposal *p, const char *name)
{
	const struct md_change *cname = change_at(p, name, MD_CNAME);

	return cname != NULL && cname->kind == MD_CHANGE_UNSET;
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

	out->question = *q;
	out->canonical = q->name;
	if (change != NULL)
		give_change(change, out);
	else
		md_zone_find(zone_of(p, q->name, q->type), mem, q, out);
}

struct md_place
md_proposal_place(const struct md_proposal *p, const char *name, uint16_t type)
{
	const struct md_change *change = deciding(p, name, type);
	const struct md_zone *zone = zone_of(p, name, type);

	if (change != NULL)
		return change->place;
	if (zone != NULL)
		return md_zone_place(zone, name, type);
	return (struct md_place){ "", 0 };
}

struct md_place
md_proposal_place_of(const struct md_proposal *p, const struct md_rr *rr)
{
	const struct md_change *change = deciding(p, rr->owner, rr->type);
	const struct md_zone *zone = zone_of(p, rr->owner, rr->type);

	if (change != NULL)
		return (struct md_place){ change->place.file, rr->line };
	return zone != NULL ? md_zone_place_of(zone, rr) : (struct md_place){ "", 0 };
}
