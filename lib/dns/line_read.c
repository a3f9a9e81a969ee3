/* Reading a DNS fact from its JSON line: what may stand there, what must, what it means. */
#include "dns/line.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "dns/txt.h"
#include "dns/wire.h"
#include "json/read.h"

enum {
	MOST_RECORDS = 600,
	MOST_ALIASES = 64,
	MOST_ATTEMPTS = 200,
	USUAL_TTL = 3600, /* of records whose line names none */
};

struct reader {
	struct md_read in;
	const struct md_members *line;
	struct md_dns dns;
	struct md_rr *aliases, *rr; /* what dns points to */
};

/* A name in canonical text; "." stands for one that is wrong. */
static const char *
name_of(struct reader *r, const char *key, const char *text)
{
	const char *name = md_name_normal(r->in.mem, md_str(text));

	if (md_name_fits(name))
		return name;
	md_read_wrong(&r->in, "\"%s\": %s is no domain name", key,
	              md_excerpt(r->in.mem, md_str(text)));
	return ".";
}

/* ---- records ---- */

static void
read_record(struct reader *r, uint16_t type, const char *rdata, struct md_rr *rr)
{
	const struct md_dns *d = &r->dns;
	const char *why;

	*rr = (struct md_rr){ .owner = d->canonical, .type = type, .ttl = d->ttl };
	/* A TXT record written by hand without quotes: these very bytes. */
	if ((type != MD_TXT && type != MD_SPF) || rdata[0] == '"')
		md_rr_parse(r->in.mem, rdata, rr, &r->in.why);
	else if (!md_txt_take(r->in.mem, md_str(rdata), rr, &why))
		md_read_wrong(&r->in, "%s: %s", md_excerpt(r->in.mem, md_str(rdata)), why);
}

static void
read_records(struct reader *r)
{
	size_t n, nsignatures;
	const char *const *rdata = md_read_texts(&r->in, r->line, "rdata", MOST_RECORDS, &n);
	const char *const *signatures =
	        md_read_texts(&r->in, r->line, "rrsig", MOST_RECORDS, &nsignatures);

	r->rr = md_alloc(r->in.mem, (n + nsignatures) * sizeof(*r->rr));
	for (size_t i = 0; r->in.why == NULL && i < n; i++)
		read_record(r, r->dns.question.type, rdata[i], &r->rr[i]);
	for (size_t i = 0; r->in.why == NULL && i < nsignatures; i++)
		read_record(r, MD_RRSIG, signatures[i], &r->rr[n + i]);
	r->dns.rr = r->rr;
	r->dns.n = n + nsignatures;
}

static void
read_aliases(struct reader *r)
{
	struct md_dns *d = &r->dns;
	const char *const *targets =
	        md_read_texts(&r->in, r->line, "cname", MOST_ALIASES, &d->naliases);

	r->aliases = md_alloc(r->in.mem, d->naliases * sizeof(*r->aliases));
	for (size_t i = 0; i < d->naliases; i++) {
		r->aliases[i] = (struct md_rr){ .owner = d->canonical,
			                        .type = MD_CNAME,
			                        .ttl = d->ttl,
			                        .name = name_of(r, "cname", targets[i]) };
		d->canonical = r->aliases[i].name;
	}
	d->aliases = r->aliases;
}

static void
set_ttl(struct md_rr *rr, uint32_t ttl)
{
	rr->ttl = ttl;
}

static void
set_line(struct md_rr *rr, uint32_t line)
{
	rr->line = line;
}

/* One number for each alias and then each record, where they are not all alike. */
static void
read_numbers(struct reader *r, const char *key, void (*set)(struct md_rr *, uint32_t))
{
	const size_t naliases = r->dns.naliases, all = naliases + r->dns.n;
	size_t n;
	const struct md_str *array =
	        md_read_array(&r->in, r->line, key, MOST_ALIASES + 2 * MOST_RECORDS, &n);

	if (array != NULL && n != all)
		md_read_wrong(&r->in, "\"%s\" has %zu numbers for %zu aliases and records", key,
		              n, all);
	for (size_t i = 0; array != NULL && r->in.why == NULL && i < all; i++) {
		int64_t number;

		if (!md_read_integer(array[i], &number) || number < 0 || number > UINT32_MAX)
			md_read_wrong(&r->in, "\"%s\" has an element that is no 32-bit number",
			              key);
		set(i < naliases ? &r->aliases[i] : &r->rr[i - naliases], (uint32_t)number);
	}
}

/* ---- the whole of a DNS fact ---- */

static int
rcode_of(struct reader *r)
{
	enum { HIGHEST = 4095 }; /* 12 bits: RFC 6891 6.1.3 */
	const char *name = md_read_text(&r->in, r->line, "rcode", "NOERROR");
	unsigned long number;

	if (md_str_starts_nocase(md_str(name), "RCODE") &&
	    md_str_number(md_str_skip(md_str(name), 5), HIGHEST, &number))
		return (int)number;
	for (int rcode = 0; rcode < 32; rcode++)
		if (md_eq_nocase(name, md_rcode_name(r->in.mem, rcode)))
			return rcode;
	md_read_wrong(&r->in, "\"rcode\": %s is unknown", md_excerpt(r->in.mem, md_str(name)));
	return MD_NOERROR;
}

static bool
has(const struct reader *r, const char *key)
{
	return md_read_value(r->line, key).p != NULL;
}

/* The word itself, or what the other keys say where it is left out. */
static enum md_state
state_of(struct reader *r)
{
	const char *word = md_read_text(&r->in, r->line, "state", NULL);
	const int rcode = r->dns.rcode;

	if (word == NULL && has(r, "rdata"))
		return MD_PRESENT;
	if (word == NULL && has(r, "rcode"))
		return rcode == MD_NOERROR || rcode == MD_NXDOMAIN ? MD_ABSENT : MD_UNKNOWN;
	if (word == NULL && has(r, "why"))
		return MD_UNKNOWN;
	if (word == NULL)
		md_read_wrong(&r->in, "neither \"state\" nor \"rdata\", \"rcode\" or \"why\"");
	else if (strcmp(word, "present") == 0)
		return MD_PRESENT;
	else if (strcmp(word, "absent") == 0)
		return MD_ABSENT;
	else if (strcmp(word, "unknown") == 0)
		return MD_UNKNOWN;
	else
		md_read_wrong(&r->in, "\"state\": %s is not present, absent or unknown",
		              md_excerpt(r->in.mem, md_str(word)));
	return MD_WANTED;
}

static void
check_state(struct reader *r)
{
	struct md_dns *d = &r->dns;
	const bool no_answer = d->rcode != MD_NOERROR && d->rcode != MD_NXDOMAIN;

	if (d->fact.state != MD_PRESENT && d->n > 0)
		md_read_wrong(&r->in, "records, yet the state is not present");
	else if (d->fact.state == MD_PRESENT && d->n == 0)
		md_read_wrong(&r->in, "the state is present, yet \"rdata\" has no record");
	else if (d->fact.state == MD_PRESENT && d->question.type == MD_ANY)
		md_read_wrong(
		        &r->in,
		        "type ANY stands for what is absent or unknown, never for records");
	else if (d->fact.state != MD_UNKNOWN && no_answer)
		md_read_wrong(&r->in, "%s is no answer: the state is unknown",
		              md_rcode_name(r->in.mem, d->rcode));
	else if (d->fact.state == MD_UNKNOWN && d->fact.why[0] == '\0' && no_answer)
		d->fact.why = md_rcode_name(r->in.mem, d->rcode);
	else if (d->fact.state == MD_UNKNOWN && d->fact.why[0] == '\0')
		md_read_wrong(&r->in, "the state is unknown, yet there is no \"why\"");
}

static void
read_question(struct reader *r)
{
	const char *name = md_read_text(&r->in, r->line, "name", NULL);
	const char *type = md_read_text(&r->in, r->line, "type", NULL);
	struct md_question *q = &r->dns.question;

	q->name = ".";
	if (name == NULL)
		md_read_wrong(&r->in, "\"name\" is missing");
	else
		q->name = name_of(r, "name", name);
	if (type == NULL)
		md_read_wrong(&r->in, "\"type\" is missing");
	else
		q->type = md_type_find(md_str(type));
	if (type != NULL && q->type == 0)
		md_read_wrong(&r->in, "\"type\": %s is no type of record",
		              md_excerpt(r->in.mem, md_str(type)));
	q->server = md_read_text(&r->in, r->line, "server", "");
	q->flags = (md_read_flag(&r->in, r->line, "cd") ? MD_CD : 0) |
	           (md_read_flag(&r->in, r->line, "do") ? MD_DO : 0) |
	           (md_read_flag(&r->in, r->line, "no_rd") ? MD_NO_RD : 0);
}

static void
read_attempts(struct reader *r)
{
	size_t n;
	const struct md_str *array =
	        md_read_array(&r->in, r->line, "attempts", MOST_ATTEMPTS, &n);
	struct md_attempt *attempts = md_alloc(r->in.mem, n * sizeof(*attempts));

	for (size_t i = 0; i < n; i++) {
		struct md_members from;

		if (!md_read_object(&r->in, array[i], &from))
			md_read_wrong(&r->in, "\"attempts\" has an element that is no object");
		attempts[i] = (struct md_attempt){
			.server = md_read_text(&r->in, &from, "server", ""),
			.outcome = md_read_text(&r->in, &from, "outcome", ""),
			.microseconds = (uint32_t)md_read_number(&r->in, &from, "microseconds",
			                                         UINT32_MAX, 0),
			.bytes =
			        (uint32_t)md_read_number(&r->in, &from, "bytes", UINT32_MAX, 0),
			.tcp = md_read_flag(&r->in, &from, "tcp"),
			.truncated = md_read_flag(&r->in, &from, "truncated"),
		};
	}
	r->dns.attempts = attempts;
	r->dns.nattempts = n;
}

void
md_dns_read(struct md_read *in, const struct md_members *line, struct md_dns *out)
{
	struct reader reader = { .in = *in, .line = line }, *r = &reader;
	struct md_dns *d = &r->dns;
	const bool records = has(r, "rdata") || has(r, "cname");

	read_question(r);
	d->canonical = d->question.name;
	d->ttl = (uint32_t)md_read_number(&r->in, r->line, "ttl", UINT32_MAX,
	                                  records ? USUAL_TTL : 0);
	d->rcode = rcode_of(r);
	d->ad = md_read_flag(&r->in, r->line, "ad");
	d->fact.why = md_read_text(&r->in, r->line, "why", "");
	d->fact.by_choice = md_read_flag(&r->in, r->line, "by_choice");
	d->origin = md_read_text(&r->in, r->line, "origin", NULL);
	read_aliases(r);
	read_records(r);
	read_numbers(r, "ttls", set_ttl);
	read_numbers(r, "lines", set_line);
	read_attempts(r);
	d->fact.state = state_of(r);
	check_state(r);
	*in = r->in;
	*out = *d;
}

void
md_dns_set_origin(struct md_arena *mem, struct md_dns *d, const char *file, uint32_t line)
{
	struct md_rr *rr = md_alloc(mem, d->n * sizeof(*rr));

	for (size_t i = 0; i < d->n; i++) {
		rr[i] = d->rr[i];
		rr[i].line = line;
	}
	d->rr = rr;
	d->origin = file;
}
