/* Reads domains and selectors off the names in a proposal. */
#include "gate/touched.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "domain/psl.h"
#include "zone/tree.h"
#include "zone/zone.h"

static const char key_label[] = "._domainkey.";

bool
md_found_selector(struct md_arena *mem, const char *name, const char **selector,
                  const char **domain)
{
	const char *at = strstr(name, key_label);

	if (at == NULL || at == name || name[0] == '*')
		return false;
	*selector = md_strndup(mem, name, (size_t)(at - name));
	*domain = at + sizeof(key_label) - 1;
	return true;
}

/* Names that stand before the domain that they are for. */
static const char *
below(const char *name)
{
	static const char *const before[] = { "_dmarc.", "_mta-sts.", "mta-sts.", "_smtp._tls.",
		                              "default._bimi." };

	for (size_t i = 0; i < MD_COUNT(before); i++)
		if (md_str_starts(md_str(name), before[i]))
			return name + strlen(before[i]);
	return NULL;
}

/* No mail is from a name like _spf.example.com: its record is there for others to include. */
static bool
is_helper(const char *name)
{
	return name[0] == '_' || strstr(name, "._") != NULL;
}

const char *
md_found_domain_of(struct md_arena *mem, const char *name, uint16_t type)
{
	const char *selector, *domain;

	if (md_found_selector(mem, name, &selector, &domain))
		return domain;
	domain = below(name);
	if (domain != NULL)
		return domain;
	if (type == MD_MX || (type == MD_TXT && !is_helper(name) && name[0] != '*'))
		return name;
	return md_psl_organisational(name);
}

static void
add_domain(struct md_found *f, const char *domain)
{
	if (domain == NULL || domain[0] == '.' || domain[0] == '*' || md_psl_is_listed(domain))
		return;
	for (size_t i = 0; i < f->ndomains; i++)
		if (strcmp(f->domains[i], domain) == 0)
			return;
	MD_PUSH(f->mem, f->domains, f->ndomains, md_strdup(f->mem, domain));
}

static void
add_selector(struct md_found *f, const char *name)
{
	struct md_found_selector s;

	if (!md_found_selector(f->mem, name, &s.selector, &s.domain))
		return;
	s.domain = md_strdup(f->mem, s.domain);
	for (size_t i = 0; i < f->nselectors; i++)
		if (strcmp(f->selectors[i].selector, s.selector) == 0 &&
		    strcmp(f->selectors[i].domain, s.domain) == 0)
			return;
	MD_PUSH(f->mem, f->selectors, f->nselectors, s);
}

static void
add_record(struct md_found *f, const struct md_rr *rr)
{
	const bool txt = rr->type == MD_TXT;

	if (txt || rr->type == MD_CNAME)
		add_selector(f, rr->owner);
	if (rr->type == MD_MX ||
	    (txt && !is_helper(rr->owner) && md_str_starts_nocase(rr->txt.joined, "v=spf1")))
		add_domain(f, rr->owner);
	if (txt && md_str_starts(md_str(rr->owner), "_dmarc."))
		add_domain(f, below(rr->owner));
}

static void
walk(const struct md_zone *zone, struct md_found *f,
     void (*visit)(struct md_found *, const struct md_rr *))
{
	const struct md_tree *tree = md_zone_tree(zone);

	for (size_t i = 0; i < tree->n; i++)
		for (size_t j = 0; j < tree->nodes[i].n; j++)
			visit(f, &tree->nodes[i].rr[j]);
}

void
md_found_in(struct md_found *f, const struct md_proposal *p)
{
	for (size_t i = 0; i < p->nzones; i++) {
		add_domain(f, md_zone_apex(p->zones[i]));
		walk(p->zones[i], f, add_record);
	}
	for (size_t i = 0; i < p->nchanges; i++) {
		const struct md_change *c = &p->changes[i];

		add_domain(f, md_found_domain_of(f->mem, c->name, c->type));
		add_selector(f, c->name);
	}
}

static void
add_old(struct md_found *f, const struct md_rr *rr)
{
	if (rr->type == MD_TXT || rr->type == MD_CNAME)
		add_selector(f, rr->owner);
}

void
md_found_before(struct md_found *f, const struct md_zone *zone)
{
	walk(zone, f, add_old);
}

const char *
md_found_apex(const struct md_proposal *p, const char *domain)
{
	const char *nearest = "";

	for (size_t i = 0; i < p->nzones; i++) {
		const char *apex = md_zone_apex(p->zones[i]);

		if (md_name_under(domain, apex) && strlen(apex) > strlen(nearest))
			nearest = apex;
	}
	return nearest;
}
