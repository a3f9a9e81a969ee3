/* The parts of the text report, in the order in which they stand on the page. */
#ifndef MD_TEXT_H
#define MD_TEXT_H

#include "ask/check.h"
#include "doc/page.h"
#include "maildiag.h"
#include "report/report.h"
#include "spf/view.h"

/* What will happen to mail to and from the domain, and the counts (text_verdict.c). */
void md_text_verdict(const struct md_page *, const struct md_report *, const struct md_style *);

/* Did any check look at mail going this way? */
bool md_text_concerns(const struct md_report *, enum md_way);

/* A line per check: mark, title, and what there is to say in a phrase (text_checks.c). */
void md_text_checks(const struct md_page *, const struct md_report *);

/* All findings, worst first, with evidence and fix (text_problems.c). */
void md_text_problems(const struct md_page *, const struct md_report *,
                      const struct md_style *);

/* What could not be known, why, and how to find out (text_gaps.c). */
void md_text_gaps(const struct md_page *, const struct md_report *, const struct md_style *);

/* How many facts could not be known, however many checks lack them; limits do not count. */
size_t md_text_unknowns(const struct md_report *);

/* Records, tables and trees of checks with something to say (text_notes.c). */
void md_text_notes(const struct md_page *, const struct md_report *, const struct md_style *);

/* `maildiag spf`: a sentence for each address, or what the record costs (text_spf.c). */
void md_text_spf(const struct md_page *, const struct md_report *, const struct md_style *);

/* How an evaluation went, step by step (text_spf_trace.c). */
void md_text_spf_trace(const struct md_page *, const struct md_spf_view *,
                       const struct md_spf_asked *);

/* Every question, its answer, and how the answer came about (text_facts.c). */
void md_text_facts(const struct md_page *, const struct md_report *);

/* "FAIL", "warn", ..., a mark of one column, and the ink of both. */
const char *md_text_word(enum md_verdict);
const char *md_text_mark(const struct md_page *, enum md_verdict);
enum md_ink md_text_ink(enum md_verdict);
enum md_ink md_text_spf_ink(enum md_spf_result);

/* "1 failure, 2 warnings", "no remarks". */
const char *md_text_counts(struct md_arena *, const struct md_report *);

/* "3 failures", "1 failure". */
const char *md_text_count(struct md_arena *, size_t n, const char *one, const char *many);

#endif
