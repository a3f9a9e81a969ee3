/* A proposal is put together: of files that are parts of zones, and of single changes. */
#include "proposal/proposal.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "proposal/pieces.h"
#include "proposal/proposed.h"
#include "proposal/read.h"
#include "zone/zone.h"

/* A whole zone, or one of the files that make it up. */
struct part {
	struct md_zone *zone; /* made elsewhere; or NULL: it is made of what follows */
	const char *apex, *path;
	struct md_whole whole;
	size_t nfiles;
	const struct md_zone_file *files;
	size_t order;
};

struct md_proposal_builder {
	struct md_arena *mem;
	struct md_arena *records; /* of parts, until their zones are made; or NULL */
	struct md_proposal made;
	size_t nparts, nmade; /* nmade: parts that made.zones has */
	struct part *parts;
	struct md_piece *pieces;
	size_t npieces;
	struct md_input_fault *faults;
	struct md_not_judged *not_judged;
	struct md_zone_file *files;
	uint32_t lines; /* of all files */
};

static void
free_records(void *builder)
{
	struct md_proposal_builder *b = builder;

	if (b->records != NULL)
		md_arena_free(b->records);
	b->records = NULL;
}

struct md_proposal_builder *
md_proposal_new(struct md_arena *mem)
{
	struct md_proposal_builder *b = md_alloc(mem, sizeof(*b));

	b->mem = mem;
	md_arena_defer(mem, free_records, b);
	return b;
}

struct md_arena *
md_proposal_mem(const struct md_proposal_builder *b)
{
	return b->mem;
}

struct md_arena *
md_proposal_records(struct md_proposal_builder *b)
{
	if (b->records == NULL)
		b->records = md_arena_new();
	return b->records;
}

void
md_proposal_set_root(struct md_proposal_builder *b, const char *folder)
{
	b->made.root = folder;
}

const char *
md_proposal_root(const struct md_proposal_builder *b)
{
	return b->made.root;
}

static void
free_zone(void *zone)
{
	md_zone_free(zone);
}

void
md_proposal_take_zone(struct md_proposal_builder *b, struct md_zone *zone)
{
	const struct part part = {
		.zone = zone, .apex = md_zone_apex(zone), .path = "", .order = b->nparts
	};

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
	const struct md_piece piece = { .change = *change, .order = b->npieces };

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
	b->lines++;
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
		MD_PUSH(z->mem, z->files, z->nfiles,
		        ((struct md_zone_file){ .path = p->path, .before = before }));
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
		z->rr[z->n++] = rr;
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
make_zone(struct md_proposal_builder *b, const struct whole_zone *made,
          const struct part *first)
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
	size_t records = 0;

	for (size_t i = 0; i < n; i++)
		records += parts[i]->whole.n;
	made.rr = md_alloc(scratch, (records + 1) * sizeof(*made.rr));
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
		for (size_t j = i; j < i + n; j++) {
			sorted[j]->zone = by_apex[nsorted - 1].zone;
			sorted[j]->whole = (struct md_whole){ .apex = sorted[j]->apex };
		}
	}
	for (size_t i = 0; i < b->nparts; i++)
		if (in_order[i] != NULL)
			MD_PUSH(b->mem, zones, nzones, in_order[i]);
	b->made.zones = zones;
	b->made.nzones = nzones;
	b->made.by_apex = by_apex;
	b->nmade = b->nparts;
	free_records(b);
}

/* ---- all ---- */

const struct md_proposal *
md_proposal_done(struct md_proposal_builder *b)
{
	if (b->nmade < b->nparts)
		make_zones(b);
	b->made.changes = md_pieces_joined(b->mem, b->pieces, b->npieces, &b->made.nchanges);
	b->made.faults = b->faults;
	b->made.files = b->files;
	b->made.not_judged = b->not_judged;
	return &b->made;
}
