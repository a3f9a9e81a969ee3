/* What every report tells, whatever it is about: the parts of its text, as they follow. */
#ifndef MD_TELL_H
#define MD_TELL_H

#include "ask/check.h"
#include "doc/doc.h"
#include "maildiag.h"
#include "report/report.h"

/* What will happen to mail to and from the domain, and the counts; with the role below it,
 * unless only the verdict is wished (tell_domain.c). */
void md_tell_domain(struct md_doc *, const struct md_report *, const struct md_style *);

/* Did any check look at mail going this way? */
bool md_tell_concerns(const struct md_report *, enum md_way);

/* A line per check: mark, title, and what there is to say in a phrase (tell_checks.c). */
void md_tell_checks(struct md_doc *, const struct md_report *);

/* All findings, worst first, with evidence and fix (tell_findings.c). */
void md_tell_findings(struct md_doc *, const struct md_report *, bool verbose);

/* What could not be known, why, and how to find out (tell_gaps.c). */
void md_tell_gaps(struct md_doc *, const struct md_report *, bool verbose);

/* Records, tables and trees of checks with something to say, or of all (tell_notes.c). */
void md_tell_notes(struct md_doc *, const struct md_report *, bool all);

/* Every question, its answer, and how the answer came about (tell_facts.c). */
void md_tell_facts(struct md_doc *, const struct md_report *);

/* Findings and gaps, and those of the parts that the report has (tell_middle.c). */
void md_tell_middle(struct md_doc *, const struct md_report *,
                    const struct md_report_part *const *parts, bool verbose);

/* Where to read more, if there is anything (tell_middle.c). */
void md_tell_more(struct md_doc *, const struct md_report *);

/* Where to look for what cannot be seen from outside the sending machine (tell_chain.c). */
void md_tell_chain(struct md_doc *);

/* The plan of cure at the end, if there is one (tell_plan.c). */
void md_tell_plan(struct md_doc *, const struct md_report *);

/* "With this: 13 failures -> 2, 1 warning -> 0." */
struct md_plan;
const char *md_plan_gain(struct md_arena *, const struct md_plan *);

/* What to publish, under a heading. */
void md_tell_record(struct md_doc *, const char *lines);

#endif
