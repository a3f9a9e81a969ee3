/* What a spam filter says of the message: a second opinion like any other. */
#ifndef MD_SPAM_H
#define MD_SPAM_H

#include "ask/ask.h"

struct md_spam_rule {
	const char *name, *text; /* text: "" when the filter has none */
	double points;
};

struct md_spam {
	const char *engine; /* "SpamAssassin", "rspamd" */
	const char *server;
	bool known;
	double score, threshold;
	const char *action; /* what the filter would do: "reject", "ham"; "" */
	size_t n;
	const struct md_spam_rule *rules; /* most points first */
};

struct md_spams {
	size_t n;
	const struct md_spam *all;
};

/* Derived.  None unless the user named a filter; one that does not answer is a gap. */
const struct md_spams *md_spams(struct md_ctx *);

/* The part of a report that has it. */
struct md_report_part;
extern const struct md_report_part md_part_spams;

#endif
