/* The names of the host that handed the message over: in the DNS, and in HELO. */
#include "rules.h"

#include "base/name.h"
#include "domain/generic_name.h"
#include "domain/helo_name.h"
#include "domain/iprev.h"

static void
judge_names(struct md_ctx *c, const struct md_envelope *e, const struct md_iprev *iprev)
{
	const char *address = md_addr_print(md_mem(c), e->ip), *why;

	if (iprev->name == NULL && iprev->result == MD_IPREV_FAIL) {
		md_found(c, ENVELOPE_PTR_NOT_CONFIRMED, address,
		         "%s has PTR %s, which does not lead back%s", address,
		         iprev->ptr->rr[0].name, md_envelope_age(c, e));
	} else if (iprev->name == NULL) {
		md_found(c, ENVELOPE_PTR_MISSING, address, "%s has no PTR record at %s%s",
		         address, iprev->ptr->question.name, md_envelope_age(c, e));
	} else {
		md_note(c, "PTR", "%s: %s", address, iprev->name);
		why = md_generic_name(md_mem(c), iprev->name, e->ip);
		if (why != NULL)
			md_found(c, ENVELOPE_PTR_GENERIC, address, "%s: %s %s", address,
			         iprev->name, why);
	}
}

static void
judge_ptr(struct md_ctx *c, const struct md_envelope *e)
{
	const struct md_iprev iprev = md_iprev(c, e->ip);

	if (iprev.missing == NULL)
		judge_names(c, e, &iprev);
	else if (iprev.missing == iprev.ptr && !iprev.missing->fact.by_choice)
		md_known_or(c, &iprev.missing->fact, ENVELOPE_PTR_SERVFAIL);
	else
		md_known_aside(c, &iprev.missing->fact);
}

/* Why it is no name of a host on the Internet; NULL when it is. */
static const char *
helo_fault(const char *name)
{
	switch (md_helo_kind(name)) {
	case MD_HELO_LITERAL:
		return "an address literal";
	case MD_HELO_ADDRESS:
		return "a bare address";
	case MD_HELO_LABEL:
		return "a single label";
	case MD_HELO_PRIVATE:
		return "a name of private networks";
	case MD_HELO_NO_HOST:
		return "no valid host name";
	default:
		return NULL;
	}
}

static void
judge_helo(struct md_ctx *c, const struct md_envelope *e)
{
	const char *name = md_name_normal(md_mem(c), md_str(e->helo));
	const char *shown = md_show(md_mem(c), md_str(e->helo)), *fault = helo_fault(name);
	const struct md_dns *a, *aaaa;

	if (fault != NULL) {
		md_found(c, ENVELOPE_HELO_BAD, shown, "HELO %s: %s (%s)", shown, fault,
		         e->helo_from);
		return;
	}
	a = md_dns(c, MD_A, name);
	aaaa = md_dns(c, MD_AAAA, name);
	if (a->fact.state == MD_PRESENT || aaaa->fact.state == MD_PRESENT)
		return;
	if (!md_known_aside(c, &a->fact) || !md_known_aside(c, &aaaa->fact))
		return;
	md_found(c, ENVELOPE_HELO_NO_ADDRESS, shown, "HELO %s (%s): %s%s", shown, e->helo_from,
	         a->rcode == MD_NXDOMAIN ? "it does not exist (NXDOMAIN)"
	                                 : "neither A nor AAAA record",
	         md_envelope_age(c, e));
}

void
md_envelope_judge_client(struct md_ctx *c, const struct md_envelope *e)
{
	if (e->has_ip && md_addr_special(e->ip) == NULL)
		judge_ptr(c, e);
	if (e->helo[0] != '\0')
		judge_helo(c, e);
}
