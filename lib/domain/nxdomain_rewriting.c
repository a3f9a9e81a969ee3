/* Asks for names that do not exist, to see what the resolver makes of them. */
#include "domain/nxdomain_rewriting.h"

#include "base/name.h"

/* FNV-1a, 64 bits: spreads names well, and needs to resist nobody. */
static uint64_t
hash(const char *s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return h;
}

#define UNLIKELY "maildiag-"

const char *
md_unlikely_label(struct md_ctx *c)
{
	return md_printf(md_mem(c), UNLIKELY "%016llx", (unsigned long long)hash(md_domain(c)));
}

bool
md_is_unlikely(const char *name)
{
	return md_str_starts(md_str(name), UNLIKELY);
}

static const void *
derive(struct md_ctx *c, const char *arg)
{
	const char *label = md_unlikely_label(c);
	const struct md_dns *com = md_dns_at(c, MD_A, "%s.com", label);
	const struct md_dns *org = md_dns_at(c, MD_A, "%s.org", label);

	(void)arg;
	if (com->fact.state != MD_PRESENT || org->fact.state != MD_PRESENT)
		return NULL;
	return md_printf(md_mem(c), "%s has address %s, %s has address %s", com->question.name,
	                 md_addr_print(md_mem(c), com->rr[0].addr), org->question.name,
	                 md_addr_print(md_mem(c), org->rr[0].addr));
}

const char *
md_resolver_rewrites(struct md_ctx *c)
{
	return md_derive(c, derive, "");
}
