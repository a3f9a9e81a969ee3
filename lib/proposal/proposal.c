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
	[MD_ZONE_GCLOUD] = "gcloud",
	NULL,
};

/* One record or change as it came, until all of its name and type are brought together. */
struct piece {
	struct md_change change; /* of one record, or of none */
	size_t order;
};

/* A whole zone, or one of the files that make it up. */
struct part {
	struct md_zone *zone; /* made elsewhere; or NULL: it is made of what follows */
	const char *apex, *path;
	struct md_whole whole;
	size_t nfiles;
	const struct md_zone_file *files;
	size_t order;
};

/* A zone, where it is found by its apex. */
struct md_proposed_zone {
	const char *apex;
	struct md_zone *zone;
	size_t nspared;
	const struct md_spared *spared;
};

struct md_proposal_builder {
	struct md_arena *mem;
	const char *root;
	struct md_proposal made;
	size_t nparts, nmade; /* nmade: parts that made.zones has */
	struct part *parts;
	struct piece *pieces;
	size_t npieces;
	struct md_input_fault *faults;
	struct md_not_judged *not_judged;
	struct md_zone_file *files;
	uint32_t lines; /* of all files */
};

struct md_proposal_builder *
md_proposal_new(struct md_arena *mem)
{
	struct md_proposal_builder *b = md_alloc(mem, sizeof(*b));

	b->mem = mem;
	return b;
}

struct md_arena *
md_proposal_mem(const struct md_proposal_builder *b)
{
	return b->mem;
}

void
md_proposal_set_root(struct md_proposal_builder *b, const char *folder)
{
	b->root = folder;
}

const char *
md_proposal_root(const struct md_proposal_builder *b)
{
	return b->root;
}

static void
free_zone(void *zone)
{
	md_zone_free(zone);
}

void
md_proposal_take_zone(struct md_proposal_builder *b, struct md_zone *zone)
{
	const struct part part = { .zone = zone,
		                   .apex = md_zone_apex(zone),
		                   .path = "",
		                   .order = b->nparts };

	MD_PUSH(b->mem, b->parts, b->nparts, part);
	md_arena_defer(b->mem, free_zone, zone);
}

void
md_proposal_take_whole(struct md_proposal_builder *b, const struct md_input *in,
                       const struct md_whole *whole)
{
	const struct part part = { .apex = whole->apex,
		                   .path = in->path,
		                   .whole = *whole,
		                   .nfiles = in->nfiles,
		                   .files = in->files,
		                   .order = b->nparts };

	MD_PUSH(b->mem, b->parts, b->nparts, part);
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

void
md_proposal_take_not_judged(struct md_proposal_builder *b, const struct md_not_judged *what)
{
	MD_PUSH(b->mem, b->not_judged, b->made.nnot_judged, *what);
}

/* ---- the changes of a file ---- */

void
md_proposal_take_changes(struct md_proposal_builder *b, const struct md_input *in)
{
	const uint32_t before = b->lines;

	if (in->nfiles == 0)
		MD_PUSH(b->mem, b->files, b->made.nfiles,
		        ((struct md_zone_file){ .path = in->path, .before = before }));
	for (size_t i = 0; i < in->nfiles; i++) {
		struct md_zone_file file = in->files[i];

		file.before += before;
		MD_PUSH(b->mem, b->files, b->made.nfiles, file);
	}
	for (size_t i = 0; i < in->nchanges; i++) {
		struct md_change c = in->changes[i];
		struct md_rr *rr = md_alloc(b->mem, (c.n + 1) * sizeof(*rr));

		for (size_t j = 0; j < c.n; j++) {
			rr[j] = c.rr[j];
			rr[j].line += rr[j].line > 0 ? before : 0;
			if (rr[j].line > b->lines)
				b->lines = rr[j].line;
		}
		c.rr = rr;
		md_proposal_take_change(b, &c);
	}
	if (b->lines < b->files[b->made.nfiles - 1].before)
		b->lines = b->files[b->made.nfiles - 1].before;
	b->lines++; /* so that no file begins where another does */
}

/* ---- the zones ---- */

static int
compare_parts(const void *a, const void *b)
{
	const struct part *p = *(const struct part *const *)a;
	const struct part *q = *(const struct part *const *)b;
	const int apexes = strcmp(p->apex, q->apex);

	return apexes != 0 ? apexes : (p->order > q->order) - (p->order < q->order);
}

static const struct md_rr *
soa_of(const struct part *p)
{
	for (size_t i = 0; i < p->whole.n; i++)
		if (p->whole.rr[i].type == MD_SOA && strcmp(p->whole.rr[i].owner, p->apex) == 0)
			return &p->whole.rr[i];
	return NULL;
}

/* A zone that is made of the parts of several files, each with lines of its own. */
struct whole_zone {
	struct md_arena *mem;
	struct md_rr *rr;
	size_t n, nfiles, nspared;
	struct md_zone_file *files;
	struct md_spared *spared;
	uint32_t lines; /* of all files so far */
	const struct part *soa;
};

static void
add_part(struct whole_zone *z, const struct part *p)
{
	const uint32_t before = z->lines;

	if (p->nfiles == 0)
		MD_PUSH(z->mem, z->files, z->nfiles, ((struct md_zone_file){ .path = p->path, .before = before }));
	for (size_t i = 0; i < p->nfiles; i++) {
		struct md_zone_file file = p->files[i];

		file.before += before;
		MD_PUSH(z->mem, z->files, z->nfiles, file);
	}
	for (size_t i = 0; i < p->whole.n; i++) {
		struct md_rr rr = p->whole.rr[i];

		rr.line += before;
		if (rr.line > z->lines)
			z->lines = rr.line;
		MD_PUSH(z->mem, z->rr, z->n, rr);
	}
	for (size_t i = 0; i < p->whole.nspared; i++)
		MD_PUSH(z->mem, z->spared, z->nspared, p->whole.spared[i]);
	if (z->soa == NULL && soa_of(p) != NULL)
		z->soa = p;
}

/* Two files with a SOA are two versions of a zone, and nobody knows which is meant. */
static void
tell_second(struct md_proposal_builder *b, const struct part *first, const struct part *second)
{
	const struct md_rr *soa = soa_of(second);
	const struct md_place at =
	        second->nfiles > 0 ? md_zone_line(second->files, second->nfiles, soa->line)
	                           : (struct md_place){ second->path, soa->line, NULL };

	md_proposal_take_fault(
	        b, &(struct md_input_fault){
	                   .rule = "zone.parse-error",
	                   .name = second->apex,
	                   .evidence = md_printf(b->mem,
	                                         "a second zone %s: %s is one already; judge "
	                                         "each in a run of its own",
	                                         second->apex, first->path),
	                   .place = at });
}

static struct md_zone *
make_zone(struct md_proposal_builder *b, const struct whole_zone *made, const struct part *first)
{
	struct md_zone *zone = md_zone_of(first->path, first->apex, made->rr, made->n);

	if (made->nfiles > 0)
		md_zone_set_files(zone, made->files, made->nfiles);
	md_arena_defer(b->mem, free_zone, zone);
	return zone;
}

/* The zone of n parts with one apex. */
static struct md_proposed_zone
joined_zone(struct md_proposal_builder *b, struct part *const *parts, size_t n)
{
	struct md_arena *scratch = md_arena_new();
	struct whole_zone made = { .mem = scratch };
	struct md_proposed_zone zone = { .apex = parts[0]->apex, .zone = parts[0]->zone };
	struct md_spared *spared = NULL;

	for (size_t i = 0; i < n && zone.zone == NULL; i++) {
		/* The same file again adds nothing. */
		if (i > 0 && strcmp(parts[i]->path, parts[i - 1]->path) == 0)
			continue;
		if (made.soa != NULL && soa_of(parts[i]) != NULL)
			tell_second(b, made.soa, parts[i]);
		else
			add_part(&made, parts[i]);
	}
	if (zone.zone == NULL)
		zone.zone = make_zone(b, &made, parts[0]);
	for (size_t i = 0; i < made.nspared; i++)
		MD_PUSH(b->mem, spared, zone.nspared, made.spared[i]);
	zone.spared = spared;
	md_arena_free(scratch);
	return zone;
}

/* Makes the zones: sorted by apex to be found, and in the order in which they came. */
static void
make_zones(struct md_proposal_builder *b)
{
	struct part **sorted = md_alloc(b->mem, (b->nparts + 1) * sizeof(*sorted));
	struct md_zone **in_order = md_alloc(b->mem, (b->nparts + 1) * sizeof(*in_order));
	struct md_proposed_zone *by_apex = NULL;
	struct md_zone **zones = NULL;
	size_t nsorted = 0, nzones = 0;

	for (size_t i = 0; i < b->nparts; i++)
		sorted[i] = &b->parts[i];
	if (b->nparts > 0)
		qsort(sorted, b->nparts, sizeof(*sorted), compare_parts);
	for (size_t i = 0, n; i < b->nparts; i += n) {
		for (n = 1; i + n < b->nparts; n++)
			if (strcmp(sorted[i]->apex, sorted[i + n]->apex) != 0)
				break;
		MD_PUSH(b->mem, by_apex, nsorted, joined_zone(b, &sorted[i], n));
		in_order[sorted[i]->order] = by_apex[nsorted - 1].zone;
	}
	for (size_t i = 0; i < b->nparts; i++)
		if (in_order[i] != NULL)
			MD_PUSH(b->mem, zones, nzones, in_order[i]);
	b->made.zones = zones;
	b->made.nzones = nzones;
	b->made.by_apex = by_apex;
	b->nmade = b->nparts;
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

	b->made.nchanges = 0;
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
	if (b->nmade < b->nparts)
		make_zones(b);
	b->made.changes = changes;
	b->made.faults = b->faults;
	b->made.files = b->files;
	b->made.not_judged = b->not_judged;
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

bool
md_proposal_keeps(const struct md_proposal *p, struct md_arena *mem, const struct md_rr *rr)
{
	const struct md_change *own = change_at(p, rr->owner, rr->type);
	const struct md_proposed_zone *z = nearest_zone(p, rr->owner, rr->type);

	if (own != NULL && (rr->type == MD_CNAME || own->kind == MD_CHANGE_KEEP ||
	                    own->kind == MD_CHANGE_ALIAS))
		return own->kind != MD_CHANGE_UNSET;
	return z == NULL || z->nspared == 0 ||
	       md_spares_record(mem, z->spared, z->nspared, z->apex, rr);
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
	return (struct md_place){ "", 0, NULL };
}

struct md_place
md_proposal_place_of(const struct md_proposal *p, const struct md_rr *rr)
{
	const struct md_change *change = deciding(p, rr->owner, rr->type);
	const struct md_zone *zone = zone_of(p, rr->owner, rr->type);

	if (change != NULL)
		return rr->line > 0 && p->nfiles > 0 ? md_zone_line(p->files, p->nfiles, rr->line)
		                    : (struct md_place){ change->place.file, 0, NULL };
	return zone != NULL ? md_zone_place_of(zone, rr) : (struct md_place){ "", 0, NULL };
}
