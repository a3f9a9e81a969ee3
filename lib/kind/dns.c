/* The kind of DNS facts. */
#include "kind/dns.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "base/place.h"
#include "dns/line.h"
#include "json/read.h"

enum {
	NEGATIVE_MS = 60 * 1000, /* no SOA is kept with the answer; RFC 2308 5 allows more */
	FAILURE_MS = 5 * 1000,   /* RFC 9520 3.2: who failed is not to be asked again at once */
	MOST_MS = 24 * 3600 * 1000, /* RFC 8767 4 caps at days; a run lasts hours */
};

static const struct md_dns *
dns(const struct md_fact *fact)
{
	return (const struct md_dns *)fact;
}

/* ---- questions ---- */

static size_t
hash(const void *question)
{
	return md_question_hash(question);
}

static bool
same(const void *a, const void *b)
{
	return md_question_same(a, b);
}

static const char *
words(struct md_arena *mem, const void *question)
{
	return md_question_text(mem, question);
}

static const char *
refuse(const void *question)
{
	if (md_name_fits(((const struct md_question *)question)->name))
		return NULL;
	return "not a possible DNS name: a label is empty or over 63 octets, or all over 253";
}

static bool
own(const void *question, const char *domain)
{
	return md_name_under(((const struct md_question *)question)->name, domain);
}

static const char *
name_in_dns(const void *question, uint16_t *type)
{
	const struct md_question *q = question;

	*type = q->type;
	return q->name;
}

/* ---- facts ---- */

static const void *
question_of(const struct md_fact *fact)
{
	return &dns(fact)->question;
}

static struct md_fact *
blank(struct md_arena *mem, const void *question)
{
	const struct md_question *q = question;
	struct md_dns *d = md_alloc(mem, sizeof(*d));

	d->fact.kind = &md_dns_kind;
	d->fact.why = "";
	d->question = *q;
	d->question.name = md_strdup(mem, q->name);
	d->question.server = q->server[0] != '\0' ? md_strdup(mem, q->server) : "";
	d->canonical = d->question.name;
	d->origin = "";
	return &d->fact;
}

static struct md_fact *
pack(const struct md_fact *fact)
{
	return &md_dns_pack(dns(fact))->fact;
}

static bool
equal(const struct md_fact *a, const struct md_fact *b)
{
	return md_dns_equal(dns(a), dns(b));
}

static bool
alike(const struct md_fact *a, const struct md_fact *b)
{
	return md_dns_alike(dns(a), dns(b));
}

/* Facts from files never expire: we read each file once. */
static int64_t
lifetime(const struct md_fact *fact)
{
	const struct md_dns *d = dns(fact);
	const int64_t ms = (int64_t)d->ttl * 1000;
	const bool file = strcmp(d->origin, "network") != 0 && d->origin[0] != '\0';

	if (file || fact->by_choice)
		return MD_FOR_GOOD;
	if (fact->state == MD_UNKNOWN) /* without an attempt no server has failed */
		return d->nattempts > 0 ? FAILURE_MS : 0;
	if (fact->state == MD_ABSENT) /* the TTL is that of the aliases on the way */
		return d->naliases > 0 && ms < NEGATIVE_MS ? ms : NEGATIVE_MS;
	return ms < MOST_MS ? ms : MOST_MS;
}

static enum md_gap_kind
gap(const struct md_fact *fact)
{
	return fact->by_choice ? MD_BLIND : MD_INCONCLUSIVE;
}

/* ---- facts files ---- */

static void
write(struct md_json *j, const struct md_fact *fact)
{
	md_dns_put(j, dns(fact));
}

static struct md_fact *
read(struct md_read *in, const struct md_members *line, const struct md_place *where)
{
	struct md_dns *d = md_alloc(in->mem, sizeof(*d));

	md_dns_read(in, line, d);
	d->fact.kind = &md_dns_kind;
	if (d->origin == NULL)
		md_dns_set_origin(in->mem, d, where->file, where->line);
	return &d->fact;
}

const struct md_fact_kind md_dns_kind = {
	.name = "dns",
	.per_side = true,
	.hash = hash,
	.same = same,
	.words = words,
	.refuse = refuse,
	.own = own,
	.name_in_dns = name_in_dns,
	.question = question_of,
	.blank = blank,
	.pack = pack,
	.equal = equal,
	.alike = alike,
	.lifetime = lifetime,
	.gap = gap,
	.tell = md_dns_tell,
	.write = write,
	.read = read,
	.fetch = md_dns_fetch,
};
