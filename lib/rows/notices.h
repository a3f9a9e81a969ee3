/* What CI systems are told: the findings and gaps of any number of reports, as flat rows. */
#ifndef MD_NOTICES_H
#define MD_NOTICES_H

#include "base/index.h"
#include "report/report.h"

enum md_notice_kind {
	MD_NOTICE_PASS, /* a check without findings or gaps */
	MD_NOTICE_FINDING,
	MD_NOTICE_GAP,     /* inconclusive */
	MD_NOTICE_SKIPPED, /* a check that was not run, or a limit */
};

/* Beside another report; MD_NOVELTY_NONE where there is none. */
enum md_novelty { MD_NOVELTY_NONE, MD_NEW, MD_FIXED, MD_UNCHANGED };

/* Texts are never NULL; "" for what there is not. */
struct md_notice {
	enum md_notice_kind kind;
	enum md_novelty novelty;
	const char *subject;             /* the domain or message examined */
	const char *check, *check_title; /* "spf", "SPF" */
	const char *rule, *title, *fix, *reference;
	enum md_verdict severity;
	const char *about;    /* the finding's subject; of a gap the fact */
	const char *evidence; /* of a gap why */
	const char *record;   /* what to publish, lines joined by \n */
	const char *file;     /* where the record that is to blame stands; "" */
	unsigned line;        /* 0: no particular one */
	const char *waived;   /* the reason of a waiver, or "--ignore": it does not count; "" */
	bool fails;           /* it counts at --fail-on */
	bool again;           /* a gap about a fact of which an earlier row tells */
	/* of those with the same check, rule and `about`; md_notices_add counts */
	unsigned nth;
};

struct md_notices {
	struct md_arena *mem;
	size_t n;
	struct md_notice *all;
	const char *headline; /* the whole in a sentence; "": the counts */
	enum md_verdict verdict;
	bool complete;         /* nothing inconclusive */
	struct md_index told;  /* what the gate finds its rows by (gate/rows.c) */
	struct md_index texts; /* that many rows have */
};

struct md_notices *md_notices_new(struct md_arena *);

/* Adds what a report has; texts are copied. `fail_on` is a word of --fail-on. */
void md_notices_add_report(struct md_notices *, const struct md_report *, const char *fail_on);

/* Adds all that another has; texts are copied. */
void md_notices_join(struct md_notices *, const struct md_notices *);

/* Adds a row; texts are copied.  Rows of a subject belong together, by check. */
void md_notices_add(struct md_notices *, const struct md_notice *);

/*
 * "markdown", "github", "junit", "sarif", "gitlab", "tap": one document for all rows; false:
 * no such format.
 */
extern const char *const md_notices_formats[]; /* NULL-terminated */
bool md_notices_render(const char *format, const struct md_notices *, FILE *);

#endif
