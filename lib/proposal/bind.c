/* Zone files (RFC 1035 5.1) as proposals: with $INCLUDE, and strictly placed. */
#include <string.h>

#include "base/name.h"
#include "proposal/read.h"
#include "zone/dialect.h"
#include "zone/read.h"

/* A zone file on its way into an input. */
struct bind {
	struct md_input *in;
	struct md_zone_reader reader;
	const char *told;   /* the zone that comments tell, or NULL */
	bool is_cloudflare; /* an export of Cloudflare */
};

/* ---- Cloudflare's exports ---- */

enum { USUAL_TTL = 300, AUTOMATIC = 1 };

static bool
is_cloudflare(struct md_str text)
{
	enum { MOST_LINES = 10 };
	struct md_str line;

	for (size_t i = 0; i < MOST_LINES && md_str_cut(&text, '\n', &line); i++)
		if (md_str_starts(md_str_trim(line, "; \t"), "Exported:"))
			return true;
	return false;
}

static void
alias(struct bind *b, const struct md_rr *rr, const char *why)
{
	const struct md_input_rr e = { .owner = rr->owner, .line = rr->line };

	md_input_alias(b->in, &e, why);
}

/*
 * Cloudflare's own way: the SOA's owner lacks its final dot (since 2019) or is the root
 * (before) and its serial is made up, the name servers may be words to be replaced, a CNAME may
 * stand at the apex, and a TTL of 1 is none.  False: the record is not taken as it is.
 */
static bool
from_cloudflare(struct bind *b, struct md_rr *rr)
{
	static const char proxied[] = "cf-proxied:true";
	const struct md_str comment = b->reader.comment;
	const bool address = rr->type == MD_A || rr->type == MD_AAAA || rr->type == MD_CNAME;

	for (size_t i = 0; address && i + strlen(proxied) <= comment.len; i++)
		if (md_str_starts(md_str_skip(comment, i), proxied)) {
			alias(b, rr, "proxied: Cloudflare answers with its own addresses");
			return false;
		}
	if (!b->is_cloudflare)
		return true;
	if (rr->ttl == AUTOMATIC)
		rr->ttl = USUAL_TTL;
	if (rr->type == MD_SOA) /* it is Cloudflare's own, whatever the file says */
		return false;
	if (rr->type == MD_CNAME && strcmp(rr->owner, b->told) == 0) {
		alias(b, rr, "a CNAME at the apex: Cloudflare answers with what it leads to");
		return false;
	}
	return rr->type != MD_NS || !md_str_starts_nocase(md_str(rr->name), "replace&me");
}

/* ---- the zone ---- */

/* "example.com SOA" below $ORIGIN example.com.: the zone is the origin, its SOA is misnamed. */
static const char *
undoubled(struct bind *b, const char *apex, const char *origin)
{
	return origin != NULL &&
	                       strcmp(apex, md_printf(b->in->mem, "%s.%s", origin, origin)) == 0
	               ? origin
	               : apex;
}

static const char *
find_apex(struct bind *b)
{
	const struct md_input *in = b->in;
	const char *origin = in->origin;

	if (b->is_cloudflare)
		return b->told;
	if (origin == NULL)
		origin = b->told;
	if (origin == NULL)
		origin = b->reader.first_origin;
	if (origin == NULL)
		origin = in->guess;
	return undoubled(b, md_zone_find_apex(origin, in->rr, in->n), origin);
}

static void
take_lines(struct bind *b)
{
	struct md_input *in = b->in;
	const struct md_zone_reader *r = &b->reader;

	in->files = r->files;
	in->nfiles = r->nfiles;
	for (size_t i = 0; i < r->nfaults; i++)
		MD_PUSH(in->mem, in->faults, in->nfaults, r->faults[i]);
	for (size_t i = 0; i < r->nnot_judged; i++)
		MD_PUSH(in->mem, in->not_judged, in->nnot_judged, r->not_judged[i]);
	for (size_t i = 0; i < r->nvague; i++) {
		const struct md_zone_vague *v = &r->vague[i];
		const struct md_input_rr e = { .owner = v->owner,
			                       .type = v->type,
			                       .line = v->line };

		if (v->type == 0)
			md_input_alias(in, &e, v->why);
		else
			md_input_unknown(in, &e, v->why);
	}
	if (in->why == NULL)
		in->why = r->why;
}

bool
md_input_bind(struct md_input *in)
{
	struct bind b = { .in = in, .told = md_zone_told(in->mem, in->text) };
	struct md_rr rr;

	b.is_cloudflare = b.told != NULL && is_cloudflare(in->text);
	md_zone_read_init(&b.reader, in->mem, in->path, in->text);
	b.reader.origin = in->origin;
	if (b.reader.origin == NULL)
		b.reader.origin = b.told != NULL ? b.told : in->guess;
	b.reader.folder = in->folder;
	b.reader.root = in->root;
	b.reader.lenient = true;
	b.reader.splits_txt = b.is_cloudflare;
	while (md_zone_read_next(&b.reader, &rr))
		if (from_cloudflare(&b, &rr) && !md_input_add(in, &rr))
			break;
	take_lines(&b);
	if (in->why != NULL)
		return false;
	if (in->n == 0)
		return md_input_wrong(in, 0, "no records in it");
	md_input_zone(in, find_apex(&b));
	return true;
}
