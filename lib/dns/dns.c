/* DNS facts in memory and in words: names of types, records as text, order, packing. */
#include "dns/dns.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* IANA, "DNS Parameters"; a type that is not here is written as RFC 3597 5 says. */
static const struct {
	const char *name;
	uint16_t type;
} types[] = {
	{ "A", MD_A },         { "NS", MD_NS },     { "CNAME", MD_CNAME },
	{ "SOA", MD_SOA },     { "WKS", 11 },       { "PTR", MD_PTR },
	{ "HINFO", 13 },       { "MINFO", 14 },     { "MX", MD_MX },
	{ "TXT", MD_TXT },     { "RP", 17 },        { "AFSDB", 18 },
	{ "X25", 19 },         { "ISDN", 20 },      { "RT", 21 },
	{ "NSAP", 22 },        { "PX", 26 },        { "GPOS", 27 },
	{ "AAAA", MD_AAAA },   { "LOC", 29 },       { "SRV", 33 },
	{ "NAPTR", 35 },       { "KX", 36 },        { "CERT", 37 },
	{ "DNAME", MD_DNAME }, { "OPT", 41 },       { "APL", 42 },
	{ "DS", MD_DS },       { "SSHFP", 44 },     { "IPSECKEY", 45 },
	{ "RRSIG", MD_RRSIG }, { "NSEC", 47 },      { "DNSKEY", MD_DNSKEY },
	{ "DHCID", 49 },       { "NSEC3", 50 },     { "NSEC3PARAM", 51 },
	{ "TLSA", MD_TLSA },   { "SMIMEA", 53 },    { "HIP", 55 },
	{ "TALINK", 58 },      { "CDS", 59 },       { "CDNSKEY", 60 },
	{ "OPENPGPKEY", 61 },  { "CSYNC", 62 },     { "ZONEMD", 63 },
	{ "SVCB", 64 },        { "HTTPS", 65 },     { "SPF", MD_SPF },
	{ "NID", 104 },        { "L32", 105 },      { "L64", 106 },
	{ "LP", 107 },         { "EUI48", 108 },    { "EUI64", 109 },
	{ "ANY", MD_ANY },     { "URI", 256 },      { "CAA", MD_CAA },
	{ "AVC", 258 },        { "AMTRELAY", 260 },
};

enum { NTYPES = MD_COUNT(types) };

const char *
md_type_name(struct md_arena *mem, uint16_t type)
{
	for (size_t i = 0; i < NTYPES; i++)
		if (types[i].type == type)
			return types[i].name;
	return md_printf(mem, "TYPE%u", type);
}

uint16_t
md_type_find(struct md_str name)
{
	unsigned long number;

	for (size_t i = 0; i < NTYPES; i++)
		if (md_str_eq_nocase(name, types[i].name))
			return types[i].type;
	if (md_str_starts_nocase(name, "TYPE") &&
	    md_str_number(md_str_skip(name, 4), UINT16_MAX, &number))
		return (uint16_t)number;
	return 0;
}

const char *
md_rcode_name(struct md_arena *mem, int rcode)
{
	/* RFC 1035 4.1.1, RFC 2136 2.2; 16 is RFC 6891's BADVERS. */
	static const char *const names[] = { "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN",
		                             "NOTIMP",  "REFUSED", "YXDOMAIN", "YXRRSET",
		                             "NXRRSET", "NOTAUTH", "NOTZONE",  NULL,
		                             NULL,      NULL,      NULL,       NULL,
		                             "BADVERS" };

	if (rcode >= 0 && (size_t)rcode < MD_COUNT(names) && names[rcode] != NULL)
		return names[rcode];
	return md_printf(mem, "RCODE%d", rcode);
}

const char *
md_question_text(struct md_arena *mem, const struct md_question *q)
{
	struct md_buf out = { .mem = mem };
	const char *before = " (";

	md_buf_printf(&out, "%s %s", md_type_name(mem, q->type), q->name);
	if (q->server[0] != '\0')
		md_buf_printf(&out, " at %s", q->server);
	for (unsigned flag = MD_CD; flag <= MD_NO_RD; flag <<= 1) {
		if ((q->flags & flag) == 0)
			continue;
		md_buf_printf(&out, "%s%s", before,
		              flag == MD_CD   ? "CD"
		              : flag == MD_DO ? "DO"
		                              : "no RD");
		before = ", ";
	}
	if (before[0] == ',')
		md_buf_addc(&out, ')');
	return md_buf_str(&out);
}

/* ---- records as text ---- */

/* A name as a zone file has it: complete, so with its final dot. */
static const char *
full(struct md_arena *mem, const char *name)
{
	return strcmp(name, ".") == 0 ? name : md_printf(mem, "%s.", name);
}

/* RFC 1035 3.3.14: one or more strings; none at all is shown as an empty one. */
static const char *
txt_text(struct md_arena *mem, const struct md_rr *rr)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < rr->txt.n; i++)
		md_buf_item(&out, " ", "%s", md_quote(mem, rr->txt.strings[i]));
	return rr->txt.n > 0 ? md_buf_str(&out) : "\"\"";
}

const char *
md_rr_text(struct md_arena *mem, const struct md_rr *rr)
{
	switch (rr->type) {
	case MD_A:
	case MD_AAAA:
		return md_addr_print(mem, rr->addr);
	case MD_NS:
	case MD_CNAME:
	case MD_PTR:
	case MD_DNAME:
		return full(mem, rr->name);
	case MD_MX:
		return md_printf(mem, "%u %s", rr->mx.preference, full(mem, rr->mx.exchange));
	case MD_TXT:
	case MD_SPF:
		return txt_text(mem, rr);
	case MD_SOA:
		return md_printf(mem, "%s %s %u %u %u %u %u", full(mem, rr->soa.mname),
		                 full(mem, rr->soa.rname), rr->soa.serial, rr->soa.refresh,
		                 rr->soa.retry, rr->soa.expire, rr->soa.minimum);
	default:
		return rr->sec.text;
	}
}

/* ---- order ---- */

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

/* ---- packing ---- */

/*
 * A block that is filled from the front.  Everything is packed twice by the same code: with
 * base NULL it only measures, then it copies.
 */
struct pack {
	char *base;
	size_t used;
};

static void *
put(struct pack *k, const void *from, size_t size, size_t align)
{
	char *to;

	k->used = (k->used + align - 1) / align * align;
	to = k->base != NULL ? k->base + k->used : NULL;
	k->used += size;
	if (to != NULL && size > 0)
		memcpy(to, from, size);
	return to;
}

static const char *
put_text(struct pack *k, const char *s)
{
	return put(k, s, strlen(s) + 1, 1);
}

static void
put_txt(struct pack *k, struct md_rr *rr)
{
	const size_t n = rr->txt.n;
	struct md_str *strings =
	        put(k, rr->txt.strings, n * sizeof(*strings), _Alignof(struct md_str));
	const char *bytes = put(k, rr->txt.joined.p, rr->txt.joined.len, 1);

	rr->txt.joined.p = bytes;
	rr->txt.strings = strings;
	for (size_t i = 0; strings != NULL && i < n; i++) {
		strings[i].p = bytes;
		bytes += strings[i].len;
	}
}

static void
put_rdata(struct pack *k, struct md_rr *rr)
{
	switch (rr->type) {
	case MD_A:
	case MD_AAAA:
		break;
	case MD_NS:
	case MD_CNAME:
	case MD_PTR:
	case MD_DNAME:
		rr->name = put_text(k, rr->name);
		break;
	case MD_MX:
		rr->mx.exchange = put_text(k, rr->mx.exchange);
		break;
	case MD_TXT:
	case MD_SPF:
		put_txt(k, rr);
		break;
	case MD_SOA:
		rr->soa.mname = put_text(k, rr->soa.mname);
		rr->soa.rname = put_text(k, rr->soa.rname);
		break;
	default:
		rr->sec.text = put_text(k, rr->sec.text);
	}
}

/* Records nearly always stand at the canonical name, which is packed already: kept once. */
static struct md_rr *
put_records(struct pack *k, const struct md_rr *from, size_t n, const struct md_dns *d,
            const char *canonical)
{
	struct md_rr *to = put(k, from, n * sizeof(*from), _Alignof(struct md_rr));

	for (size_t i = 0; i < n; i++) {
		struct md_rr rr = from[i];

		if (strcmp(rr.owner, d->canonical) == 0)
			rr.owner = canonical;
		else
			rr.owner = put_text(k, rr.owner);
		put_rdata(k, &rr);
		/* Each takes as much in whatever order they are. */
		put(k, NULL, 0, _Alignof(struct md_rr));
		if (to != NULL)
			to[i] = rr;
	}
	return to;
}

static const struct md_attempt *
put_attempts(struct pack *k, const struct md_attempt *from, size_t n)
{
	struct md_attempt *to = put(k, from, n * sizeof(*from), _Alignof(struct md_attempt));

	for (size_t i = 0; i < n; i++) {
		struct md_attempt a = from[i];

		a.server = put_text(k, a.server);
		a.outcome = put_text(k, a.outcome);
		if (to != NULL)
			to[i] = a;
	}
	return to;
}

/* Sorts them; RFC 2181 5: the same record twice is one record.  Returns how many are left. */
static size_t
sort_records(struct md_rr *rr, size_t n)
{
	size_t kept = 0;

	qsort(rr, n, sizeof(*rr), md_rr_compare);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || md_rr_compare(&rr[kept - 1], &rr[i]) != 0)
			rr[kept++] = rr[i];
	return kept;
}

static bool
same_records(const struct md_rr *a, const struct md_rr *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i].ttl != b[i].ttl || md_rr_compare(&a[i], &b[i]) != 0)
			return false;
	return true;
}

static struct md_dns *
put_dns(struct pack *k, const struct md_dns *from)
{
	struct md_dns *to = put(k, from, sizeof(*from), _Alignof(struct md_dns)), d = *from;
	struct md_rr *rr;

	d.fact.pins = 0;
	d.fact.why = put_text(k, d.fact.why);
	d.question.name = put_text(k, d.question.name);
	d.question.server = put_text(k, d.question.server);
	d.canonical = put_text(k, d.canonical);
	d.origin = put_text(k, d.origin);
	d.aliases = put_records(k, from->aliases, from->naliases, from, d.canonical);
	d.rr = rr = put_records(k, from->rr, from->n, from, d.canonical);
	d.attempts = put_attempts(k, from->attempts, from->nattempts);
	if (to != NULL) {
		d.n = sort_records(rr, d.n);
		*to = d;
	}
	return to;
}

struct md_dns *
md_dns_pack(const struct md_dns *d)
{
	struct pack measure = { NULL, 0 }, block = { NULL, 0 };
	struct md_dns *packed;

	put_dns(&measure, d);
	block.base = malloc(measure.used);
	if (block.base == NULL)
		abort(); /* as md_alloc does */
	packed = put_dns(&block, d);
	packed->fact.bytes = measure.used;
	return packed;
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
