/* What spam filters reply, read: their rules and points. */
#ifndef REPLIES_H
#define REPLIES_H

#include "base/str.h"

struct md_arena;

struct filter_rule {
	double points;
	const char *name, *text; /* printable and short; text: "" for none */
};

enum { FILTER_RULES = 300 };

struct filter_reply {
	bool spam;
	double score, threshold;
	const char *action;                     /* printable */
	size_t n;                               /* the rest is left out */
	struct filter_rule rules[FILTER_RULES]; /* most points first */
};

/* Both: octets as they came.  False and *why, a clause, when it is no such reply. */

/* The reply of spamd to REPORT. */
bool reply_of_spamd(struct md_arena *, struct md_str, struct filter_reply *, const char **why);

/* The body of rspamd's reply to checkv2. */
bool reply_of_rspamd(struct md_arena *, struct md_str, struct filter_reply *, const char **why);

#endif
