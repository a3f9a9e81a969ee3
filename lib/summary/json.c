/* A summary for programs, schema maildiag-summary/1 (docs/FORMATS.md). */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "maildiag.h"
#include "summary/summary.h"
#include "json/escape.h"
#include "json/tree.h"

static const enum md_verdict order[MD_VERDICTS] = { MD_FAIL, MD_UNSURE, MD_WARN, MD_INFO,
	                                            MD_PASS };

static json_t *
tool(void)
{
	json_t *o = json_object();

	md_json_put(o, "name", json_string("maildiag"));
	md_json_put(o, "version", json_string(md_version()));
	return o;
}

static json_t *
verdicts(const uint64_t counts[MD_VERDICTS])
{
	json_t *o = json_object();

	for (size_t i = 0; i < MD_VERDICTS; i++)
		md_json_put_count(o, md_verdict_name(order[i]), counts[order[i]]);
	return o;
}

static json_t *
row(const struct md_row *r)
{
	json_t *o = json_object();

	md_json_put_count(o, "domains", r->domains);
	md_json_put(o, "verdicts", verdicts(r->verdicts));
	return o;
}

/* ---- rules ---- */

/* A rule's counts by the rows of a ranking, as far as they are not 0. */
static json_t *
by_row(struct md_arena *mem, const struct md_ranking *ranking, const uint64_t *counts)
{
	json_t *o = json_object();

	for (size_t i = ranking->first; i < ranking->n; i++)
		if (counts[i] > 0)
			md_json_put_count(o,
			                  md_escape(mem, md_str(ranking->rows[i].name), true),
			                  counts[i]);
	return o;
}

static json_t *
rule_json(struct md_arena *mem, const struct md_summary *s, const struct md_row *rule,
          enum md_verdict severity)
{
	json_t *o = json_object();

	md_json_put_text(mem, o, "rule", rule->name);
	md_json_put(o, "severity", json_string(md_verdict_name(severity)));
	md_json_put_text(mem, o, "title", rule->title);
	md_json_put_count(o, "domains", rule->domains);
	md_json_put(o, "providers", by_row(mem, &s->providers, rule->providers));
	md_json_put_count(o, "no_provider",
	                  rule->providers[s->no_provider - s->providers.rows]);
	md_json_put_count(o, "unknown_provider",
	                  rule->providers[s->unknown_provider - s->providers.rows]);
	md_json_put(o, "tlds", by_row(mem, &s->tlds, rule->tlds));
	return o;
}

static json_t *
rules(struct md_arena *mem, const struct md_summary *s)
{
	json_t *array = json_array();

	for (size_t i = 0; i < MD_VERDICTS; i++) {
		const enum md_verdict severity = order[i];
		const struct md_row **r = md_ranking_sorted(mem, &s->rules[severity]);

		for (; *r != NULL; r++)
			json_array_append_new(array, rule_json(mem, s, *r, severity));
	}
	return array;
}

/* ---- the rest ---- */

static json_t *
providers(struct md_arena *mem, const struct md_summary *s)
{
	json_t *array = json_array();

	for (const struct md_row **r = md_ranking_sorted(mem, &s->providers); *r != NULL; r++) {
		json_t *o = row(*r);

		md_json_put_text(mem, o, "provider", (*r)->name);
		md_json_put_count(o, "mx", md_ranking_domains(&s->receiving, (*r)->name));
		md_json_put_count(o, "spf", md_ranking_domains(&s->sending, (*r)->name));
		json_array_append_new(array, o);
	}
	return array;
}

static json_t *
tlds(struct md_arena *mem, const struct md_summary *s)
{
	json_t *array = json_array();

	for (const struct md_row **r = md_ranking_sorted(mem, &s->tlds); *r != NULL; r++) {
		json_t *o = row(*r);

		md_json_put_text(mem, o, "tld", (*r)->name);
		json_array_append_new(array, o);
	}
	return array;
}

static json_t *
gaps(struct md_arena *mem, uint64_t domains, const struct md_ranking *ranking)
{
	json_t *o = json_object(), *array = json_array();

	for (const struct md_row **r = md_ranking_sorted(mem, ranking); *r != NULL; r++) {
		json_t *reason = json_object();

		md_json_put_text(mem, reason, "reason", (*r)->name);
		md_json_put_count(reason, "domains", (*r)->domains);
		json_array_append_new(array, reason);
	}
	md_json_put_count(o, "domains", domains);
	md_json_put(o, "reasons", array);
	return o;
}

/* What was not told apart for want of room: with how many domains it was met. */
static json_t *
others(const struct md_summary *s)
{
	json_t *o = json_object();
	uint64_t more = 0;

	for (size_t i = 0; i < MD_VERDICTS; i++)
		more += s->rules[i].rows[0].domains;
	md_json_put_count(o, "rules", more);
	md_json_put_count(o, "providers", s->providers.rows[0].domains);
	md_json_put_count(o, "tlds", s->tlds.rows[0].domains);
	md_json_put_count(o, "inconclusive", s->reasons.rows[0].domains);
	md_json_put_count(o, "limit", s->limits.rows[0].domains);
	return o;
}

void
md_summary_json(const struct md_summary *s, FILE *out)
{
	struct md_arena *mem = md_arena_new();
	json_t *o = json_object(), *known = json_object();

	md_json_put(o, "schema", json_string("maildiag-summary/1"));
	md_json_put(o, "tool", tool());
	md_json_put_count(o, "domains", s->domains);
	md_json_put_count(o, "complete", s->complete);
	md_json_put_count(o, "messages", s->messages);
	md_json_put_count(o, "bad_lines", s->bad);
	md_json_put(o, "verdicts", verdicts(s->verdicts));
	md_json_put(o, "rules", rules(mem, s));
	md_json_put(o, "providers", providers(mem, s));
	md_json_put(o, "no_provider", row(s->no_provider));
	md_json_put(o, "unknown_provider", row(s->unknown_provider));
	md_json_put(o, "tlds", tlds(mem, s));
	md_json_put(known, "inconclusive", gaps(mem, s->gapped, &s->reasons));
	md_json_put(known, "limit", gaps(mem, s->limited, &s->limits));
	md_json_put(o, "gaps", known);
	md_json_put(o, "others", others(s));
	json_dumpf(o, out, JSON_INDENT(2));
	putc('\n', out);
	json_decref(o);
	md_arena_free(mem);
}
