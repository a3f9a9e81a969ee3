/* Asks for the names of an address, and for the addresses of those names. */
#include "domain/iprev.h"

enum { MOST_NAMES = 10 };

static const struct md_dns *
forward(struct md_ctx *c, const char *name, struct md_addr addr)
{
	return md_dns(c, addr.family == 4 ? MD_A : MD_AAAA, name);
}

static bool
has_address(const struct md_dns *d, struct md_addr addr)
{
	for (size_t i = 0; i < d->n; i++)
		if (md_addr_eq(d->rr[i].addr, addr))
			return true;
	return false;
}

static bool
is_known(const struct md_dns *d)
{
	return d->fact.state == MD_PRESENT || d->fact.state == MD_ABSENT;
}

const char *
md_iprev_host(struct md_ctx *c, const char *name, struct md_addr addr)
{
	const struct md_dns *d = forward(c, name, addr);

	return has_address(d, addr) ? d->canonical : NULL;
}

struct md_iprev
md_iprev(struct md_ctx *c, struct md_addr addr)
{
	struct md_iprev r = { .ptr = md_dns(c, MD_PTR,
		                            md_addr_reverse(md_mem(c), addr, NULL)) };

	for (size_t i = 0; i < r.ptr->n && i < MOST_NAMES; i++) {
		const char *name = r.ptr->rr[i].name;
		const struct md_dns *d = forward(c, name, addr);

		if (r.name == NULL && has_address(d, addr))
			r.name = name;
		if (!is_known(d))
			r.missing = d;
	}
	if (r.name != NULL) {
		r.result = MD_IPREV_PASS;
		r.missing = NULL;
		return r;
	}
	if (!is_known(r.ptr))
		r.missing = r.ptr;
	r.result = r.missing != NULL ? MD_IPREV_UNKNOWN
	           : r.ptr->n > 0    ? MD_IPREV_FAIL
	                             : MD_IPREV_PERMERROR;
	return r;
}
