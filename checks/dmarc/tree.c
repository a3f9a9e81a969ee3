/* The names above a domain: who counts as its organisation, and who only seems to. */
#include <string.h>

#include "base/name.h"
#include "domain/psl.h"
#include "rules.h"

enum { PROBED_MAX = 16 }; /* skipped names that are looked at */

/* psd=y where no registry is (RFC 9989 4.7), or a registry's own with ruf (10.2: MUST NOT). */
static void
judge_flag(struct md_ctx *c, const struct md_dmarc_place *place)
{
	if (place->record->psd != 'y')
		return;
	if (!md_psl_is_suffix(place->name)) {
		md_found(c, DMARC_PSD_MISUSE, md_dmarc_subject(c, place->name, 1),
		         "%s is no public suffix", place->name);
		md_dmarc_point(c, place, place->record->value[MD_DMARC_PSD]);
		md_dmarc_wish_with(c, place, "psd", NULL);
	} else if (strcmp(place->name, md_domain(c)) == 0 &&
	           place->record->value[MD_DMARC_RUF].p != NULL) {
		md_found(c, DMARC_PSD_MISUSE, md_dmarc_subject(c, place->name, 1),
		         "psd=y together with ruf=");
		md_dmarc_point(c, place, place->record->name[MD_DMARC_RUF]);
		md_dmarc_wish_with(c, place, "ruf", NULL);
	}
}

/* The domain's own record, with psd=n, so that no walk goes on to the suffix. */
static bool
judge_suffix(struct md_ctx *c, const struct md_dmarc_walk *walk)
{
	const struct md_dmarc_place *own = walk->at[0], *top = NULL;

	for (size_t i = 1; i < walk->n; i++)
		if (walk->at[i]->record != NULL && walk->at[i]->record->psd != 'y' &&
		    strcmp(walk->at[i]->name, walk->organisational) == 0)
			top = walk->at[i];
	if (top == NULL || !md_psl_is_suffix(top->name) || md_psl_is_suffix(own->name))
		return false;
	md_found(c, DMARC_PSD_PARENT_UNFLAGGED, md_domain(c),
	         "record without psd=y at _dmarc.%s: it is the organisational domain",
	         top->name);
	for (size_t i = 0; i < walk->n; i++)
		if (walk->at[i]->record != NULL &&
		    strcmp(walk->at[i]->name, md_psl_organisational(own->name)) == 0)
			md_dmarc_wish_with(c, walk->at[i], "psd", "n");
	return true;
}

static void
judge_difference(struct md_ctx *c, const struct md_dmarc_walk *walk)
{
	const char *by_list = md_subject(c)->organisation;
	bool any = false;

	for (size_t i = 0; i < walk->n; i++)
		any = any || walk->at[i]->record != NULL;
	/* Without any record nobody looks for an organisational domain. */
	if (!any || strcmp(walk->organisational, by_list) == 0)
		return;
	md_found(c, DMARC_TREEWALK_PSL_DIFFER, md_domain(c),
	         "%s by tree walk, %s by the Public Suffix List", walk->organisational,
	         by_list);
}

/* RFC 9989 4.10.1: the author's, the organisation's, the suffix's; none in between. */
static void
judge_between(struct md_ctx *c, const struct md_dmarc_walk *walk)
{
	const unsigned top = md_name_labels(walk->organisational);

	if (walk->at[0]->record != NULL)
		return;
	for (size_t i = 1; i < walk->n; i++)
		if (walk->at[i]->record != NULL && md_name_labels(walk->at[i]->name) > top)
			md_found(c, DMARC_MIDLEVEL_NOT_INHERITED,
			         md_dmarc_subject(c, walk->at[i]->name, 1),
			         "skipped: %s takes its policy from %s", md_domain(c),
			         walk->organisational);
}

/* Names of 8 to n-1 labels, which a walk skips: after the domain's n labels come 7. */
static void
judge_jump(struct md_ctx *c, const struct md_dmarc_walk *walk)
{
	const char *name = md_name_parent(md_domain(c));

	if (walk->at[0]->record != NULL)
		return;
	for (unsigned i = 0; i < PROBED_MAX && md_name_labels(name) >= MD_DMARC_WALK_MAX; i++) {
		const struct md_dmarc_place *place = md_dmarc_at(c, name);

		if (!place->known)
			md_known(c, &place->txt->fact);
		else if (place->record != NULL)
			md_found(c, DMARC_TOO_MANY_LABELS, md_dmarc_subject(c, name, 1),
			         "%s has %u labels: after it _dmarc.%s is asked for",
			         md_domain(c), md_name_labels(md_domain(c)),
			         md_dmarc_walk_name(md_domain(c), 1));
		name = md_name_parent(name);
	}
}

void
md_dmarc_judge_tree(struct md_ctx *c, const struct md_dmarc_walk *walk)
{
	for (size_t i = 0; i < walk->n; i++)
		if (walk->at[i]->record != NULL)
			judge_flag(c, walk->at[i]);
	if (!judge_suffix(c, walk))
		judge_difference(c, walk);
	judge_between(c, walk);
	judge_jump(c, walk);
}
