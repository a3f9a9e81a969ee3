/* DNS facts in memory: a fact with all it points to in one block. */
#include "dns/dns.h"

#include <stdlib.h>
#include <string.h>

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
