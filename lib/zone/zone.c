/* A zone laid over the DNS: which names it covers, and what its name server would say. */
#include "zone/zone.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/name.h"
#include "zone/read.h"
#include "zone/tree.h"

enum { LARGEST = 256 << 20, YXDOMAIN = 6, NSEC = 47 };

struct md_zone {
	struct md_arena *mem;
	const char *path, *apex;
	size_t apex_labels;
	const char *const *warnings;
	struct md_tree tree;
	size_t nfiles; /* 0: all stand in path */
	const struct md_zone_file *files;
};

/* ---- records of a node ---- */

static bool
belongs(const struct md_rr *rr, const struct md_question *q)
{
	return rr->type == q->type ||
	       ((q->flags & MD_DO) != 0 && rr->type == MD_RRSIG && rr->sec.covered == q->type);
}

static void
least_ttl(struct md_dns *out, uint32_t ttl)
{
	if (out->n == 0 || ttl < out->ttl)
		out->ttl = ttl;
}

/* The records asked for, as if they stood at the very name (RFC 4592 3.3.1). */
static void
take_records(struct md_arena *mem, const struct md_node *node, struct md_dns *out)
{
	struct md_rr *rr = md_alloc(mem, node->n * sizeof(*rr));

	for (size_t i = 0; i < node->n; i++) {
		if (!belongs(&node->rr[i], &out->question))
			continue;
		least_ttl(out, node->rr[i].ttl);
		rr[out->n] = node->rr[i];
		rr[out->n++].owner = out->question.name;
	}
	out->rr = rr;
	out->fact.state = MD_PRESENT;
}

/* A CNAME: what was asked for, or the first link of a chain; then the state stays wanted. */
static void
give_alias(struct md_arena *mem, const struct md_rr *from, const char *target,
           struct md_dns *out)
{
	struct md_rr *alias = md_alloc(mem, sizeof(*alias));

	*alias = *from;
	alias->owner = out->question.name;
	alias->type = MD_CNAME;
	alias->name = target;
	out->ttl = alias->ttl;
	if (out->question.type == MD_CNAME) {
		out->rr = alias;
		out->n = 1;
		out->fact.state = MD_PRESENT;
	} else {
		out->aliases = alias;
		out->naliases = 1;
	}
}

/* RFC 1034 4.3.2 step 3a; node is NULL for an empty non-terminal. */
static void
answer(struct md_arena *mem, const struct md_node *node, struct md_dns *out)
{
	const uint16_t type = out->question.type;
	const struct md_rr *cname = md_node_first(node, MD_CNAME);

	/* RFC 4034 3, 4: RRSIG and NSEC stand beside a CNAME. */
	if (cname != NULL && type != MD_CNAME && type != MD_RRSIG && type != NSEC)
		give_alias(mem, cname, cname->name, out);
	else if (md_node_first(node, type) != NULL)
		take_records(mem, node, out);
	else
		out->fact.state = MD_ABSENT;
}

/* RFC 6672 2.2: the name with the DNAME's owner, its last n labels, replaced by its target. */
static void
follow_dname(struct md_arena *mem, const struct md_rr *dname, size_t n, struct md_dns *out)
{
	const char *name = out->question.name;
	const size_t kept = (size_t)(md_name_last(name, (unsigned)n) - name);
	const char *target;

	if (n == 0)
		target = md_printf(mem, "%s.%s", name, dname->name);
	else if (strcmp(dname->name, ".") == 0)
		target = md_strndup(mem, name, kept - 1);
	else
		target = md_printf(mem, "%.*s%s", (int)kept, name, dname->name);
	if (md_name_fits(target)) {
		give_alias(mem, dname, target, out);
		return;
	}
	out->rcode = YXDOMAIN;
	out->fact.state = MD_UNKNOWN;
	out->fact.why = md_printf(mem, "the DNAME of %s makes %s too long a name (YXDOMAIN)",
	                          dname->owner, name);
}

/* ---- asking ---- */

const char *
md_zone_apex(const struct md_zone *z)
{
	return z->apex;
}

const char *const *
md_zone_warnings(const struct md_zone *z)
{
	return z->warnings;
}

bool
md_zone_covers(const struct md_zone *z, const char *name, uint16_t type)
{
	struct md_key key;

	if (!md_name_under(name, z->apex) || !md_name_fits(name))
		return false;
	if (z->apex_labels == 0) /* a whole world in a file: its NS records are only data */
		return true;
	md_key_make(name, &key);
	/* RFC 4035 3.1.4.1: DS records are the parent's, at both ends of this zone. */
	if (key.nlabels == z->apex_labels)
		return type != MD_DS;
	for (size_t n = z->apex_labels + 1; n <= key.nlabels; n++)
		if (md_node_first(md_tree_find(&z->tree, md_key_ancestor(&key, n)), MD_NS) !=
		    NULL)
			return n == key.nlabels && type == MD_DS;
	return true;
}

/* RFC 4592 3.3.1: the wildcard below the closest encloser, which has n labels. */
static void
answer_by_wildcard(const struct md_zone *z, struct md_arena *mem, struct md_key *key, size_t n,
                   struct md_dns *out)
{
	const struct md_str wildcard = md_key_wildcard(key, n);

	if (md_tree_exists(&z->tree, wildcard)) {
		answer(mem, md_tree_find(&z->tree, wildcard), out);
	} else {
		out->rcode = MD_NXDOMAIN;
		out->fact.state = MD_ABSENT;
	}
}

void
md_zone_find(const struct md_zone *z, struct md_arena *mem, const struct md_question *q,
             struct md_dns *out)
{
	struct md_key key;
	size_t n;

	out->question = *q;
	out->canonical = q->name;
	out->origin = z->path;
	md_key_make(q->name, &key);
	for (n = z->apex_labels; n < key.nlabels; n++) {
		const struct md_rr *dname = md_node_first(
		        md_tree_find(&z->tree, md_key_ancestor(&key, n)), MD_DNAME);

		if (dname != NULL) {
			follow_dname(mem, dname, n, out);
			return;
		}
	}
	while (n > z->apex_labels && !md_tree_exists(&z->tree, md_key_ancestor(&key, n)))
		n--;
	if (n == key.nlabels)
		answer(mem, md_tree_find(&z->tree, md_key_ancestor(&key, n)), out);
	else
		answer_by_wildcard(z, mem, &key, n, out);
}

struct md_place
md_zone_place(const struct md_zone *z, const char *name, uint16_t type)
{
	struct md_key key;
	const struct md_rr *rr;

	if (!md_name_fits(name))
		return (struct md_place){ z->path, 0, NULL };
	md_key_make(name, &key);
	rr = md_node_first(md_tree_find(&z->tree, md_key_ancestor(&key, key.nlabels)), type);
	return rr != NULL ? md_zone_place_of(z, rr) : (struct md_place){ z->path, 0, NULL };
}

struct md_place
md_zone_place_of(const struct md_zone *z, const struct md_rr *rr)
{
	if (z->nfiles == 0)
		return (struct md_place){ z->path, rr->line, NULL };
	return md_zone_line(z->files, z->nfiles, rr->line);
}

const struct md_tree *
md_zone_tree(const struct md_zone *z)
{
	return &z->tree;
}

void
md_zone_set_files(struct md_zone *z, const struct md_zone_file *files, size_t n)
{
	struct md_zone_file *copies = md_alloc(z->mem, n * sizeof(*copies));

	for (size_t i = 0; i < n; i++) {
		copies[i] = files[i];
		copies[i].path = md_strdup(z->mem, files[i].path);
		if (files[i].within != NULL)
			copies[i].within = md_strdup(z->mem, files[i].within);
	}
	z->files = copies;
	z->nfiles = n;
}

/* ---- loading ---- */

const char *
md_zone_find_apex(const char *origin, const struct md_rr *rr, size_t n)
{
	const char *soa = NULL, *shortest = NULL;

	for (size_t i = 0; i < n; i++) {
		const char *owner = rr[i].owner;

		if (shortest == NULL || md_name_labels(owner) < md_name_labels(shortest))
			shortest = owner;
		if (rr[i].type == MD_SOA &&
		    (soa == NULL || md_name_labels(owner) < md_name_labels(soa)))
			soa = owner;
	}
	if (soa != NULL)
		return soa;
	return origin != NULL ? origin : shortest;
}

/* Drops what is outside the apex; returns how many records are left. */
static size_t
drop_strays(struct md_zone_reader *r, const char *apex, struct md_rr *rr, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (md_name_under(rr[i].owner, apex))
			rr[kept++] = rr[i];
		else
			md_zone_warn(r, rr[i].line, "%s is not in the zone %s: ignored",
			             rr[i].owner, apex);
	}
	return kept;
}

/* RFC 1034 3.6.2: a CNAME stands alone, but for DNSSEC (RFC 2181 10.1). */
static void
warn_of_cname(struct md_zone_reader *r, const struct md_node *node)
{
	const struct md_rr *cname = md_node_first(node, MD_CNAME);

	for (size_t i = 0; cname != NULL && i < node->n; i++) {
		const struct md_rr *rr = &node->rr[i];

		if (rr != cname && rr->type != MD_RRSIG && rr->type != NSEC) {
			md_zone_warn(r, rr->line,
			             "%s has a CNAME beside other records: name servers "
			             "refuse such a zone",
			             rr->owner);
			return;
		}
	}
}

static const char *
load(struct md_zone *z, struct md_zone_reader *r)
{
	struct md_arena *scratch = md_arena_new();
	struct md_rr *rr = NULL, one;
	size_t n = 0;

	while (md_zone_read_next(r, &one))
		MD_PUSH(scratch, rr, n, one);
	if (r->why == NULL && n == 0)
		r->why = md_printf(z->mem, "%s: no records in it", z->path);
	if (r->why == NULL) {
		z->apex = md_zone_find_apex(r->first_origin, rr, n);
		z->apex_labels = md_name_labels(z->apex);
		n = drop_strays(r, z->apex, rr, n);
		z->tree = md_tree_build(z->mem, rr, n);
		for (size_t i = 0; i < z->tree.n; i++)
			warn_of_cname(r, &z->tree.nodes[i]);
	}
	md_arena_free(scratch);
	return r->why;
}

struct md_zone *
md_zone_of(const char *path, const char *apex, const struct md_rr *rr, size_t n)
{
	static const char *const none[] = { NULL };
	struct md_arena *own = md_arena_new();
	struct md_zone *z = md_alloc(own, sizeof(*z));
	struct md_arena *scratch = md_arena_new();
	struct md_rr *inside = md_alloc(scratch, (n + 1) * sizeof(*inside));
	size_t ninside = 0;

	z->mem = own;
	z->path = md_strdup(own, path);
	z->apex = md_strdup(own, apex);
	z->apex_labels = md_name_labels(apex);
	z->warnings = none;
	for (size_t i = 0; i < n; i++)
		if (md_name_under(rr[i].owner, apex))
			inside[ninside++] = rr[i];
	z->tree = md_tree_build(own, inside, ninside);
	md_arena_free(scratch);
	return z;
}

struct md_zone *
md_zone_read(struct md_arena *mem, const char *path, struct md_str text, const char **why)
{
	struct md_arena *own = md_arena_new();
	struct md_zone *z = md_alloc(own, sizeof(*z));
	struct md_zone_reader r;
	const char *wrong;

	z->mem = own;
	z->path = md_strdup(own, path);
	md_zone_read_init(&r, own, z->path, text);
	wrong = load(z, &r);
	if (wrong != NULL) {
		*why = md_strdup(mem, wrong);
		md_arena_free(own);
		return NULL;
	}
	MD_PUSH(own, r.warnings, r.nwarnings, NULL);
	z->warnings = r.warnings;
	return z;
}

struct md_zone *
md_zone_open(struct md_arena *mem, const char *path, const char **why)
{
	struct md_arena *own = md_arena_new();
	struct md_zone *z = NULL;
	struct md_str text;
	const char *wrong;

	if (md_file_read(own, path, LARGEST, &text, &wrong))
		z = md_zone_read(mem, path, text, why);
	else
		*why = md_strdup(mem, wrong);
	md_arena_free(own);
	return z;
}

void
md_zone_free(struct md_zone *z)
{
	if (z != NULL)
		md_arena_free(z->mem);
}
