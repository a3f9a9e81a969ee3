/* What the files of the auth-results check share: its rules, and how results compare. */
#ifndef MD_CHECKS_AUTH_RESULTS_H
#define MD_CHECKS_AUTH_RESULTS_H

#include "ask/check.h"
#include "dkim/dkim.h"
#include "dmarc/message.h"
#include "envelope/results.h"
#include "mail/authres.h"

enum {
	RESULTS_DIFFER,
	RESULTS_WORSE,
	RESULTS_FORGED,
	RESULTS_UNTRUSTED,
};

/* Our own verdicts; the checks that are about them record their gaps. */
struct md_results_ours {
	const struct md_envelope_spf *spf;
	const struct md_dkim_verdicts *dkim;
	const struct md_dmarc_message *dmarc;
};
const struct md_results_ours *md_results_ours(struct md_ctx *);

/* What a result comes to. */
enum md_results_class {
	MD_RESULTS_PASS,
	MD_RESULTS_FAIL, /* judged, and no pass */
	MD_RESULTS_NONE, /* there was nothing to judge */
	MD_RESULTS_TEMP,
	MD_RESULTS_OTHER, /* a word that is not known */
};
enum md_results_class md_results_class(const char *result);

/* "mx.example.org (line 3) says dkim=fail (reason)", to begin evidence with. */
const char *md_results_says(struct md_ctx *, const struct md_authres *,
                            const struct md_authres_result *);

/* Makes the finding that a result differs from ours, and says what may explain it. */
struct md_results_difference {
	const struct md_authres *field;
	const struct md_authres_result *result;
	const char *subject, *ours, *because;
	bool ours_pass;
};
void md_results_differ(struct md_ctx *, const struct md_results_difference *);

/*
 * The results of a field against our own verdicts; they ask for what they need.  `surely`: it
 * is the receiver's, so that a signature that it names was there.
 */
void md_results_compare(struct md_ctx *, const struct md_authres *, bool surely);
void md_results_compare_dkim(struct md_ctx *, const struct md_authres *,
                             const struct md_authres_result *, bool surely);

/* What spam filters and providers left in the header, as notes. */
void md_results_filters(struct md_ctx *);

#endif
