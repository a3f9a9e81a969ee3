/* DMARC's conclusion from what is known of a message's author and identifiers. */
#ifndef MD_DMARC_MESSAGE_JUDGE_H
#define MD_DMARC_MESSAGE_JUDGE_H

#include "dmarc/message.h"

/* What md_dmarc_message collects; a test may make it up. */
struct md_dmarc_evidence {
	const char *author;                        /* canonical text, or NULL: */
	const char *no_author;                     /* why there is no single one, a clause */
	const char *spf_domain;                    /* that SPF would vouch for; "" not known */
	const char *spf_result;                    /* "pass", …, or "unknown" */
	bool spf_pass, spf_unknown, spf_temporary; /* temporary: a lookup failed */
	const char *spf_why;                       /* of an unknown one: a clause */
	const struct md_dkim_verdicts *dkim;
};

/*
 * In memory of the context.  Counts when md_waiting() is false; records a gap only where the
 * result is MD_DMARC_RESULT_TEMPERROR for a record that could not be asked for.
 */
struct md_dmarc_message *md_dmarc_judge(struct md_ctx *, const struct md_dmarc_evidence *);

#endif
