/* Where mail for a domain would go: MX, else the implicit MX (RFC 5321 section 5.1). */
#include "domain/receives.h"

#include <string.h>

static void
by_address(struct md_ctx *c, const char *domain, struct md_receives *r)
{
	const struct md_dns *a = md_dns(c, MD_A, domain);
	const struct md_dns *aaaa = md_dns(c, MD_AAAA, domain);

	r->why = "neither MX nor address record";
	if (a->fact.state == MD_PRESENT || aaaa->fact.state == MD_PRESENT) {
		r->known = r->can = true;
		return;
	}
	r->known = md_known_host(c, a, aaaa);
}

static const void *
derive(struct md_ctx *c, const char *domain)
{
	struct md_receives *r = md_alloc(md_mem(c), sizeof(*r));
	const struct md_dns *mx = md_dns(c, MD_MX, domain);

	r->why = "";
	r->known = md_known(c, &mx->fact);
	if (!r->known)
		return r;
	if (mx->fact.state == MD_ABSENT && mx->rcode == MD_NXDOMAIN) {
		r->why = "the domain does not exist (NXDOMAIN)";
		return r;
	}
	if (mx->fact.state == MD_ABSENT) {
		by_address(c, domain, r);
		return r;
	}
	for (size_t i = 0; i < mx->n; i++)
		r->has_mx = r->has_mx || strcmp(mx->rr[i].mx.exchange, ".") != 0;
	r->can = r->has_mx;
	r->why = "null MX";
	return r;
}

const struct md_receives *
md_receives(struct md_ctx *c, const char *domain)
{
	return md_derive(c, derive, domain);
}
