/* The renderers of notices, and what they have in common. */
#ifndef MD_ROWS_RENDER_H
#define MD_ROWS_RENDER_H

#include "base/sha256.h"
#include "rows/notices.h"

void md_render_markdown(const struct md_notices *, FILE *);
void md_render_github(const struct md_notices *, FILE *);
void md_render_junit(const struct md_notices *, FILE *);
void md_render_sarif(const struct md_notices *, FILE *);
void md_render_gitlab(const struct md_notices *, FILE *);
void md_render_tap(const struct md_notices *, FILE *);

/* "Title: what it is about: evidence", one line, not escaped for anything yet. */
const char *md_notice_text(struct md_arena *, const struct md_notice *);

/*
 * The findings and gaps, *n of them: those that count first, then by severity; a fact that a
 * subject lacks is there once.  `open`: without what is fixed or waived; else these are last.
 */
const struct md_notice *const *md_notices_told(const struct md_notices *, bool open, size_t *n);

/* The rule of a row; of a gap that no rule explains "maildiag.unknown". */
const char *md_notice_rule(const struct md_notice *);
const char *md_notice_title(const struct md_notice *);

/* The same finding in another run has the same, and no other in this run has it. */
const char *md_notice_fingerprint(struct md_arena *, const struct md_notice *);

/*
 * A path as a URI reference (RFC 3986 4.2), an absolute one as a file URI (RFC 8089): octets
 * that cannot stand in it as %XX.
 */
const char *md_uri_path(struct md_arena *, const char *path);

/* The whole in a sentence. */
const char *md_notices_headline(const struct md_notices *);

/* Does a severity count at this word of --fail-on? */
bool md_notice_counts(enum md_verdict, const char *fail_on);

#endif
