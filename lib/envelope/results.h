/* Who wrote an Authentication-Results field: the receiver, or anybody upstream? */
#ifndef MD_ENVELOPE_RESULTS_H
#define MD_ENVELOPE_RESULTS_H

#include "envelope/envelope.h"
#include "mail/authres.h"

enum md_results_trust {
	MD_RESULTS_TRUSTED, /* the receiver's name, above the Received of its edge */
	/*
	 * The receiver's name, right below the Received of its edge: where milters (of Postfix,
	 * Sendmail) and mox write.  A forged field may stand there, too, unless the receiver
	 * deletes such fields.
	 */
	MD_RESULTS_LIKELY,
	MD_RESULTS_NAMELESS, /* above it, but under another name: nobody can tell whose */
	MD_RESULTS_UPSTREAM, /* below it, or there is no edge */
	MD_RESULTS_FORGED,   /* the receiver's name, among the fields that the sender wrote */
};

/* RFC 8601 5 and 7.1; *why: a clause on where the field stands. */
enum md_results_trust md_results_trust(struct md_ctx *, const struct md_authres *,
                                       const char **why);

#endif
