/* What many reports have in common: counted line by line, in memory that does not grow. */
#include "summary/summary.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"

/* There are 250 rules, 1500 top-level domains, and as many providers as the file has lines. */
enum { MOST_RULES = 500, MOST_PROVIDERS = 500, MOST_TLDS = 3000, MOST_REASONS = 500 };

void
md_summary_init(struct md_summary *s, struct md_arena *mem)
{
	*s = (struct md_summary){ .mem = mem };
	for (size_t i = 0; i < MD_VERDICTS; i++)
		md_ranking_init(&s->rules[i], mem, MOST_RULES);
	md_ranking_init(&s->tlds, mem, MOST_TLDS);
	md_ranking_init(&s->providers, mem, MOST_PROVIDERS);
	md_ranking_init(&s->receiving, mem, MOST_PROVIDERS);
	md_ranking_init(&s->sending, mem, MOST_PROVIDERS);
	md_ranking_init(&s->reasons, mem, MOST_REASONS);
	md_ranking_init(&s->limits, mem, MOST_REASONS);
	s->no_provider = md_ranking_row(&s->providers, "none");
	s->unknown_provider = md_ranking_row(&s->providers, "unknown");
	s->providers.first = s->providers.n;
}

/* Counts the domain there, once however often this comes; was it the first time? */
static bool
count(const struct md_summary *s, struct md_row *row, enum md_verdict verdict)
{
	if (row->counted == s->domains)
		return false;
	row->counted = s->domains;
	row->domains++;
	row->verdicts[verdict]++;
	return true;
}

/* The providers that the line's domain uses, each once. */
struct used {
	struct md_summary *s;
	const struct md_reported *line;
	size_t n;
	struct md_row **rows;
};

static void
use(struct used *used, struct md_row *row)
{
	if (count(used->s, row, used->line->verdict))
		MD_PUSH(used->line->mem, used->rows, used->n, row);
}

static void
use_all(struct used *used, struct md_ranking *way, const char **names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		count(used->s, md_ranking_row(way, names[i]), used->line->verdict);
		use(used, md_ranking_row(&used->s->providers, names[i]));
	}
}

static struct used
count_providers(struct md_summary *s, const struct md_reported *line)
{
	struct used used = { .s = s, .line = line };

	use_all(&used, &s->receiving, line->mx, line->nmx);
	use_all(&used, &s->sending, line->spf, line->nspf);
	if (used.n == 0)
		use(&used, line->providers_known ? s->no_provider : s->unknown_provider);
	return used;
}

static size_t
number(const struct md_ranking *ranking, const struct md_row *row)
{
	return (size_t)(row - ranking->rows);
}

static void
count_rule(struct md_summary *s, const struct md_reported *line,
           const struct md_reported_rule *found, const struct md_row *tld,
           const struct used *used)
{
	struct md_row *rule = md_ranking_row(&s->rules[found->severity], found->rule);

	if (!count(s, rule, line->verdict))
		return;
	if (rule->providers == NULL) {
		rule->title = md_strdup(s->mem, found->title);
		rule->providers = md_alloc(s->mem, s->providers.most * sizeof(uint64_t));
		rule->tlds = md_alloc(s->mem, s->tlds.most * sizeof(uint64_t));
	}
	rule->tlds[number(&s->tlds, tld)]++;
	for (size_t i = 0; i < used->n; i++)
		rule->providers[number(&s->providers, used->rows[i])]++;
}

static void
count_gaps(struct md_summary *s, const struct md_reported *line)
{
	bool gapped = false, limited = false;

	for (size_t i = 0; i < line->ngaps; i++) {
		const struct md_reported_gap *gap = &line->gaps[i];

		count(s, md_ranking_row(gap->limit ? &s->limits : &s->reasons, gap->reason),
		      line->verdict);
		gapped = gapped || !gap->limit;
		limited = limited || gap->limit;
	}
	s->gapped += gapped;
	s->limited += limited;
}

void
md_summary_add(struct md_summary *s, const struct md_reported *line)
{
	struct md_row *tld;
	struct used used;

	if (line->message) {
		s->messages++;
		return;
	}
	s->domains++;
	s->verdicts[line->verdict]++;
	s->complete += line->complete;
	tld = md_ranking_row(&s->tlds, md_name_last(line->domain, 1));
	count(s, tld, line->verdict);
	used = count_providers(s, line);
	for (size_t i = 0; i < line->nrules; i++)
		count_rule(s, line, &line->rules[i], tld, &used);
	count_gaps(s, line);
}
