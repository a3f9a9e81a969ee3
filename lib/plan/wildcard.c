/* Tells names that a wildcard made from names of their own, by what was asked and answered. */
#include "plan/wildcard.h"

#include <string.h>

#include "base/name.h"
#include "domain/nxdomain_rewriting.h"
#include "kind/dns.h"
#include "plan/ground.h"

/* The same records, or an alias of the same name. */
static bool
same_answers(const struct md_dns *a, const struct md_dns *b)
{
	if (a->naliases > 0 || b->naliases > 0)
		return a->naliases > 0 && b->naliases > 0 &&
		       strcmp(a->aliases[0].name, b->aliases[0].name) == 0;
	if (a->fact.state != MD_PRESENT || b->fact.state != MD_PRESENT)
		return false;
	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (md_rr_compare(&a->rr[i], &b->rr[i]) != 0)
			return false;
	return a->n == b->n;
}

/*
 * May the wildcard that answers for the one name answer for the other as well?  The first is
 * one that nobody has made; or any, for the name of a policy ("_dmarc...").
 */
static bool
tells_of(const char *any, const char *name)
{
	return (md_is_unlikely(any) || name[0] == '_') && strcmp(any, name) != 0 &&
	       md_name_labels(any) > 1 && md_name_under(name, md_name_parent(any));
}

/* What a name beside this one answers that nobody has made; NULL where that is not known. */
static const struct md_dns *
unlikely_sibling(const struct md_store *facts, const struct md_dns *at)
{
	const char *parent = md_name_parent(at->question.name);

	for (size_t i = 0; i < facts->n; i++) {
		const struct md_fact *fact = facts->entries[i]->fact;
		const struct md_dns *dns = (const struct md_dns *)fact;

		if (fact->kind == &md_dns_kind && dns->question.type == at->question.type &&
		    (fact->state == MD_PRESENT || fact->state == MD_ABSENT) &&
		    md_is_unlikely(dns->question.name) &&
		    strcmp(md_name_parent(dns->question.name), parent) == 0)
			return dns;
	}
	return NULL;
}

/* Such a sibling decides alone: what makes this name makes that one (RFC 4592 3.3.1). */
static bool
is_made(const struct md_plan_ground *ground, const struct md_dns *at)
{
	const struct md_dns *sibling = unlikely_sibling(&ground->facts, at);

	if (sibling != NULL)
		return same_answers(sibling, at);
	for (size_t i = 0; i < ground->facts.n; i++) {
		const struct md_fact *fact = ground->facts.entries[i]->fact;
		const struct md_dns *any = (const struct md_dns *)fact;

		if (fact->kind == &md_dns_kind && any->question.type == at->question.type &&
		    tells_of(any->question.name, at->question.name) && same_answers(any, at))
			return true;
	}
	return false;
}

/* Is there a name that nobody has made, and that says something else of this type than `at`? */
static bool
is_own(const struct md_plan_ground *ground, const struct md_dns *at)
{
	for (size_t i = 0; i < ground->facts.n; i++) {
		const struct md_fact *fact = ground->facts.entries[i]->fact;
		const struct md_dns *any = (const struct md_dns *)fact;

		if (fact->kind == &md_dns_kind && fact->state != MD_UNKNOWN &&
		    md_is_unlikely(any->question.name) &&
		    any->question.type == at->question.type &&
		    tells_of(any->question.name, at->question.name))
			return !same_answers(any, at);
	}
	return false;
}

/* Does anything stand at the name that no wildcard has made, and is that known? */
static bool
exists(const struct md_plan_ground *ground, const char *name)
{
	for (size_t i = 0; i < ground->facts.n; i++) {
		const struct md_fact *fact = ground->facts.entries[i]->fact;
		const struct md_dns *dns = (const struct md_dns *)fact;

		if (fact->kind == &md_dns_kind && strcmp(dns->question.name, name) == 0 &&
		    (fact->state == MD_PRESENT || dns->naliases > 0) && is_own(ground, dns))
			return true;
	}
	return false;
}

/*
 * Is there a name beside or below this one that exists though nobody has made it?  It need not
 * have records of the type that was asked for.
 */
static bool
is_beside_made(const struct md_plan_ground *ground, const char *name)
{
	for (size_t i = 0; i < ground->facts.n; i++) {
		const struct md_fact *fact = ground->facts.entries[i]->fact;
		const struct md_dns *dns = (const struct md_dns *)fact;

		if (fact->kind == &md_dns_kind && fact->state != MD_UNKNOWN &&
		    md_is_unlikely(dns->question.name) &&
		    (dns->naliases > 0 || dns->rcode != MD_NXDOMAIN) &&
		    tells_of(dns->question.name, name))
			return true;
	}
	return false;
}

bool
md_plan_by_wildcard(const struct md_plan_ground *ground, const char *name)
{
	const char *host = name;

	for (size_t i = 0; i < ground->facts.n; i++) {
		const struct md_fact *fact = ground->facts.entries[i]->fact;
		const struct md_dns *dns = (const struct md_dns *)fact;

		if (fact->kind == &md_dns_kind && !md_is_unlikely(dns->question.name) &&
		    md_name_under(name, dns->question.name) &&
		    strcmp(dns->question.name, ground->organisation) != 0 &&
		    md_name_under(dns->question.name, ground->organisation) &&
		    is_made(ground, dns))
			return true;
	}
	while (host[0] == '_')
		host = md_name_parent(host);
	return strcmp(host, ground->organisation) != 0 && is_beside_made(ground, host) &&
	       !exists(ground, host);
}
