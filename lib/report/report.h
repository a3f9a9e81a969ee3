/* What a run found: plain constant data, built once by run.c, read by every renderer. */
#ifndef MD_REPORT_H
#define MD_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bits.h"
#include "base/str.h"
#include "doc/ink.h"
#include "fact/fact.h"
#include "maildiag.h"
#include "report/columns.h"
#include "report/part.h"
#include "report/subject.h"

/*
 * How bad, in ascending order: the verdict of several is the greatest.  As a rule's severity
 * MD_UNSURE marks a rule that explains a gap ("this list refuses us") and is never a finding.
 */
enum md_verdict { MD_PASS, MD_INFO, MD_WARN, MD_UNSURE, MD_FAIL };

/* "pass", "info", "warn", "unknown", "fail": the words of the contract. */
const char *md_verdict_name(enum md_verdict);
enum md_ink md_verdict_ink(enum md_verdict);

/* Whose mail suffers from what is found; the verdict in words is made of it. */
enum md_way {
	MD_WAY_OF_CHECK, /* of a rule: as of its check; of a check: not said */
	MD_BOTH_WAYS,    /* all mail of the domain */
	MD_INWARD,       /* mail to the domain */
	MD_OUTWARD,      /* mail from the domain */
	MD_ASIDE, /* no mail at all: a logo, a report about it, protection from forgery */
};

/* A severity in place of the rule's own; one that is not given changes nothing. */
struct md_instead {
	bool given;
	enum md_verdict severity;
};

#define MD_BECOMES(verdict)                                                                    \
	{                                                                                      \
		true, (verdict)                                                                \
	}

/* One thing that can be wrong or right, written once: explain, list and the manual show it. */
struct md_rule {
	/* "dmarc.policy-none"; never renamed, never reused */
	const char *id;

	/* for a usual domain */
	enum md_verdict severity;

	/*
	 * Of a parked domain, which wants no mail and sends none: faults of its delivery are
	 * nobody's trouble, and what would let others send in its name is worse than elsewhere.
	 */
	struct md_instead parked;

	/* of a domain that receives no mail, but sends */
	struct md_instead sends_only;

	/* whose mail suffers, where that is not what the whole check is about */
	enum md_way way;

	/* constant, so that two reports compare */
	const char *title;

	const char *fix;
	const char *reference;
};

struct md_excerpt {
	struct md_str text; /* the record as received; p is NULL when there is none */
	size_t offset, len; /* the part meant; len 0 points between two characters */
	bool shown;         /* in presentation form already: a backslash is an escape */
};

/* The record that a finding is about, or the place where one is missing. */
struct md_about {
	const char *name; /* canonical text; NULL: not said */
	uint16_t type;
	const struct md_rr *rr; /* one of several there; or NULL */
};

/* A change of the DNS that a finding asks for: one record goes, one comes, or both. */
struct md_wish {
	struct md_wish *next;
	const char *owner; /* canonical text, without the last dot */
	uint16_t type;
	const char *remove; /* rdata as in a zone file; or NULL */
	const char *add;    /* likewise */
};

struct md_finding {
	struct md_finding *next;
	const struct md_rule *rule;
	/* the rule's, unless the domain's role or the user changed it */
	enum md_verdict severity;
	enum md_way way; /* the rule's or the check's, unless the check said another */
	/* id of the rule of another finding that this one may follow from; NULL for none */
	const char *cause;
	bool adds; /* follows only where that one stands by itself */
	/* that finding, or what it follows from in turn; NULL: it stands by itself */
	const struct md_finding *follows;
	bool ignored;         /* by --ignore: shown with -v only, counts for nothing */
	const char *subject;  /* the name, address or selector it is about; never "" */
	const char *evidence; /* what we saw: one line, never "" */
	/* its share of the plan, zone-file lines joined by \n; "" without one, or a plan */
	const char *record;
	struct md_wish *wishes; /* what it would have changed, in the order of saying */
	const char *ask_of;     /* whose zone has to change, where it is another's; or "" */
	const char *ask;        /* and the zone-file line to ask for; or "" */
	struct md_excerpt excerpt;
	struct md_about about;
};

/* A line worth showing whatever the outcome; several of one label are lines of one text. */
struct md_note {
	struct md_note *next;
	const char *label, *text;
};

struct md_gap {
	struct md_gap *next;
	enum md_gap_kind kind;
	const struct md_rule *rule; /* what explains it, or NULL */
	const char *fact, *why; /* "MX example.com", "no answer from 192.0.2.53 within 5 s" */
	/* of one fact that is unknown: its kind, and whether that is by choice; else NULL */
	const struct md_fact_kind *of;
	bool by_choice;
};

/* Which of a report's facts a check asked for, by their places in it. */
struct md_reads {
	struct md_bits all;
	struct md_bits deciding; /* without those that only add to what it finds */
};

struct md_check;
struct md_plan;
struct md_rr;

struct md_result {
	const struct md_check *check;
	enum md_verdict verdict;
	const char *skipped; /* why it was not run; "" when it was */
	bool tabled;         /* what it finds is told in a table, and is others' effect */
	bool decides;        /* what the report is about hangs on it */
	bool looks;          /* it has no rules: it only looks, and comes to no verdict */
	struct md_finding *findings; /* in the order of rule, then subject */
	struct md_note *notes;
	struct md_main_fact *main; /* what it knows of the main facts; the last told first */
	struct md_gap *gaps;
	struct md_reads reads;
	struct md_shown *shown; /* what it shows besides; the last comes first */
};

/* What the domain is for, as far as its records tell (lib/domain/role.h). */
enum md_role { MD_ROLE_UNKNOWN, MD_ROLE_FULL, MD_ROLE_SENDS_ONLY, MD_ROLE_PARKED };

/* "unknown", "sends-and-receives", "sends-only", "parked": the words of the contract. */
const char *md_role_name(enum md_role);

struct md_providers;

struct md_report {
	const struct md_subject *subject;
	enum md_role role;
	const char *role_why;                 /* evidence in one line */
	const struct md_providers *providers; /* of its mail; NULL of what has no role */
	int64_t now;           /* seconds since 1970: the moment that is judged */
	uint32_t milliseconds; /* how long the run took */
	enum md_verdict verdict;
	bool complete;   /* no inconclusive gap */
	size_t nresults; /* in registry order; skipped ones included */
	struct md_result *results;
	const char *const *resolvers; /* name servers asked; NULL-terminated, none offline */
	size_t nfacts;                /* in the order of their first asking */
	const struct md_fact *const *facts;
	const struct md_fact_kind *const *kinds; /* that there are, in the order to list them */
	const struct md_plan *plan;              /* report/plan.h; NULL when none was made */
};

/*
 * Completes a report whose results are there: puts every finding's severity (md_severity; what
 * follows from another finding is a remark at most),
 * marks the ignored ("RULE" or "RULE@SUBJECT", NULL-terminated, or NULL) and gives the
 * verdicts.  A check with an inconclusive or blinding gap is at least unknown; for the whole
 * only inconclusive gaps count.  A report in which no check could decide anything is unknown,
 * and when no fact at all is known it is not complete either.
 */
void md_report_judge(struct md_report *, const char *const *ignore);

/* The severity of a rule for a domain of this role (severity.c). */
enum md_verdict md_severity(const struct md_rule *, enum md_role);

/* How many findings (not ignored) of exactly this severity. */
size_t md_report_findings(const struct md_report *, enum md_verdict severity);

/* How many facts could not be known, however many checks lack them; limits do not count. */
size_t md_report_unknowns(const struct md_report *);

/* "1 failure, 2 warnings", "no remarks": what follows from another finding does not count, and
 * what a table tells only where nothing else is as bad.
 */
const char *md_report_counts(struct md_arena *, const struct md_report *);

/* The gap about the same fact, for the same reason, in another check; or NULL. */
const struct md_gap *md_gap_alike(const struct md_result *, const struct md_gap *);

/* How many checks (not skipped) have this verdict. */
size_t md_report_checks(const struct md_report *, enum md_verdict);

#endif
