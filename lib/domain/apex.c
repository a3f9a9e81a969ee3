/* Finds the zone apex by its NS records. */
#include "domain/apex.h"

#include "base/name.h"
#include "domain/checking_disabled.h"
#include "domain/psl.h"

static const void *
derive(struct md_ctx *c, const char *arg)
{
	const char *name = md_domain(c);

	(void)arg;
	do {
		const struct md_dns *ns = md_dns(c, MD_NS, name);
		const struct md_dns *unchecked = md_held_back(c, ns);

		if (unchecked != NULL)
			ns = unchecked;
		if (!md_known(c, &ns->fact))
			return NULL;
		if (ns->fact.state == MD_PRESENT && ns->naliases == 0)
			return name;
		name = md_name_parent(name);
	} while (!md_psl_is_suffix(name));
	return NULL;
}

const char *
md_apex(struct md_ctx *c)
{
	return md_derive(c, derive, "");
}
