/* What a summary counts of a report: one line of `maildiag check --format jsonl`. */
#ifndef MD_REPORTED_H
#define MD_REPORTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "report/report.h"

struct md_arena;

/* A finding that was not ignored, or a rule that explains a gap (then it is unsure). */
struct md_reported_rule {
	const char *rule, *title;
	enum md_verdict severity;
};

struct md_reported_gap {
	const char *reason; /* md_reason */
	bool limit;
};

/* Things may be there more than once: as often as the line has them. */
struct md_reported {
	struct md_arena *mem; /* of all that is here */
	bool message;         /* of a message, and then there is nothing else here */
	const char *domain;
	enum md_verdict verdict;
	bool complete;
	size_t nrules, ngaps;
	struct md_reported_rule *rules;
	struct md_reported_gap *gaps;
	/* Who runs its mail hosts, whom its SPF record includes; null or missing: not known. */
	size_t nmx, nspf;
	const char **mx, **spf;
	bool providers_known;
};

/* Reads a report; all in mem.  False and *why, a phrase, when the text is none. */
bool md_reported_read(struct md_arena *mem, struct md_str text, struct md_reported *,
                      const char **why);

#endif
