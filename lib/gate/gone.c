/* Holds the zones of both sides against each other, name by name. */
#include "gate/gone.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "gate/place.h"
#include "gate/rows.h"
#include "gate/touched.h"
#include "gate/zone_rules.h"
#include "zone/tree.h"
#include "zone/zone.h"

/* ---- two zones, name by name ---- */

static const struct md_node no_node = { .key = { "", 0 } };

/* A name of two zones; one that a zone lacks has no records there. */
struct step {
	const struct md_tree *was, *is;
	size_t nwas, nis; /* nodes gone by */
	const struct md_node *old, *new;
};

static bool
next(struct step *s)
{
	const struct md_node *old = s->nwas < s->was->n ? &s->was->nodes[s->nwas] : NULL;
	const struct md_node *new = s->nis < s->is->n ? &s->is->nodes[s->nis] : NULL;
	const int order = old == NULL   ? 1
	                  : new == NULL ? -1
	                                : md_key_compare(old->key, new->key);

	if (old == NULL && new == NULL)
		return false;
	s->old = order <= 0 ? old : &no_node;
	s->new = order >= 0 ? new : &no_node;
	s->nwas += order <= 0;
	s->nis += order >= 0;
	return true;
}

static const char *
owner(const struct step *s)
{
	return s->old->n > 0 ? s->old->rr[0].owner : s->new->rr[0].owner;
}

/* ---- delegations ---- */

static size_t
count(const struct md_node *node, uint16_t type)
{
	size_t n = 0;

	for (size_t i = 0; i < node->n; i++)
		n += node->rr[i].type == type;
	return n;
}

static const char *
servers(struct md_arena *mem, const struct md_node *node)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < node->n; i++)
		if (node->rr[i].type == MD_NS)
			md_buf_item(&out, ", ", "%s", node->rr[i].name);
	return md_buf_str(&out);
}

/* Has a node a record of a type that the other lacks? */
static bool
has_more(const struct md_node *a, const struct md_node *b, uint16_t type)
{
	for (size_t i = 0; i < a->n; i++) {
		bool there = a->rr[i].type != type;

		for (size_t j = 0; !there && j < b->n; j++)
			there = md_rr_compare(&a->rr[i], &b->rr[j]) == 0;
		if (!there)
			return true;
	}
	return false;
}

static void
tell_not_judged(const struct md_gate_sides *sides, struct md_notices *rows, const char *name,
                const char *why)
{
	const struct md_not_judged what = { .what = name,
		                            .why = why,
		                            .place = { "", 0, NULL } };

	md_gate_not_judged(sides, rows, name, &what, MD_NEW);
}

static void
tell_removed(const struct md_gate_sides *sides, struct md_notices *rows, const char *name,
             const char *evidence, struct md_place place)
{
	struct md_notice row = md_gate_row(md_zone_rule(MD_ZONE_DELEGATION_REMOVED), name);

	row.evidence = evidence;
	row.file = place.file;
	row.line = place.line;
	md_gate_add(sides, rows, row);
}

/* A cut that goes, comes, or leads elsewhere. */
static void
judge_cut(const struct md_gate_sides *sides, struct md_notices *rows, const struct step *s,
          const struct md_zone *after)
{
	struct md_arena *mem = sides->mem;
	const size_t was = count(s->old, MD_NS), is = count(s->new, MD_NS);
	const char *name = owner(s);

	if (strcmp(name, md_zone_apex(after)) == 0)
		return;
	if (was > 0 && is == 0)
		tell_removed(sides, rows, name,
		             md_printf(mem, "NS %s was %s", name, servers(mem, s->old)),
		             md_zone_place(after, name, MD_NS));
	else if (was > 0 && has_more(s->new, s->old, MD_NS))
		tell_not_judged(sides, rows, name,
		                md_printf(mem,
		                          "delegated to %s, before to %s: whether these "
		                          "answer alike is not known",
		                          servers(mem, s->new), servers(mem, s->old)));
	else if (was == 0 && is > 0 && (s->old->n > 0 || md_tree_exists(s->was, s->new->key)))
		tell_not_judged(sides, rows, name,
		                md_printf(mem,
		                          "delegated to %s: whether these have the records "
		                          "that stood here is not known",
		                          servers(mem, s->new)));
}

static void
judge_cuts(const struct md_gate_sides *sides, struct md_notices *rows,
           const struct md_zone *before, const struct md_zone *after)
{
	struct step s = { .was = md_zone_tree(before), .is = md_zone_tree(after) };

	while (next(&s))
		if (count(s.old, MD_NS) + count(s.new, MD_NS) > 0)
			judge_cut(sides, rows, &s, after);
}

/* ---- the whole ---- */

/* The records of a name in the zones before the change; none when these do not tell. */
static const struct md_node *
node_before(const struct md_proposal *before, const char *name)
{
	const struct md_zone *zone =
	        before != NULL ? md_proposal_zone_above(before, name) : NULL;
	const struct md_node *node = NULL;
	struct md_key key;

	if (zone != NULL && md_name_fits(name)) {
		md_key_make(name, &key);
		node = md_tree_find(md_zone_tree(zone), md_key_ancestor(&key, key.nlabels));
	}
	return node != NULL ? node : &no_node;
}

/* Of whole zones their own faults tell it. */
static void
judge_doubled(const struct md_gate_sides *sides, struct md_notices *rows,
              const struct md_change *c)
{
	struct md_arena *mem = sides->mem;
	const char *meant = md_found_meant(mem, c->name);
	struct md_notice row = md_gate_row(md_zone_rule(MD_ZONE_NAME_DOUBLED), c->name);

	if (meant == c->name)
		return;
	row.evidence = md_printf(mem, "%s of %s: %s was meant", md_type_name(mem, c->type),
	                         c->name, meant);
	md_gate_set_place(mem, &row, c->place);
	md_gate_add(sides, rows, row);
}

/* Does a change set records that are not there already? */
static bool
sets_more(const struct md_change *c, const struct md_proposal *before)
{
	return c->kind == MD_CHANGE_SET && has_more(&(struct md_node){ .n = c->n, .rr = c->rr },
	                                            node_before(before, c->name), c->type);
}

static void
judge_changes(const struct md_gate_sides *sides, const struct md_proposal *before,
              struct md_notices *rows)
{
	const struct md_proposal *p = sides->proposal;

	for (size_t i = 0; i < p->nchanges; i++) {
		const struct md_change *c = &p->changes[i];

		if (c->kind == MD_CHANGE_KEEP)
			continue;
		if (sets_more(c, before))
			judge_doubled(sides, rows, c);
		if (c->type == MD_NS && c->kind == MD_CHANGE_UNSET)
			tell_removed(sides, rows, c->name,
			             md_printf(sides->mem, "the NS records of %s go", c->name),
			             c->place);
		else if (c->type == MD_NS && (c->kind != MD_CHANGE_SET || sets_more(c, before)))
			tell_not_judged(sides, rows, c->name,
			                "its NS records change: whether the new name servers "
			                "answer as the old ones is not known");
	}
}

void
md_gate_gone(const struct md_gate_sides *sides, const struct md_proposal *before,
             struct md_notices *rows)
{
	const struct md_proposal *after = sides->proposal;

	judge_changes(sides, before, rows);
	for (size_t i = 0; before != NULL && i < before->nzones; i++) {
		const char *apex = md_zone_apex(before->zones[i]);
		const struct md_zone *now = md_proposal_zone_above(after, apex);

		if (now == NULL && after->nzones > 0 && strcmp(apex, ".") != 0)
			tell_not_judged(sides, rows, apex,
			                "the base has this zone, and no proposed file has it");
		else if (now != NULL && strcmp(md_zone_apex(now), apex) == 0)
			judge_cuts(sides, rows, before->zones[i], now);
	}
}

/* ---- which domains change ---- */

static void
note_records(struct md_arena *mem, const struct md_node *a, const struct md_node *b,
             struct md_index *domains)
{
	for (size_t i = 0, j = 0; i < a->n; i++) {
		const char *domain;

		while (j < b->n && md_rr_compare(&b->rr[j], &a->rr[i]) < 0)
			j++;
		if (a->rr[i].type == MD_SOA ||
		    (j < b->n && md_rr_compare(&b->rr[j], &a->rr[i]) == 0))
			continue;
		domain = md_found_domain_of(mem, a->rr[i].owner, a->rr[i].type);
		if (domain != NULL)
			md_index_add(domains, md_str(domain));
	}
}

void
md_gate_changed(struct md_arena *mem, const struct md_proposal *before,
                const struct md_proposal *after, struct md_index *domains)
{
	static const struct md_tree nothing;

	for (size_t i = 0; i < after->nzones; i++) {
		const char *apex = md_zone_apex(after->zones[i]);
		const struct md_zone *old =
		        before != NULL ? md_proposal_zone_above(before, apex) : NULL;
		const bool same = old != NULL && strcmp(md_zone_apex(old), apex) == 0;
		struct step s = { .was = same ? md_zone_tree(old) : &nothing,
			          .is = md_zone_tree(after->zones[i]) };

		while (next(&s)) {
			note_records(mem, s.old, s.new, domains);
			note_records(mem, s.new, s.old, domains);
		}
	}
	for (size_t i = 0; i < after->nchanges; i++) {
		const char *domain =
		        md_found_domain_of(mem, after->changes[i].name, after->changes[i].type);

		if (domain != NULL)
			md_index_add(domains, md_str(domain));
	}
}
