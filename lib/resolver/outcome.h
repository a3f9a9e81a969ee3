/* What became of each attempt, and of the whole question, in words. */
#ifndef MD_OUTCOME_H
#define MD_OUTCOME_H

#include <stddef.h>

struct md_arena;

/* In the order in which they explain best why there is no answer. */
enum md_outcome_kind {
	MD_OUTCOME_RCODE,       /* what: "SERVFAIL", more: extended error */
	MD_OUTCOME_TCP,         /* truncated; what: what TCP did then: "was refused" */
	MD_OUTCOME_REFERRAL,    /* it named other servers and answered nothing */
	MD_OUTCOME_MALFORMED,   /* what: the fault */
	MD_OUTCOME_UNREACHABLE, /* what: the system's reason */
	MD_OUTCOME_SILENCE,     /* nothing came in time */
	MD_OUTCOME_NOTED,       /* what: no failure, or one that another attempt makes good */
};

/* Replies that did not count, while we waited. */
enum md_stray { MD_STRAY_ID, MD_STRAY_QUESTION, MD_STRAY_LATE, MD_STRAY_GARBAGE, MD_STRAYS };

struct md_outcome {
	enum md_outcome_kind kind;
	const char *server;      /* as in struct md_attempt */
	const char *what, *more; /* "" for none */
	unsigned strays[MD_STRAYS];
};

/* What one attempt ended in: "SERVFAIL (EDE 6 …)", "no answer within 2 s". */
const char *md_outcome_text(struct md_arena *, const struct md_outcome *, double seconds);

/*
 * Why a question has no answer, in one sentence: "no answer from 192.0.2.53 and 192.0.2.54
 * within 2 s each (4 tries)".  `seconds` is the time that each attempt had.
 */
const char *md_outcome_explain(struct md_arena *, const struct md_outcome *, size_t n,
                               double seconds);

#endif
