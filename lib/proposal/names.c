/* Names of a zone's records that were hardly meant: doubled, outside, without a final dot. */
#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "proposal/read.h"

static const char *
target_of(const struct md_rr *rr)
{
	switch (rr->type) {
	case MD_NS:
	case MD_CNAME:
	case MD_PTR:
	case MD_DNAME:
		return rr->name;
	case MD_MX:
		return rr->mx.exchange;
	default:
		return "";
	}
}

static void
judge(struct md_input *in, const struct md_rr *rr, const char *apex)
{
	const char *target = target_of(rr);

	if (!md_name_under(rr->owner, apex))
		md_input_fault(in, rr, "zone.outside",
		               md_printf(in->mem, "%s is not in the zone %s: ignored",
		                         rr->owner, apex));
	if (md_name_doubled(rr->owner, apex))
		md_input_fault(in, rr, "zone.name-doubled",
		               md_printf(in->mem, "%s of %s: %s was meant, with its final dot",
		                         md_type_name(in->mem, rr->type), rr->owner,
		                         md_strndup(in->mem, rr->owner,
		                                    strlen(rr->owner) - strlen(apex) - 1)));
	if (md_name_doubled(target, apex))
		md_input_fault(in, rr, "zone.name-doubled",
		               md_printf(in->mem,
		                         "%s of %s leads to %s: a final dot is lacking",
		                         md_type_name(in->mem, rr->type), rr->owner, target));
}

/* ---- other domains' names ---- */

/* The records of a zone by owner. */
struct owners {
	const struct md_rr *const *rr;
	size_t n;
	const char *apex;
};

static int
by_name(const void *name, const void *rr)
{
	return strcmp(name, (*(const struct md_rr *const *)rr)->owner);
}

static bool
is_owner(const struct owners *o, const char *name)
{
	return bsearch(name, o->rr, o->n, sizeof(*o->rr), by_name) != NULL;
}

/* Has the zone the name, a wildcard above it, or anything between it and the apex? */
static bool
is_known(struct md_arena *mem, const struct owners *o, const char *name)
{
	for (; strcmp(name, o->apex) != 0; name = md_name_parent(name))
		if (is_owner(o, name) ||
		    is_owner(o, md_printf(mem, "*.%s", md_name_parent(name))))
			return true;
	return false;
}

/* Does what stands before the apex end as names of other domains do: "mx.example.net"? */
static bool
ends_as_others(struct md_arena *mem, const char *name, const char *apex)
{
	static const char *const tops[] = { "com", "net", "org", "io", "eu",
		                            "de",  "uk",  "fr",  "nl", NULL };
	const char *before = md_strndup(mem, name, strlen(name) - strlen(apex) - 1);

	for (size_t i = 0; md_name_labels(before) > 1 && tops[i] != NULL; i++)
		if (strcmp(md_name_last(before, 1), tops[i]) == 0)
			return true;
	return false;
}

/* A target in another domain that lost its final dot: it leads to where nothing is. */
static void
judge_target(struct md_input *in, const struct md_rr *rr, const struct owners *o)
{
	const char *target = target_of(rr);

	if (strcmp(o->apex, ".") == 0 || strcmp(target, o->apex) == 0 ||
	    !md_name_under(target, o->apex) || md_name_doubled(target, o->apex) ||
	    !ends_as_others(in->mem, target, o->apex) || is_known(in->mem, o, target))
		return;
	md_input_fault(in, rr, "zone.name-doubled",
	               md_printf(in->mem,
	                         "%s of %s leads to %s, which is not in the zone: a final dot "
	                         "is lacking",
	                         md_type_name(in->mem, rr->type), rr->owner, target));
}

void
md_input_judge_names(struct md_input *in, const struct md_rr *const *sorted, const char *apex)
{
	const struct owners owners = { sorted, in->n, apex };

	for (size_t i = 0; i < in->n; i++) {
		judge(in, &in->rr[i], apex);
		judge_target(in, &in->rr[i], &owners);
	}
}
