/* Applying wishes to RRsets. */
#include "plan/records.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "dns/wire.h"
#include "kind/dns.h"
#include "plan/ground.h"
#include "plan/wildcard.h"
#include "proposal/read.h"

bool
md_rdata_has(const struct md_rdata_list *list, const char *rdata)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->p[i], rdata) == 0)
			return true;
	return false;
}

static bool
same_list(const struct md_rdata_list *a, const struct md_rdata_list *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (!md_rdata_has(b, a->p[i]))
			return false;
	return a->n == b->n;
}

const struct md_rrset_change *
md_changes_find(const struct md_changes *changes, const char *owner, uint16_t type)
{
	for (size_t i = 0; i < changes->n; i++)
		if (changes->sets[i].type == type && strcmp(changes->sets[i].owner, owner) == 0)
			return &changes->sets[i];
	return NULL;
}

bool
md_changes_same(const struct md_changes *a, const struct md_changes *b)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct md_rrset_change *other =
		        md_changes_find(b, a->sets[i].owner, a->sets[i].type);

		if (other == NULL || !same_list(&a->sets[i].is, &other->is))
			return false;
	}
	return a->n == b->n;
}

static bool
parse(struct md_arena *mem, const char *owner, uint16_t type, const char *rdata,
      struct md_rr *rr)
{
	const char *why;

	*rr = (struct md_rr){ .owner = owner, .type = type, .ttl = 300 };
	return md_rr_parse(mem, rdata, rr, &why);
}

struct md_str
md_rdata_text(struct md_arena *mem, const char *rdata)
{
	struct md_rr rr;

	if (!parse(mem, ".", MD_TXT, rdata, &rr))
		return (struct md_str){ NULL, 0 };
	return rr.txt.joined;
}

/* ---- what is there ---- */

/* Who asked for other records of the name has met the alias that stands there. */
static bool
alias_was(struct md_arena *mem, const struct md_store *facts, struct md_rrset_change *set)
{
	for (size_t i = 0; i < facts->n; i++) {
		const struct md_fact *fact = facts->entries[i]->fact;
		const struct md_dns *dns = (const struct md_dns *)fact;

		if (fact->kind != &md_dns_kind || dns->naliases == 0 ||
		    strcmp(dns->question.name, set->owner) != 0)
			continue;
		MD_PUSH(mem, set->was.p, set->was.n, md_rr_text(mem, &dns->aliases[0]));
		set->ttl = dns->ttl;
		return true;
	}
	return false;
}

/* Does a name server of the zone say something else than what was heard? */
static bool
is_disputed(const struct md_store *facts, const struct md_dns *heard)
{
	for (size_t i = 0; i < facts->n; i++) {
		const struct md_fact *fact = facts->entries[i]->fact;
		const struct md_dns *dns = (const struct md_dns *)fact;

		if (fact->kind == &md_dns_kind && fact->state != MD_UNKNOWN &&
		    dns->question.server[0] != '\0' &&
		    dns->question.type == heard->question.type &&
		    strcmp(dns->question.name, heard->question.name) == 0 &&
		    !md_dns_alike(dns, heard))
			return true;
	}
	return false;
}

/* False when it is not known what stands there, or that is not for this name alone. */
static bool
what_was(struct md_arena *mem, const struct md_plan_ground *ground, struct md_rrset_change *set)
{
	const struct md_question q = { set->owner, set->type, 0, "" };
	const struct md_fact *fact = md_store_known(&ground->facts, &md_dns_kind, &q);
	const struct md_dns *dns = (const struct md_dns *)fact;

	if (md_plan_by_wildcard(ground, set->owner))
		return false;
	if (set->type == MD_CNAME && alias_was(mem, &ground->facts, set))
		return true;
	if (fact == NULL || fact->state == MD_UNKNOWN || dns->naliases > 0 ||
	    dns->n > MD_PLAN_MOST_RRS || is_disputed(&ground->facts, dns))
		return false;
	for (size_t i = 0; i < dns->n; i++)
		if (dns->rr[i].type == set->type)
			MD_PUSH(mem, set->was.p, set->was.n, md_rr_text(mem, &dns->rr[i]));
	set->ttl = dns->n > 0 ? dns->ttl : 0;
	return true;
}

/* ---- what is wished ---- */

static struct md_rdata_list
copy_of(struct md_arena *mem, const struct md_rdata_list *list)
{
	struct md_rdata_list copy = { 0, NULL };

	for (size_t i = 0; i < list->n; i++)
		MD_PUSH(mem, copy.p, copy.n, list->p[i]);
	return copy;
}

static bool
take_out(struct md_rdata_list *list, const char *rdata)
{
	for (size_t i = 0; i < list->n; i++) {
		if (strcmp(list->p[i], rdata) != 0)
			continue;
		memmove(&list->p[i], &list->p[i + 1], (list->n - i - 1) * sizeof(*list->p));
		list->n--;
		return true;
	}
	return false;
}

static bool
put_in(struct md_arena *mem, struct md_rrset_change *set, const char *rdata)
{
	struct md_rr rr;
	const char *text;

	if (!md_name_fits(set->owner) || !parse(mem, set->owner, set->type, rdata, &rr))
		return false;
	text = md_rr_text(mem, &rr);
	if (md_rdata_has(&set->is, text))
		return true;
	if (set->is.n > MD_PLAN_MOST_RRS)
		return false;
	MD_PUSH(mem, set->is.p, set->is.n, text);
	return true;
}

static bool
apply(struct md_arena *mem, struct md_rrset_change *set, const struct md_wish *wish)
{
	if (wish->remove != NULL && !take_out(&set->is, wish->remove))
		return false;
	return wish->add == NULL || put_in(mem, set, wish->add);
}

/* The set that a wish is about, new or not; NULL when it cannot be changed. */
static struct md_rrset_change *
set_of(struct md_arena *mem, const struct md_plan_ground *ground, struct md_rrset_change **sets,
       size_t *n, const struct md_wish *wish)
{
	struct md_rrset_change set = { .type = wish->type };

	for (size_t i = 0; i < *n; i++)
		if ((*sets)[i].type == wish->type && strcmp((*sets)[i].owner, wish->owner) == 0)
			return &(*sets)[i];
	set.owner = md_strdup(mem, wish->owner);
	if (!what_was(mem, ground, &set))
		return NULL;
	set.is = copy_of(mem, &set.was);
	MD_PUSH(mem, *sets, *n, set);
	return &(*sets)[*n - 1];
}

const struct md_changes *
md_changes_with(struct md_arena *mem, const struct md_plan_ground *ground,
                const struct md_changes *changes, const struct md_wish *wishes)
{
	struct md_changes *made = md_alloc(mem, sizeof(*made));
	struct md_rrset_change *sets = NULL;

	for (size_t i = 0; i < changes->n; i++) {
		struct md_rrset_change set = changes->sets[i];

		set.is = copy_of(mem, &set.is);
		MD_PUSH(mem, sets, made->n, set);
	}
	for (; wishes != NULL; wishes = wishes->next) {
		struct md_rrset_change *set = set_of(mem, ground, &sets, &made->n, wishes);

		if (set == NULL || !apply(mem, set, wishes))
			return NULL;
	}
	made->sets = sets;
	return made;
}

/* ---- as a proposal ---- */

static void
propose(struct md_proposal_builder *b, const struct md_rrset_change *set)
{
	struct md_arena *mem = md_proposal_mem(b);
	struct md_rr rr;

	if (set->is.n == 0)
		md_proposal_take_change(b,
		                        &(struct md_change){ .kind = MD_CHANGE_UNSET,
		                                             .name = set->owner,
		                                             .type = set->type,
		                                             .why = "",
		                                             .place = { .file = "the plan" } });
	for (size_t i = 0; i < set->is.n; i++)
		if (parse(mem, set->owner, set->type, set->is.p[i], &rr))
			md_proposal_take_record(b, &rr,
			                        (struct md_place){ .file = "the plan" });
}

const struct md_proposal *
md_changes_proposal(struct md_arena *mem, const struct md_changes *changes)
{
	struct md_proposal_builder *b = md_proposal_new(mem);

	for (size_t i = 0; i < changes->n; i++)
		if (!same_list(&changes->sets[i].was, &changes->sets[i].is))
			propose(b, &changes->sets[i]);
	return md_proposal_done(b);
}

bool
md_changes_hold(const struct md_changes *changes, const struct md_rdata_list *records)
{
	for (size_t i = 0; i < records->n; i++) {
		bool found = false;

		for (size_t j = 0; j < changes->n && !found; j++)
			found = md_rdata_has(&changes->sets[j].is, records->p[i]);
		if (!found)
			return false;
	}
	return true;
}
