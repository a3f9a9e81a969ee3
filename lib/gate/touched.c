/* Reads domains and selectors off the names in a proposal. */
#include "gate/touched.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "domain/psl.h"
#include "record/spf/spf.h"
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

/* What a DNS editor may have put before a name that had it: "_dmarc._dmarc.example.com". */
static const char *
without_labels(const char *domain)
{
	while (md_str_starts(md_str(domain), "_dmarc.") ||
	       md_str_starts(md_str(domain), key_label + 1))
		domain = md_name_parent(domain);
	return domain;
}

const char *
md_found_meant(struct md_arena *mem, const char *name)
{
	const unsigned labels = md_name_labels(name);
	const char *zone = labels < 4 ? NULL : md_psl_organisational(name);

	for (unsigned n = zone != NULL ? md_name_labels(zone) : labels; 2 * n <= labels; n++) {
		zone = md_name_last(name, n);
		if (md_name_doubled(name, zone))
			return md_strndup(mem, name, strlen(name) - strlen(zone) - 1);
	}
	return name;
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

	name = md_found_meant(mem, name);
	if (md_found_selector(mem, name, &selector, &domain))
		return without_labels(domain);
	domain = below(name);
	if (domain != NULL)
		return without_labels(domain);
	if (type == MD_MX || (type == MD_TXT && !is_helper(name) && name[0] != '*'))
		return name;
	if (type == MD_NS) /* all that is below goes where these lead */
		return name;
	return md_psl_organisational(name);
}

void
md_found_init(struct md_found *f, struct md_arena *mem)
{
	*f = (struct md_found){ .mem = mem,
		                .names = { .mem = mem },
		                .keys = { .mem = mem },
		                .by_domain = { .mem = mem } };
}

void
md_found_add(struct md_found *f, const char *domain)
{
	if (domain == NULL || domain[0] == '.' || domain[0] == '*' || md_psl_is_listed(domain))
		return;
	if (md_index_add(&f->names, md_str(domain)))
		MD_PUSH(f->mem, f->domains, f->ndomains, md_strdup(f->mem, domain));
}

static void
add_selector(struct md_found *f, const char *name)
{
	const char *selector, *domain;
	struct md_found_keys **keys;

	name = md_found_meant(f->mem, name);
	if (!md_found_selector(f->mem, name, &selector, &domain) ||
	    !md_index_add(&f->keys, md_str(name)))
		return;
	domain = without_labels(domain);
	keys = (struct md_found_keys **)md_index_at(&f->by_domain, md_str(domain));
	if (*keys == NULL)
		*keys = md_alloc(f->mem, sizeof(**keys));
	MD_PUSH(f->mem, (*keys)->selectors, (*keys)->n, selector);
}

struct md_found_keys
md_found_keys_of(const struct md_found *f, const char *domain)
{
	const struct md_found_keys *keys = md_index_find(&f->by_domain, md_str(domain));

	return keys != NULL ? *keys : (struct md_found_keys){ 0, NULL };
}

/* The domain that a record of a zone shows to have mail; NULL: none. */
static const char *
domain_with_mail(struct md_arena *mem, const struct md_rr *rr)
{
	const bool txt = rr->type == MD_TXT;

	if (rr->type == MD_MX ||
	    (txt && !is_helper(rr->owner) && md_spf_is_record(rr->txt.joined)))
		return md_found_meant(mem, rr->owner);
	return txt && md_str_starts(md_str(rr->owner), "_dmarc.")
	               ? without_labels(md_found_meant(mem, rr->owner))
	               : NULL;
}

static void
add_record(struct md_found *f, const struct md_rr *rr)
{
	if (rr->type == MD_TXT || rr->type == MD_CNAME)
		add_selector(f, rr->owner);
	md_found_add(f, domain_with_mail(f->mem, rr));
}

void
md_found_in(struct md_found *f, const struct md_proposal *p)
{
	for (size_t i = 0; i < p->nzones; i++) {
		const struct md_tree *tree = md_zone_tree(p->zones[i]);

		md_found_add(f, md_zone_apex(p->zones[i]));
		for (size_t j = 0; j < tree->n; j++)
			for (size_t k = 0; k < tree->nodes[j].n; k++)
				add_record(f, &tree->nodes[j].rr[k]);
	}
	for (size_t i = 0; i < p->nchanges; i++) {
		const struct md_change *c = &p->changes[i];

		md_found_add(f, md_found_domain_of(f->mem, c->name, c->type));
		add_selector(f, c->name);
	}
}

/* ---- before the change ---- */

/* Notes all zones of a proposal that have the name, or are above it. */
static void
note_zones(const struct md_proposal *before, const char *name, struct md_index *noted)
{
	const struct md_zone *zone = md_proposal_zone_above(before, name);

	while (zone != NULL && md_index_add(noted, md_str(md_zone_apex(zone))) &&
	       strcmp(md_zone_apex(zone), ".") != 0)
		zone = md_proposal_zone_above(before, md_name_parent(md_zone_apex(zone)));
}

/* The zones before the change in which the proposal changes something, or has a zone below. */
static struct md_index
changed_zones(struct md_arena *mem, const struct md_proposal *before,
              const struct md_proposal *after)
{
	struct md_index noted = { .mem = mem };

	for (size_t i = 0; i < after->nzones; i++)
		note_zones(before, md_zone_apex(after->zones[i]), &noted);
	for (size_t i = 0; i < after->nchanges; i++)
		note_zones(before, after->changes[i].name, &noted);
	for (size_t i = 0; i < before->nzones; i++)
		if (md_proposal_zone_above(after, md_zone_apex(before->zones[i])) != NULL)
			md_index_add(&noted, md_str(md_zone_apex(before->zones[i])));
	return noted;
}

/* Does the proposal decide what is there, or did it and leave it to other name servers? */
static bool
is_concerned(const struct md_proposal *after, const char *name, uint16_t type)
{
	return after->nzones == 0 || md_proposal_covers(after, name, type) ||
	       md_proposal_zone_above(after, name) != NULL;
}

/* Does a zone of the proposal have the name, and no NS records for it any more? */
static bool
is_cut_off(const struct md_proposal *after, const char *name)
{
	const struct md_zone *zone = md_proposal_zone_above(after, name);

	return zone != NULL && strcmp(md_zone_apex(zone), name) != 0 &&
	       md_zone_place(zone, name, MD_NS).line == 0;
}

/* A key that goes is its domain's loss, though the domain has no other record. */
static void
add_old(struct md_found *f, const struct md_proposal *after, const struct md_rr *rr)
{
	const char *domain = domain_with_mail(f->mem, rr);
	struct md_dns now = { .origin = "" };
	const struct md_question q = { rr->owner, rr->type, 0, "" };

	if (!is_concerned(after, rr->owner, rr->type))
		return;
	md_found_add(f, domain);
	if (rr->type == MD_NS && is_cut_off(after, rr->owner))
		md_found_add(f, rr->owner);
	if ((rr->type != MD_TXT && rr->type != MD_CNAME) ||
	    strstr(rr->owner, key_label) == NULL)
		return;
	add_selector(f, rr->owner);
	if (!md_proposal_covers(after, rr->owner, rr->type))
		return;
	md_proposal_find(after, f->mem, &q, &now);
	if (now.n == 0)
		md_found_add(f, md_found_domain_of(f->mem, rr->owner, rr->type));
}

void
md_found_before(struct md_found *f, const struct md_proposal *before,
                const struct md_proposal *after)
{
	const struct md_index changed = changed_zones(f->mem, before, after);

	for (size_t i = 0; i < before->nzones; i++) {
		const struct md_tree *tree = md_zone_tree(before->zones[i]);

		if (!md_index_has(&changed, md_str(md_zone_apex(before->zones[i]))))
			continue;
		for (size_t j = 0; j < tree->n; j++)
			for (size_t k = 0; k < tree->nodes[j].n; k++)
				add_old(f, after, &tree->nodes[j].rr[k]);
	}
}

const char *
md_found_apex(const struct md_proposal *p, const char *domain)
{
	const struct md_zone *zone = md_proposal_zone_above(p, domain);

	return zone != NULL ? md_zone_apex(zone) : "";
}
