/* Asks whether the domain that a name lies in exists at all. */
#include "domain/registered.h"

#include "base/name.h"
#include "domain/psl.h"

const char *
md_unregistered(struct md_ctx *c, const char *name)
{
	const char *domain = md_psl_organisational(name);
	const struct md_dns *ns, *registry;

	if (md_psl_is_suffix(domain))
		return NULL;
	ns = md_dns(c, MD_NS, domain);
	if (!md_known(c, &ns->fact) || ns->rcode != MD_NXDOMAIN || ns->fact.state != MD_ABSENT)
		return NULL;
	registry = md_dns(c, MD_NS, md_name_parent(domain));
	if (!md_known(c, &registry->fact))
		return NULL;
	return registry->rcode != MD_NXDOMAIN ? domain : NULL;
}
