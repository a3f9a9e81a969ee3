/* Looks for records where nobody else does. */
#include "domain/misplaced.h"

#include <string.h>

#include "base/name.h"
#include "domain/nxdomain_rewriting.h"
#include "domain/psl.h"

static const char *
name_at(struct md_ctx *c, const char *label, const char *domain)
{
	return label[0] == '\0' ? domain : md_printf(md_mem(c), "%s.%s", label, domain);
}

const char *const *
md_wrong_names(struct md_ctx *c, const struct md_right_place *place)
{
	const char *domain = md_domain(c), *zone = md_subject(c)->organisation;
	const char *right = name_at(c, place->label, domain);
	const char **names = NULL, *name = md_printf(md_mem(c), "%s.%s", right, domain);
	size_t n = 0;

	if (md_name_fits(name))
		MD_PUSH(md_mem(c), names, n, name);
	name = md_printf(md_mem(c), "%s.%s", right, zone);
	if (md_eager(c) && strcmp(zone, domain) != 0 && md_name_fits(name))
		MD_PUSH(md_mem(c), names, n, name);
	for (size_t i = 0; place->wrong[i] != NULL; i++) {
		name = name_at(c, place->wrong[i], domain);
		if (md_name_fits(name))
			MD_PUSH(md_mem(c), names, n, name);
	}
	name = NULL;
	MD_PUSH(md_mem(c), names, n, name);
	return names;
}

static const struct md_rr *
first_beginning(const struct md_dns *txt, const char *begins)
{
	for (size_t i = 0; i < txt->n; i++)
		if (txt->rr[i].type == MD_TXT &&
		    md_str_starts_nocase(txt->rr[i].txt.joined, begins))
			return &txt->rr[i];
	return NULL;
}

/* RFC 4592 3.3.1: one wildcard answers for all names of one parent that nobody has made. */
bool
md_may_be_wildcards(struct md_ctx *c, const char *name, const struct md_rr *rr)
{
	const char *parent = md_name_parent(name);
	const char *sibling = md_printf(md_mem(c), "%s.%s", md_unlikely_label(c), parent);
	const struct md_dns *txt;

	if (!md_name_under(parent, md_subject(c)->organisation))
		return false;
	if (!md_name_fits(sibling))
		return true;
	txt = md_dns_aside(c, rr->type, sibling);
	if (txt->fact.state == MD_UNKNOWN)
		return true;
	for (size_t i = 0; i < txt->n; i++)
		if (md_rr_compare(&txt->rr[i], rr) == 0)
			return true;
	return false;
}

const struct md_misplaced *
md_misplaced(struct md_ctx *c, const struct md_right_place *place, const char *begins)
{
	const char *const *names = md_wrong_names(c, place);
	struct md_misplaced *found;

	if (!md_eager(c))
		return NULL;
	for (size_t i = 0; names[i] != NULL; i++) /* all under way before the first is read */
		md_dns_aside(c, MD_TXT, names[i]);
	for (size_t i = 0; names[i] != NULL && !md_waiting(c); i++) {
		const struct md_dns *txt = md_dns_aside(c, MD_TXT, names[i]);
		const struct md_rr *rr = first_beginning(txt, begins);

		/* what an alias leads to stands where it belongs */
		if (rr == NULL || txt->naliases > 0 || md_may_be_wildcards(c, names[i], rr))
			continue;
		found = md_alloc(md_mem(c), sizeof(*found));
		*found = (struct md_misplaced){ names[i], rr };
		return found;
	}
	return NULL;
}

const char *
md_undoubled(struct md_ctx *c, const char *target)
{
	const char *zone = md_domain(c), *meant;

	/* The longest name that may be the zone's: the domain, or one above it. */
	while (!md_name_under(target, zone)) {
		if (md_name_labels(zone) <= md_name_labels(md_subject(c)->organisation))
			return NULL;
		zone = md_name_parent(zone);
	}
	if (strcmp(target, zone) == 0)
		return NULL;
	meant = md_strndup(md_mem(c), target, strlen(target) - strlen(zone) - 1);
	/* A name that could be registered, below a suffix that there is. */
	if (md_name_labels(meant) < 2 || md_psl_is_suffix(meant) ||
	    !md_psl_is_listed(md_name_parent(md_psl_organisational(meant))))
		return NULL;
	return meant;
}
