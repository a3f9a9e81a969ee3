/* What CI systems are told: the findings and gaps of any number of reports, as flat rows. */
#ifndef MD_OUTCOMES_H
#define MD_OUTCOMES_H

#include "report/report.h"

enum md_outcome_kind {
	MD_OUTCOME_PASS, /* a check without findings or gaps */
	MD_OUTCOME_FINDING,
	MD_OUTCOME_GAP,     /* inconclusive */
	MD_OUTCOME_SKIPPED, /* a check that was not run, or a limit */
};

/* Beside another report; MD_NOVELTY_NONE where there is none. */
enum md_novelty { MD_NOVELTY_NONE, MD_NEW, MD_FIXED, MD_UNCHANGED };

/* Texts are never NULL; "" for what there is not. */
struct md_outcome {
	enum md_outcome_kind kind;
	enum md_novelty novelty;
	const char *subject;             /* the domain or message examined */
	const char *check, *check_title; /* "spf", "SPF" */
	const char *rule, *title, *fix, *reference;
	enum md_verdict severity;
	const char *about;    /* the finding's subject; of a gap the fact */
	const char *evidence; /* of a gap why */
	const char *record;   /* what to publish, lines joined by \n */
	const char *file;     /* where the record that is to blame stands; "" */
	unsigned line;
	const char *waived; /* the reason of a waiver, or "--ignore": it does not count; "" */
	bool fails;         /* it counts at --fail-on */
};

struct md_outcomes {
	struct md_arena *mem;
	size_t n;
	struct md_outcome *all;
	const char *headline; /* the whole in a sentence */
	enum md_verdict verdict;
	bool complete; /* nothing inconclusive */
};

struct md_outcomes *md_outcomes_new(struct md_arena *);

/* Adds what a report has; texts are copied. `fail_on` is a word of --fail-on. */
void md_outcomes_add_report(struct md_outcomes *, const struct md_report *,
                            const char *fail_on);

/* Adds a row; texts are copied. */
void md_outcomes_add(struct md_outcomes *, const struct md_outcome *);

/*
 * "markdown", "github", "junit", "sarif", "gitlab", "tap": one document for all rows; false:
 * no such format.
 */
bool md_outcomes_render(const char *format, const struct md_outcomes *, FILE *);

#endif
