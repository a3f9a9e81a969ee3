/* Records in their order, and facts compared: the same in every detail, alike to a check. */
#include "dns/dns.h"

#include <string.h>

/* ---- records ---- */

static int
compare_bytes(struct md_str a, struct md_str b)
{
	const size_t shorter = a.len < b.len ? a.len : b.len;
	const int order = shorter > 0 ? memcmp(a.p, b.p, shorter) : 0;

	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int
compare_txt(const struct md_rr *a, const struct md_rr *b)
{
	int order = compare_bytes(a->txt.joined, b->txt.joined);

	for (size_t i = 0; order == 0 && i < a->txt.n && i < b->txt.n; i++)
		order = compare_bytes(a->txt.strings[i], b->txt.strings[i]);
	return order != 0 ? order : (a->txt.n > b->txt.n) - (a->txt.n < b->txt.n);
}

static int
compare_soa(const struct md_rr *a, const struct md_rr *b)
{
	const uint32_t x[] = { a->soa.serial, a->soa.refresh, a->soa.retry, a->soa.expire,
		               a->soa.minimum };
	const uint32_t y[] = { b->soa.serial, b->soa.refresh, b->soa.retry, b->soa.expire,
		               b->soa.minimum };
	int order = strcmp(a->soa.mname, b->soa.mname);

	if (order == 0)
		order = strcmp(a->soa.rname, b->soa.rname);
	for (size_t i = 0; order == 0 && i < MD_COUNT(x); i++)
		order = (x[i] > y[i]) - (x[i] < y[i]);
	return order;
}

static int
compare_rdata(const struct md_rr *a, const struct md_rr *b)
{
	switch (a->type) {
	case MD_A:
	case MD_AAAA:
		return memcmp(a->addr.bytes, b->addr.bytes, sizeof(a->addr.bytes));
	case MD_NS:
	case MD_CNAME:
	case MD_PTR:
	case MD_DNAME:
		return strcmp(a->name, b->name);
	case MD_MX:
		if (a->mx.preference != b->mx.preference)
			return a->mx.preference < b->mx.preference ? -1 : 1;
		return strcmp(a->mx.exchange, b->mx.exchange);
	case MD_TXT:
	case MD_SPF:
		return compare_txt(a, b);
	case MD_SOA:
		return compare_soa(a, b);
	default:
		return strcmp(a->sec.text, b->sec.text);
	}
}

bool
md_dns_circle(const struct md_dns *d)
{
	for (size_t i = 0; i < d->naliases; i++)
		if (strcmp(d->aliases[i].owner, d->aliases[d->naliases - 1].name) == 0)
			return true;
	return false;
}

int
md_rr_compare(const void *left, const void *right)
{
	const struct md_rr *a = left, *b = right;

	if (a->type == b->type)
		return compare_rdata(a, b);
	if (a->type == MD_RRSIG || b->type == MD_RRSIG)
		return a->type == MD_RRSIG ? 1 : -1;
	return a->type < b->type ? -1 : 1;
}

/* ---- facts ---- */

static bool
same_records(const struct md_rr *a, const struct md_rr *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i].ttl != b[i].ttl || md_rr_compare(&a[i], &b[i]) != 0)
			return false;
	return true;
}

bool
md_dns_equal(const struct md_dns *a, const struct md_dns *b)
{
	return a->fact.state == b->fact.state && a->rcode == b->rcode && a->ad == b->ad &&
	       strcmp(a->fact.why, b->fact.why) == 0 && a->naliases == b->naliases &&
	       a->n == b->n && same_records(a->aliases, b->aliases, a->naliases) &&
	       same_records(a->rr, b->rr, a->n);
}

/* The serial of a zone is raised by every change, whatever it is about. */
static bool
alike_records(const struct md_rr *a, const struct md_rr *b)
{
	struct md_rr as_b = *a;

	if (a->type == MD_SOA && b->type == MD_SOA)
		as_b.soa.serial = b->soa.serial;
	return md_rr_compare(&as_b, b) == 0;
}

bool
md_dns_alike(const struct md_dns *a, const struct md_dns *b)
{
	if (a->fact.state != b->fact.state || a->n != b->n || a->rcode != b->rcode ||
	    strcmp(a->canonical, b->canonical) != 0)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!alike_records(&a->rr[i], &b->rr[i]))
			return false;
	return true;
}
