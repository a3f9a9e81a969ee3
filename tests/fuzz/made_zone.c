/* A small DNS made from the octets of an input: hostile answers that are well-formed. */
#include "made_zone.h"

#include "proposal/read.h"
#include "record/txt.h"

/* Enough for a tree of SPF records that is wider and deeper than its bounds. */
static const char *const owners[] = {
	"@",
	"_dmarc",
	"_mta-sts",
	"_smtp._tls",
	"default._bimi",
	"s._domainkey",
	"_spf",
	"a",
	"b",
	"c",
	"d",
	"e",
	"f.g",
	"mx",
	"*.w",
	"mta-sts",
	"www",
	"h",
	"1.2.0.192.x",
	"*",
};

/* The host that an octet means: one of the zone, or one of which nothing is known. */
static const char *
host(struct md_str text)
{
	const size_t i = text.len > 0 ? (unsigned char)text.p[0] : 0;
	const char *owner = owners[i % MD_COUNT(owners)];

	if (i >= 0xf0)
		return "unknown.example.net.";
	return owner[0] == '@' || owner[0] == '*' ? "example.com." : owner;
}

static void
add_line(struct md_buf *zone, struct md_str line)
{
	const char *owner;
	struct md_str rest;

	if (line.len < 2)
		return;
	owner = owners[(unsigned char)line.p[0] % MD_COUNT(owners)];
	rest = md_str_skip(line, 2);
	switch (line.p[1]) {
	case 'm':
		md_buf_printf(zone, "%s MX 10 %s\n", owner, host(rest));
		break;
	case 'c':
		md_buf_printf(zone, "%s CNAME %s\n", owner, host(rest));
		break;
	case '4':
		md_buf_printf(zone, "%s A 192.0.2.%zu\n", owner, rest.len % 256);
		break;
	case '6':
		md_buf_printf(zone, "%s AAAA 2001:db8::%zx\n", owner, rest.len % 256);
		break;
	default:
		if (line.p[1] >= 'A' && line.p[1] <= 'Z')
			rest = md_str(md_printf(zone->mem, "v=spf1 %.*s", MD_FMT(rest)));
		md_buf_printf(zone, "%s TXT %s\n", owner, md_txt_rdata(zone->mem, rest));
	}
}

const struct md_proposal *
made_zone(struct md_arena *mem, const uint8_t *data, size_t size)
{
	struct md_proposal_builder *b = md_proposal_new(mem);
	struct md_str rest = { (const char *)data, size }, line;
	struct md_buf zone = { .mem = mem };
	const char *why;

	md_buf_printf(&zone, "$ORIGIN example.com.\n$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns\n"
	                     "ns A 192.0.2.53\n");
	while (md_str_cut(&rest, '\n', &line))
		add_line(&zone, line);
	if (!md_proposal_add_text(b,
	                          &(struct md_proposal_text){ "made.zone", md_buf_view(&zone),
	                                                      MD_ZONE_BIND, "example.com" },
	                          &why))
		return NULL;
	return md_proposal_done(b);
}
