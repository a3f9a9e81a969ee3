/* The renderers of outcomes, and what they have in common. */
#ifndef MD_OUTCOMES_RENDER_H
#define MD_OUTCOMES_RENDER_H

#include "base/sha256.h"
#include "report/outcomes.h"

void md_render_markdown(const struct md_outcomes *, FILE *);
void md_render_github(const struct md_outcomes *, FILE *);
void md_render_junit(const struct md_outcomes *, FILE *);
void md_render_sarif(const struct md_outcomes *, FILE *);
void md_render_gitlab(const struct md_outcomes *, FILE *);
void md_render_tap(const struct md_outcomes *, FILE *);

/* "Title: what it is about: evidence", one line, not escaped for anything yet. */
const char *md_outcome_text(struct md_arena *, const struct md_outcome *);

/* The same finding in another run has the same: of rule, report and subject. */
const char *md_outcome_fingerprint(struct md_arena *, const struct md_outcome *);

/* Does a severity count at this word of --fail-on? */
bool md_outcome_counts(enum md_verdict, const char *fail_on);

#endif
