/* The mechanisms of SPF: a, mx, ptr, ip4, ip6 and exists (RFC 7208 section 5). */
#include "base/name.h"
#include "spf/trace.h"

uint16_t
md_spf_address_type(const struct md_spf_eval *e)
{
	return e->values.ip.family == 4 ? MD_A : MD_AAAA;
}

static bool
has_address(const struct md_spf_eval *e, const struct md_dns *fact,
            const struct md_spf_term *term)
{
	const unsigned prefix = e->values.ip.family == 4 ? term->prefix4 : term->prefix6;

	for (size_t i = 0; i < fact->n; i++)
		if ((fact->rr[i].type == MD_A || fact->rr[i].type == MD_AAAA) &&
		    md_addr_in(e->values.ip, fact->rr[i].addr, prefix))
			return true;
	return false;
}

/* RFC 7208 5.3, and 5.4 for each exchange. */
static enum md_spf_match
match_host(struct md_spf_eval *e, const struct md_spf_term *term, const char *host)
{
	const struct md_dns *fact;
	const enum md_spf_match error = md_spf_look(e, md_spf_address_type(e), host, &fact);

	if (error != MD_SPF_NO_MATCH)
		return error;
	return has_address(e, fact, term) ? MD_SPF_MATCH : MD_SPF_NO_MATCH;
}

/*
 * RFC 7208 4.6.4: an mx must not lead to more than 10 address lookups; that an eleventh would
 * be needed is a permerror.
 */
static enum md_spf_match
match_mx(struct md_spf_eval *e, const struct md_spf_term *term, const char *target)
{
	const struct md_dns *mx;
	enum md_spf_match match = md_spf_look(e, MD_MX, target, &mx);

	if (match != MD_SPF_NO_MATCH)
		return match;
	for (size_t i = 0; i < mx->n && i < e->limits.mx_names && md_eager(e->c); i++)
		if (md_name_labels(mx->rr[i].mx.exchange) > 0)
			md_dns(e->c, md_spf_address_type(e), mx->rr[i].mx.exchange);
	for (size_t i = 0; i < mx->n && match == MD_SPF_NO_MATCH; i++) {
		if (i == e->limits.mx_names) {
			md_spf_blame(e, "%s has more than %u MX hosts", target,
			             e->limits.mx_names);
			return MD_SPF_MATCH_PERMERROR;
		}
		/* "." is no host: it says that there is no mail (RFC 7505 3). */
		if (md_name_labels(mx->rr[i].mx.exchange) > 0)
			match = match_host(e, term, mx->rr[i].mx.exchange);
	}
	e->verdict->many_mx |= match == MD_SPF_MATCH && mx->n > e->limits.mx_names;
	return match;
}

/* Asks without consequence: PTR work is never to blame for an error (RFC 7208 5.5, 7.3). */
static const struct md_dns *
peek(struct md_spf_eval *e, uint16_t type, const char *name)
{
	struct md_spf_step *step = &e->verdict->steps[e->step];
	const struct md_dns *fact = md_dns(e->c, type, name);

	MD_PUSH(e->mem, step->lookups, step->nlookups, fact);
	return fact;
}

/* RFC 7208 5.5: a name is validated when one of its addresses is the client's. */
static bool
is_validated(struct md_spf_eval *e, const char *name)
{
	const struct md_spf_term exact = { .prefix4 = 32, .prefix6 = 128 };
	const struct md_dns *addresses = peek(e, md_spf_address_type(e), name);

	e->verdict->name_voids += addresses->fact.state == MD_ABSENT;
	return has_address(e, addresses, &exact);
}

static const struct md_dns *
client_names(struct md_spf_eval *e, size_t *n)
{
	const struct md_dns *ptr = peek(e, MD_PTR, md_addr_reverse(e->mem, e->values.ip, NULL));

	*n = ptr->n < e->limits.ptr_names ? ptr->n : e->limits.ptr_names;
	for (size_t i = 0; i < *n && md_eager(e->c); i++)
		md_dns(e->c, md_spf_address_type(e), ptr->rr[i].name);
	return ptr;
}

static enum md_spf_match
match_ptr(struct md_spf_eval *e, const char *target)
{
	const char *apex = md_name_normal(e->mem, md_str(target));
	size_t n;
	const struct md_dns *ptr = client_names(e, &n);

	if (ptr->fact.state == MD_ABSENT)
		return md_spf_count_void(e, ptr);
	for (size_t i = 0; i < n; i++)
		if (md_name_under(ptr->rr[i].name, apex) && is_validated(e, ptr->rr[i].name))
			return MD_SPF_MATCH;
	return MD_SPF_NO_MATCH;
}

struct md_str
md_spf_validated_name(struct md_spf_eval *e)
{
	const char *apex = md_name_normal(e->mem, e->values.domain), *best = NULL;
	size_t n;
	const struct md_dns *ptr = client_names(e, &n);
	unsigned rank = 0; /* 1 any name, 2 one below the domain, 3 the domain itself */

	e->verdict->name_voids += ptr->fact.state == MD_ABSENT;
	for (size_t i = 0; i < n; i++) {
		const char *name = ptr->rr[i].name;
		const bool under = md_name_under(name, apex);
		const unsigned its = !under                                        ? 1
		                     : md_name_labels(name) > md_name_labels(apex) ? 2
		                                                                   : 3;

		if (its > rank && is_validated(e, name)) {
			best = name;
			rank = its;
		}
	}
	return md_str(best != NULL ? best : "unknown");
}

/* RFC 7208 5.7: always A, whatever the client's family; any address will do. */
static enum md_spf_match
match_exists(struct md_spf_eval *e, const char *target)
{
	const struct md_dns *a;
	const enum md_spf_match error = md_spf_look(e, MD_A, target, &a);

	if (error != MD_SPF_NO_MATCH)
		return error;
	return a->fact.state == MD_PRESENT ? MD_SPF_MATCH : MD_SPF_NO_MATCH;
}

static bool
in_network(const struct md_spf_eval *e, const struct md_spf_term *term)
{
	return md_addr_in(e->values.ip, term->network,
	                  term->kind == MD_SPF_IP4 ? term->prefix4 : term->prefix6);
}

enum md_spf_match
md_spf_match_term(struct md_spf_eval *e, const struct md_spf_term *term, const char *target)
{
	if (term->kind == MD_SPF_ALL)
		return MD_SPF_MATCH;
	if (term->kind == MD_SPF_IP4 || term->kind == MD_SPF_IP6)
		return in_network(e, term) ? MD_SPF_MATCH : MD_SPF_NO_MATCH;
	/* RFC 7208 4.8 leaves impossible names open; docs/SPF.md: they do not match. */
	if (!md_name_fits(target))
		return MD_SPF_NO_MATCH;
	switch (term->kind) {
	case MD_SPF_A:
		return match_host(e, term, target);
	case MD_SPF_MX:
		return match_mx(e, term, target);
	case MD_SPF_PTR:
		return match_ptr(e, target);
	default:
		return match_exists(e, target);
	}
}
