/* DNS records, questions and facts in words: names of types, rdata as text. */
#include "dns/dns.h"

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
