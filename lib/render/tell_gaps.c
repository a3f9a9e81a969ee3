/* What could not be known: the reason, whom it concerns, and how to find out. */
#include "render/tell.h"

#include <string.h>

#include "ask/check.h"
#include "base/arena.h"
#include "fact/kind.h"
#include "message/message.h"

enum { FEW = 3, MANY = 12 };

/*
 * The names of all checks that lack the same fact; "" when it is told elsewhere: by an earlier
 * check, or with a rule that explains it.
 */
static const char *
askers(struct md_arena *mem, const struct md_report *report, size_t at,
       const struct md_gap *gap)
{
	struct md_buf names = { .mem = mem };

	for (size_t i = 0; i < report->nresults; i++) {
		const struct md_gap *other = md_gap_alike(&report->results[i], gap);

		if (other == NULL)
			continue;
		if (i < at || other->rule != NULL)
			return "";
		md_buf_item(&names, ", ", "%s", report->results[i].check->name);
	}
	return md_buf_str(&names);
}

static struct md_doc_text *
begin(struct md_doc *d, enum md_flow flow)
{
	return md_doc_mark(d, md_doc_line(d, flow), MD_WORD, MD_DOUBT, "");
}

/* A gap that no rule explains: a fact that is not known, and who wanted it. */
static void
tell_fact(struct md_doc *d, const struct md_gap *gap, const char *names)
{
	md_doc_add(d, begin(d, MD_FLUSH), MD_FOREIGN,
	           md_printf(d->mem, "%s: %s [%s]", gap->fact, gap->why, names));
}

/* All gaps of a check that one rule explains. */
static void
tell_rule(struct md_doc *d, const struct md_gap *first, bool verbose)
{
	const struct md_rule *rule = first->rule;
	struct md_doc_text *title = begin(d, MD_WHOLE);
	size_t n = 0;

	md_doc_lead(d, title, MD_STRONG, rule->title);
	md_doc_lead_as(d, title, MD_RULE, MD_FAINT, rule->id);
	md_doc_open(d, MD_DOC_BODY);
	for (const struct md_gap *g = first; g != NULL; g = g->next) {
		if (g->rule != rule || (n++ >= FEW && !verbose))
			continue;
		md_doc_add(d, md_doc_line(d, MD_HANGING), MD_FOREIGN,
		           md_printf(d->mem, "%s: %s", g->fact, g->why));
	}
	if (n > FEW && !verbose)
		md_doc_say(
		        d, MD_WHOLE,
		        md_printf(d->mem, "and %zu more of the kind (-v shows all)", n - FEW));
	md_doc_labelled(d, "To find out:", MD_WORDS, rule->fix);
	md_doc_close(d);
}

static bool
told_before(const struct md_result *result, const struct md_gap *gap)
{
	for (const struct md_gap *g = result->gaps; g != gap; g = g->next)
		if (g->rule == gap->rule)
			return true;
	return false;
}

/* Who lacks a fact, to be told with this gap; "" when it is told with another one. */
static const char *
news(struct md_arena *mem, const struct md_report *report, size_t at, const struct md_gap *gap)
{
	if (gap->rule == NULL)
		return askers(mem, report, at, gap);
	return told_before(&report->results[at], gap) ? "" : gap->rule->id;
}

/* A line in the body of what was marked before. */
static void
say_below(struct md_doc *d, enum md_flow flow, const char *text)
{
	md_doc_open(d, MD_DOC_BODY);
	md_doc_say(d, flow, text);
	md_doc_close(d);
}

/* All that was not asked for by choice is one line, where that is said before. */
static bool
is_by_choice(const struct md_report *report, const struct md_gap *g, bool verbose)
{
	return !verbose && report->subject->kind->terse && g->by_choice && !g->of->opinion;
}

static void
tell_by_choice(struct md_doc *d, const struct md_report *report)
{
	size_t n = 0;

	for (size_t i = 0; i < report->nresults; i++)
		for (const struct md_gap *g = report->results[i].gaps; g != NULL; g = g->next) {
			size_t first = 0;

			while (md_gap_alike(&report->results[first], g) == NULL)
				first++;
			n += first == i && is_by_choice(report, g, false);
		}
	if (n > 0)
		md_doc_add(d, begin(d, MD_FLUSH), MD_WORDS,
		           md_printf(d->mem,
		                     "%s not looked up: offline, and not in the files given "
		                     "(-v names %s)",
		                     n == 1 ? "1 answer was"
		                            : md_printf(d->mem, "%zu answers were", n),
		                     n == 1 ? "it" : "them"));
}

/*
 * Told elsewhere: in the headline, word for word (what is said there; "" for nothing), or by a
 * part of its own for each of what is in that table.
 */
static bool
is_told(const struct md_result *result, const struct md_gap *g, const char *headline,
        bool verbose)
{
	if (verbose || g->rule != NULL || g->kind == MD_INCONCLUSIVE)
		return false;
	return strstr(headline, g->why) != NULL ||
	       (g->kind == MD_BLIND && result->check->tabled);
}

/* The first of them; returns how many there are. */
static size_t
tell_gaps(struct md_doc *d, const struct md_report *report, const char *headline,
          bool inconclusive, bool verbose)
{
	size_t n = 0;

	for (size_t i = 0; i < report->nresults; i++) {
		for (const struct md_gap *g = report->results[i].gaps; g != NULL; g = g->next) {
			const char *names;

			if ((g->kind == MD_INCONCLUSIVE) != inconclusive ||
			    is_by_choice(report, g, verbose) ||
			    is_told(&report->results[i], g, headline, verbose))
				continue;
			names = news(d->mem, report, i, g);
			if (names[0] == '\0' || (n++ >= MANY && !verbose))
				continue;
			if (g->rule == NULL)
				tell_fact(d, g, names);
			else
				tell_rule(d, g, verbose);
		}
	}
	if (n > MANY && !verbose)
		say_below(d, MD_WHOLE,
		          md_printf(d->mem, "and %zu more unknowns (-v shows all)", n - MANY));
	return n;
}

static bool
any_gap(const struct md_report *report, const char *headline, bool verbose)
{
	for (size_t i = 0; i < report->nresults; i++)
		for (const struct md_gap *g = report->results[i].gaps; g != NULL; g = g->next)
			if (!is_told(&report->results[i], g, headline, verbose))
				return true;
	return false;
}

void
md_tell_gaps(struct md_doc *d, const struct md_report *report, bool verbose)
{
	const char *headline = report->subject->kind == &md_subject_message
	                               ? md_message_sentence(d->mem, report)
	                               : "";

	if (!any_gap(report, headline, verbose))
		return;
	md_doc_open(d, MD_DOC_SECTION);
	if (tell_gaps(d, report, headline, true, verbose) > 0)
		say_below(d, MD_FLUSH,
		          "Not knowing is not a fault of the domain: ask again in a while, "
		          "or ask another server with --resolver ADDRESS.");
	tell_gaps(d, report, headline, false, verbose);
	if (!verbose)
		tell_by_choice(d, report);
	md_doc_close(d);
}
