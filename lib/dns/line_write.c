/* Writing a DNS fact as its JSON line: what is usual is left out. */
#include "base/arena.h"
#include "dns/line.h"
#include "json/write.h"

static void
put_flag(struct md_json *j, const char *key, bool set)
{
	if (set)
		md_json_bool(j, key, true);
}

static void
put_aliases(struct md_json *j, const struct md_dns *d)
{
	if (d->naliases == 0)
		return;
	md_json_open(j, "cname", '[');
	for (size_t i = 0; i < d->naliases; i++)
		md_json_text(j, NULL, d->aliases[i].name);
	md_json_close(j, ']');
}

/* The records that were asked for, or else their signatures. */
static void
put_records(struct md_json *j, const char *key, const struct md_dns *d, bool asked)
{
	bool any = false;

	for (size_t i = 0; i < d->n; i++) {
		const struct md_rr *rr = &d->rr[i];

		if ((rr->type == d->question.type) != asked)
			continue;
		if (!any)
			md_json_open(j, key, '[');
		any = true;
		md_json_text(j, NULL, md_rr_text(j->text.mem, rr));
	}
	if (any)
		md_json_close(j, ']');
}

static uint32_t
ttl_of(const struct md_rr *rr)
{
	return rr->ttl;
}

static uint32_t
line_of(const struct md_rr *rr)
{
	return rr->line;
}

static const struct md_rr *
link_of(const struct md_dns *d, size_t i)
{
	return i < d->naliases ? &d->aliases[i] : &d->rr[i - d->naliases];
}

/* One number for each alias and record, unless all are the usual one. */
static void
put_numbers(struct md_json *j, const char *key, const struct md_dns *d,
            uint32_t (*get)(const struct md_rr *), uint32_t usual)
{
	const size_t n = d->naliases + d->n;
	size_t i = 0;

	while (i < n && get(link_of(d, i)) == usual)
		i++;
	if (i == n)
		return;
	md_json_open(j, key, '[');
	for (i = 0; i < n; i++)
		md_json_number(j, NULL, get(link_of(d, i)));
	md_json_close(j, ']');
}

static void
put_attempts(struct md_json *j, const struct md_dns *d)
{
	if (d->nattempts == 0)
		return;
	md_json_open(j, "attempts", '[');
	for (size_t i = 0; i < d->nattempts; i++) {
		const struct md_attempt *a = &d->attempts[i];

		md_json_open(j, NULL, '{');
		md_json_some(j, "server", a->server);
		md_json_some(j, "outcome", a->outcome);
		md_json_number(j, "microseconds", a->microseconds);
		md_json_number(j, "bytes", (int64_t)a->bytes);
		put_flag(j, "tcp", a->tcp);
		put_flag(j, "truncated", a->truncated);
		md_json_close(j, '}');
	}
	md_json_close(j, ']');
}

void
md_dns_put(struct md_json *j, const struct md_dns *d)
{
	md_json_open(j, NULL, '{');
	md_json_clean(j, "fact", "dns");
	md_json_some(j, "name", d->question.name);
	md_json_some(j, "type", md_type_name(j->text.mem, d->question.type));
	md_json_some(j, "server", d->question.server);
	put_flag(j, "cd", (d->question.flags & MD_CD) != 0);
	put_flag(j, "do", (d->question.flags & MD_DO) != 0);
	put_flag(j, "no_rd", (d->question.flags & MD_NO_RD) != 0);
	md_json_clean(j, "state", md_state_name(d->fact.state));
	if (d->fact.state == MD_ABSENT || d->rcode != MD_NOERROR)
		md_json_some(j, "rcode", md_rcode_name(j->text.mem, d->rcode));
	md_json_some(j, "why", d->fact.why);
	put_flag(j, "by_choice", d->fact.by_choice);
	if (d->ttl > 0 || d->naliases + d->n > 0)
		md_json_number(j, "ttl", d->ttl);
	put_flag(j, "ad", d->ad);
	put_aliases(j, d);
	put_records(j, "rdata", d, true);
	put_records(j, "rrsig", d, false);
	put_numbers(j, "ttls", d, ttl_of, d->ttl);
	put_numbers(j, "lines", d, line_of, 0);
	put_attempts(j, d);
	md_json_some(j, "origin", d->origin);
	md_json_close(j, '}');
}

const char *
md_dns_line(struct md_arena *mem, const struct md_dns *d)
{
	struct md_json j = { .text.mem = mem };

	md_dns_put(&j, d);
	md_buf_addc(&j.text, '\n');
	return md_buf_str(&j.text);
}
