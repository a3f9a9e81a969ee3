/* DMARC of one message (RFC 9989 5.3), and beside it what a receiver of RFC 7489 concludes. */
#ifndef MD_DMARC_MESSAGE_H
#define MD_DMARC_MESSAGE_H

#include "dkim/dkim.h"
#include "dmarc/alignment.h"
#include "dmarc/dmarc.h"
#include "dmarc/opinion.h"

enum md_dmarc_result {
	MD_DMARC_RESULT_NONE, /* no policy applies */
	MD_DMARC_RESULT_PASS,
	MD_DMARC_RESULT_FAIL,
	MD_DMARC_RESULT_TEMPERROR,
	MD_DMARC_RESULT_PERMERROR, /* no single author domain */
	MD_DMARC_RESULT_UNKNOWN,   /* it hangs on what the saved message does not tell */
};
const char *md_dmarc_result_name(enum md_dmarc_result);

/* An identifier that may speak for the author domain. */
struct md_dmarc_identifier {
	const struct md_dkim_verdict *dkim; /* NULL: this is SPF's */
	const char *domain;                 /* canonical text; "" when not known */
	const char *result;                 /* "pass", "fail", … of SPF or DKIM; "unknown" */
	bool pass;
	bool unknown; /* it may pass: a lookup failed, or the message does not tell */
	/*
	 * with the strictness of the record that applies; by_list with that of the one RFC
	 * 7489 finds
	 */
	struct md_alignment alignment;
};

struct md_dmarc_message {
	const char *author; /* domain; NULL when there is no single one */
	enum md_dmarc_result result, result_7489;
	const char *why; /* one line without its full stop: what decided */
	size_t n;
	const struct md_dmarc_identifier *identifiers; /* SPF's first, then the signatures' */
	bool by_spf, by_dkim;                          /* an aligned pass of each */
	const struct md_dmarc_discovery *found, *found_7489; /* NULL without author */
	const char *disposition, *disposition_7489; /* what receivers will do: one line each */
	const struct md_dmarc_opinion *opinion;     /* libopendmarc's; NULL: nothing to ask */
};

/* Derived. */
const struct md_dmarc_message *md_dmarc_message(struct md_ctx *);

/* The part of a report that has it. */
struct md_report_part;
extern const struct md_report_part md_part_dmarc;

#endif
