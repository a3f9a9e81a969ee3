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

static const void *
derive(struct md_ctx *c, const char *name)
{
	const char *domain = md_unregistered(c, name);

	return domain != NULL ? md_strdup(md_mem(c), domain) : NULL;
}

const char *
md_unregistered_aside(struct md_ctx *c, const char *name)
{
	if (md_name_under(name, md_subject(c)->organisation))
		return NULL;
	return md_derive_aside(c, derive, name);
}
