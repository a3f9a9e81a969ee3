/* What many reports have in common: counted line by line, in memory that does not grow. */
#ifndef MD_SUMMARY_H
#define MD_SUMMARY_H

#include <stdio.h>

#include "summary/ranking.h"
#include "summary/reported.h"

struct md_style;

/* Of domains; one that was examined twice counts twice. */
struct md_summary {
	struct md_arena *mem;
	uint64_t domains, complete;
	uint64_t verdicts[MD_VERDICTS];
	uint64_t messages; /* reports of messages: counted here alone */
	uint64_t bad;      /* lines that are no report */
	/* with a gap that is inconclusive, with one that is a limit */
	uint64_t gapped, limited;
	/* by the severity that a finding has; those that explain gaps are unsure */
	struct md_ranking rules[MD_VERDICTS];
	struct md_ranking tlds;
	/* used for receiving, for sending, or for both: */
	struct md_ranking providers;
	/* by who runs the mail hosts; by whom SPF includes */
	struct md_ranking receiving, sending;
	struct md_ranking reasons, limits; /* of the two kinds of gaps */
	/*
	 * Rows of `providers` for domains that use no known one, and for those of which it is
	 * not known.
	 */
	struct md_row *no_provider, *unknown_provider;
};

void md_summary_init(struct md_summary *, struct md_arena *);

/* Counts a report. */
void md_summary_add(struct md_summary *, const struct md_reported *);

/* The counts for people: of the commonest, of all with -v. */
void md_summary_text(const struct md_summary *, const struct md_style *, FILE *);

/* And for programs: maildiag-summary/1 (docs/FORMATS.md). */
void md_summary_json(const struct md_summary *, FILE *);

#endif
