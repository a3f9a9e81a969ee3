/* A summary for programs, schema maildiag-summary/1 (docs/FORMATS.md). */
#include "base/arena.h"
#include "base/escape.h"
#include "maildiag.h"
#include "summary/summary.h"
#include "json/write.h"

static const enum md_verdict order[MD_VERDICTS] = { MD_FAIL, MD_UNSURE, MD_WARN, MD_INFO,
	                                            MD_PASS };

static void
put_verdicts(struct md_json *j, const uint64_t counts[MD_VERDICTS])
{
	md_json_open(j, "verdicts", '{');
	for (size_t i = 0; i < MD_VERDICTS; i++)
		md_json_count(j, md_verdict_name(order[i]), counts[order[i]]);
	md_json_close(j, '}');
}

/* The members of a row's object. */
static void
put_row(struct md_json *j, const struct md_row *r)
{
	md_json_count(j, "domains", r->domains);
	put_verdicts(j, r->verdicts);
}

static void
put_single(struct md_json *j, const char *key, const struct md_row *r)
{
	md_json_open(j, key, '{');
	put_row(j, r);
	md_json_close(j, '}');
}

/* ---- rules ---- */

/* A rule's counts by the rows of a ranking, as far as they are not 0. */
static void
put_by_row(struct md_json *j, const char *key, const struct md_ranking *ranking,
           const uint64_t *counts)
{
	md_json_open(j, key, '{');
	for (size_t i = ranking->first; i < ranking->n; i++)
		if (counts[i] > 0)
			md_json_count(
			        j, md_escape(j->text.mem, md_str(ranking->rows[i].name), true),
			        counts[i]);
	md_json_close(j, '}');
}

static void
put_rule(struct md_json *j, const struct md_summary *s, const struct md_row *rule,
         enum md_verdict severity)
{
	md_json_open(j, NULL, '{');
	md_json_text(j, "rule", rule->name);
	md_json_clean(j, "severity", md_verdict_name(severity));
	md_json_text(j, "title", rule->title);
	md_json_count(j, "domains", rule->domains);
	put_by_row(j, "providers", &s->providers, rule->providers);
	md_json_count(j, "no_provider", rule->providers[s->no_provider - s->providers.rows]);
	md_json_count(j, "unknown_provider",
	              rule->providers[s->unknown_provider - s->providers.rows]);
	put_by_row(j, "tlds", &s->tlds, rule->tlds);
	md_json_close(j, '}');
}

static void
put_rules(struct md_json *j, const struct md_summary *s)
{
	md_json_open(j, "rules", '[');
	for (size_t i = 0; i < MD_VERDICTS; i++) {
		const enum md_verdict severity = order[i];
		const struct md_row **r = md_ranking_sorted(j->text.mem, &s->rules[severity]);

		for (; *r != NULL; r++)
			put_rule(j, s, *r, severity);
	}
	md_json_close(j, ']');
}

/* ---- the rest ---- */

static void
put_providers(struct md_json *j, const struct md_summary *s)
{
	const struct md_row **r = md_ranking_sorted(j->text.mem, &s->providers);

	md_json_open(j, "providers", '[');
	for (; *r != NULL; r++) {
		md_json_open(j, NULL, '{');
		put_row(j, *r);
		md_json_text(j, "provider", (*r)->name);
		md_json_count(j, "mx", md_ranking_domains(&s->receiving, (*r)->name));
		md_json_count(j, "spf", md_ranking_domains(&s->sending, (*r)->name));
		md_json_close(j, '}');
	}
	md_json_close(j, ']');
}

static void
put_tlds(struct md_json *j, const struct md_summary *s)
{
	const struct md_row **r = md_ranking_sorted(j->text.mem, &s->tlds);

	md_json_open(j, "tlds", '[');
	for (; *r != NULL; r++) {
		md_json_open(j, NULL, '{');
		put_row(j, *r);
		md_json_text(j, "tld", (*r)->name);
		md_json_close(j, '}');
	}
	md_json_close(j, ']');
}

static void
put_gaps(struct md_json *j, const char *key, uint64_t domains, const struct md_ranking *ranking)
{
	const struct md_row **r = md_ranking_sorted(j->text.mem, ranking);

	md_json_open(j, key, '{');
	md_json_count(j, "domains", domains);
	md_json_open(j, "reasons", '[');
	for (; *r != NULL; r++) {
		md_json_open(j, NULL, '{');
		md_json_text(j, "reason", (*r)->name);
		md_json_count(j, "domains", (*r)->domains);
		md_json_close(j, '}');
	}
	md_json_close(j, ']');
	md_json_close(j, '}');
}

/* What was not told apart for want of room: with how many domains it was met. */
static void
put_others(struct md_json *j, const struct md_summary *s)
{
	uint64_t more = 0;

	for (size_t i = 0; i < MD_VERDICTS; i++)
		more += s->rules[i].rows[0].domains;
	md_json_open(j, "others", '{');
	md_json_count(j, "rules", more);
	md_json_count(j, "providers", s->providers.rows[0].domains);
	md_json_count(j, "tlds", s->tlds.rows[0].domains);
	md_json_count(j, "inconclusive", s->reasons.rows[0].domains);
	md_json_count(j, "limit", s->limits.rows[0].domains);
	md_json_close(j, '}');
}

void
md_summary_json(const struct md_summary *s, FILE *out)
{
	struct md_arena *mem = md_arena_new();
	struct md_json j = { .text.mem = mem, .indented = true };

	md_json_open(&j, NULL, '{');
	md_json_clean(&j, "schema", "maildiag-summary/1");
	md_json_tool(&j);
	md_json_count(&j, "domains", s->domains);
	md_json_count(&j, "complete", s->complete);
	md_json_count(&j, "messages", s->messages);
	md_json_count(&j, "bad_lines", s->bad);
	put_verdicts(&j, s->verdicts);
	put_rules(&j, s);
	put_providers(&j, s);
	put_single(&j, "no_provider", s->no_provider);
	put_single(&j, "unknown_provider", s->unknown_provider);
	put_tlds(&j, s);
	md_json_open(&j, "gaps", '{');
	put_gaps(&j, "inconclusive", s->gapped, &s->reasons);
	put_gaps(&j, "limit", s->limited, &s->limits);
	md_json_close(&j, '}');
	put_others(&j, s);
	md_json_close(&j, '}');
	md_buf_addc(&j.text, '\n');
	fputs(md_buf_str(&j.text), out);
	md_arena_free(mem);
}
