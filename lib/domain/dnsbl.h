/* DNS block lists (RFC 5782): which there are, do they work, and what do their answers mean? */
#ifndef MD_DNSBL_H
#define MD_DNSBL_H

#include "ask/ask.h"
#include "base/tsv.h"

enum { MD_DNSBL_IP4 = 1, MD_DNSBL_IP6 = 2, MD_DNSBL_DOMAIN = 4 };

/* A row of the data file "dnsbl" (its head comment explains the fields); views into it. */
struct md_dnsbl {
	struct md_str zone;
	unsigned kinds;              /* what can be asked for */
	struct md_str test_listed;   /* a name in the zone that must be listed; empty: by RFC */
	struct md_str test_unlisted; /* one that must not be */
	struct md_str codes, page;
};

/* The next list; false at the end.  Rows that make no sense are stepped over, and counted. */
bool md_dnsbl_next(struct md_tsv *, struct md_dnsbl *, unsigned *senseless);

/* What an answer says. */
enum md_dnsbl_code {
	MD_DNSBL_OTHER,  /* in 127/8, but no documented meaning */
	MD_DNSBL_NOTE,   /* there is an entry, which is no reproach */
	MD_DNSBL_POLICY, /* a range that should not send mail directly */
	MD_DNSBL_LISTED,
	MD_DNSBL_ERROR,   /* about the asker, not about what was asked for */
	MD_DNSBL_OUTSIDE, /* not in 127/8 (RFC 5782 2.3): no answer of a block list */
};

/* *meaning in the list's own words, empty when it is not documented. */
enum md_dnsbl_code md_dnsbl_code(const struct md_dnsbl *, struct md_addr answer,
                                 struct md_str *meaning);

/* RFC 5782 5: a list must have its test entry, and must not have the other one. */
enum md_dnsbl_health {
	MD_DNSBL_WORKS,
	MD_DNSBL_DEAD,    /* lists nothing, or everything */
	MD_DNSBL_REFUSES, /* answers with an error code */
	MD_DNSBL_STRANGE, /* answers outside 127/8 */
	MD_DNSBL_UNKNOWN, /* no answer (yet) */
};

struct md_dnsbl_test {
	enum md_dnsbl_health health;
	const char *why;              /* "" when it works */
	const struct md_dns *missing; /* the unknown fact; else NULL */
};

/* `kind` is one of the list's. */
struct md_dnsbl_test md_dnsbl_test(struct md_ctx *, const struct md_dnsbl *, unsigned kind);

#endif
