/* Writing a fact as its JSON line: what is usual is left out. */
#include <stdlib.h>

#include "base/arena.h"
#include "fact/fact_json.h"
#include "fact/json.h"
#include "fact/source.h"
#include "report/report.h"

/* JSON is UTF-8: text that is not (a file's name) is shown in presentation form. */
static json_t *
text(struct md_arena *mem, const char *s)
{
	json_t *value = json_string(s);

	return value != NULL ? value : json_string(md_show(mem, md_str(s)));
}

static void
put_text(struct md_arena *mem, json_t *line, const char *key, const char *s)
{
	if (s[0] != '\0')
		json_object_set_new(line, key, text(mem, s));
}

static void
put_flag(json_t *line, const char *key, bool set)
{
	if (set)
		json_object_set_new(line, key, json_true());
}

static void
put_array(json_t *line, const char *key, json_t *array)
{
	if (json_array_size(array) > 0)
		json_object_set_new(line, key, array);
	else
		json_decref(array);
}

static void
put_aliases(struct md_arena *mem, json_t *line, const struct md_dns *d)
{
	json_t *names = json_array();

	for (size_t i = 0; i < d->naliases; i++)
		json_array_append_new(names, text(mem, d->aliases[i].name));
	put_array(line, "cname", names);
}

static void
put_records(struct md_arena *mem, json_t *line, const struct md_dns *d)
{
	json_t *rdata = json_array(), *signatures = json_array();

	for (size_t i = 0; i < d->n; i++) {
		const struct md_rr *rr = &d->rr[i];

		json_array_append_new(rr->type == d->question.type ? rdata : signatures,
		                      text(mem, md_rr_text(mem, rr)));
	}
	put_array(line, "rdata", rdata);
	put_array(line, "rrsig", signatures);
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

/* One number for each alias and record, unless all are the usual one. */
static void
put_numbers(json_t *line, const char *key, const struct md_dns *d,
            uint32_t (*get)(const struct md_rr *), uint32_t usual)
{
	json_t *numbers = json_array();
	bool all_usual = true;

	for (size_t i = 0; i < d->naliases + d->n; i++) {
		const struct md_rr *rr =
		        i < d->naliases ? &d->aliases[i] : &d->rr[i - d->naliases];

		json_array_append_new(numbers, json_integer(get(rr)));
		all_usual = all_usual && get(rr) == usual;
	}
	if (all_usual)
		json_array_clear(numbers);
	put_array(line, key, numbers);
}

static void
put_attempts(struct md_arena *mem, json_t *line, const struct md_dns *d)
{
	json_t *attempts = json_array();

	for (size_t i = 0; i < d->nattempts; i++) {
		const struct md_attempt *a = &d->attempts[i];
		json_t *one = json_object();

		put_text(mem, one, "server", a->server);
		put_text(mem, one, "outcome", a->outcome);
		json_object_set_new(one, "microseconds", json_integer(a->microseconds));
		json_object_set_new(one, "bytes", json_integer(a->bytes));
		put_flag(one, "tcp", a->tcp);
		put_flag(one, "truncated", a->truncated);
		json_array_append_new(attempts, one);
	}
	put_array(line, "attempts", attempts);
}

json_t *
md_fact_json(struct md_arena *mem, const struct md_dns *d)
{
	static const char *const states[] = { "wanted", "present", "absent", "unknown" };
	json_t *line = json_object();

	put_text(mem, line, "fact", "dns");
	put_text(mem, line, "name", d->question.name);
	put_text(mem, line, "type", md_type_name(mem, d->question.type));
	put_text(mem, line, "server", d->question.server);
	put_flag(line, "cd", (d->question.flags & MD_CD) != 0);
	put_flag(line, "do", (d->question.flags & MD_DO) != 0);
	put_flag(line, "no_rd", (d->question.flags & MD_NO_RD) != 0);
	put_text(mem, line, "state", states[d->fact.state]);
	if (d->fact.state == MD_ABSENT || d->rcode != MD_NOERROR)
		put_text(mem, line, "rcode", md_rcode_name(mem, d->rcode));
	put_text(mem, line, "why", d->fact.why);
	put_flag(line, "by_choice", d->fact.by_choice);
	if (d->ttl > 0 || d->naliases + d->n > 0)
		json_object_set_new(line, "ttl", json_integer(d->ttl));
	put_flag(line, "ad", d->ad);
	put_aliases(mem, line, d);
	put_records(mem, line, d);
	put_numbers(line, "ttls", d, ttl_of, d->ttl);
	put_numbers(line, "lines", d, line_of, 0);
	put_attempts(mem, line, d);
	put_text(mem, line, "origin", d->origin);
	return line;
}

/* The line's text in mem; the line is given back. */
static const char *
dump(struct md_arena *mem, json_t *line)
{
	char *dumped = json_dumps(line, JSON_COMPACT);
	const char *kept;

	if (dumped == NULL)
		abort(); /* out of memory: the values are all well-formed */
	kept = md_strdup(mem, dumped);
	free(dumped);
	json_decref(line);
	return kept;
}

void
md_replay_write(FILE *out, const struct md_dns *d)
{
	struct md_arena *mem = md_arena_new();

	fprintf(out, "%s\n", dump(mem, md_fact_json(mem, d)));
	md_arena_free(mem);
}

void
md_replay_write_opinion(FILE *out, const struct md_opinion *o)
{
	struct md_arena *mem = md_arena_new();

	fprintf(out, "%s\n", dump(mem, md_opinion_json(o)));
	md_arena_free(mem);
}

void
md_replay_write_run(FILE *out, const struct md_subject *s, int64_t now)
{
	struct md_arena *mem = md_arena_new();
	json_t *line = json_object(), *options = json_object();
	json_t *ips = json_array(), *selectors = json_array();

	for (size_t i = 0; i < s->nips; i++)
		json_array_append_new(ips, text(mem, md_addr_print(mem, s->ips[i])));
	for (size_t i = 0; i < s->nselectors; i++)
		json_array_append_new(selectors, text(mem, s->selectors[i]));
	put_array(options, "ips", ips);
	put_text(mem, options, "mail_from", s->mail_from);
	put_text(mem, options, "helo", s->helo);
	put_array(options, "selectors", selectors);
	put_text(mem, line, "fact", "run");
	put_text(mem, line, "domain", s->domain);
	json_object_set_new(line, "now", json_integer(now));
	json_object_set_new(line, "options", options);
	fprintf(out, "%s\n", dump(mem, line));
	md_arena_free(mem);
}
