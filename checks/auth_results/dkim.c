/* What a receiver says of a DKIM signature, held against our verdict of the same one. */
#include <string.h>

#include "dkim/receipt.h"
#include "rules.h"

/* Verdicts that the words of two verifiers can be compared in. */
static enum md_results_class
class_of(const struct md_dkim_verdict *v)
{
	return v->result == MD_DKIM_PASS ? MD_RESULTS_PASS
	       : md_dkim_is_open(v)      ? MD_RESULTS_OTHER
	                                 : MD_RESULTS_FAIL;
}

/* Why the receiver may have seen a pass where there is none now. */
static const char *
why_not_any_more(const struct md_dkim_verdict *v)
{
	switch (v->cause) {
	case MD_DKIM_BODY_HASH:
	case MD_DKIM_BODY_SHORTER:
		return "the body was changed after the receipt, or when it was saved";
	case MD_DKIM_HEADER_HASH:
		return v->recovery == MD_RECOVERY_RIGHT_KEY
		               ? "a signed field was changed after the receipt"
		       : v->recovery == MD_RECOVERY_WRONG_KEY
		               ? "the key was replaced since"
		               : "the key was replaced since, or a signed field was changed";
	case MD_DKIM_KEY_MISSING:
	case MD_DKIM_KEY_REVOKED:
		return "the key was taken out of the DNS since, as is usual when keys are rotated";
	case MD_DKIM_EXPIRED:
		return "it has expired since";
	case MD_DKIM_SHA1:
	case MD_DKIM_KEY_SHORT:
		return "the receiver accepts what RFC 8301 forbids";
	default:
		return "the receiver is more lenient, or the key record was changed since";
	}
}

/* And why it may not have seen the pass that there is now. */
static const char *
why_not_then(enum md_results_class theirs)
{
	if (theirs == MD_RESULTS_TEMP)
		return "the DNS did not answer the receiver then";
	if (theirs == MD_RESULTS_NONE)
		return "the receiver did not look at it, or it was added later";
	return "the key was published or mended since, or the message was not yet, or no longer, "
	       "as it is now";
}

static void
differ(struct md_ctx *c, const struct md_authres *a, const struct md_authres_result *r,
       const struct md_dkim_verdict *v)
{
	const bool pass = v->result == MD_DKIM_PASS;
	const struct md_dkim_signature *s = v->signature;

	md_results_differ(
	        c,
	        &(struct md_results_difference){
	                .field = a,
	                .result = r,
	                .subject = md_printf(md_mem(c), "dkim %s %s", s->domain, s->selector),
	                .ours = pass ? md_printf(md_mem(c), "the signature in line %zu passes",
	                                         v->field->line)
	                             : md_printf(md_mem(c), "it is %s (%s)",
	                                         md_dkim_result_name(v->result), v->reason),
	                .because = pass ? why_not_then(md_results_class(r->result))
	                                : why_not_any_more(v),
	                .ours_pass = pass,
	        });
}

/* The receiver found no signature: of those it could see, does one pass? */
static void
compare_none(struct md_ctx *c, const struct md_authres *a, const struct md_authres_result *r)
{
	const struct md_dkim_verdicts *ours = md_results_ours(c)->dkim;
	const struct md_received *edge = md_envelope(c)->edge;

	for (size_t i = 0; i < ours->n; i++)
		if (ours->all[i].result == MD_DKIM_PASS && edge != NULL &&
		    ours->all[i].field > edge->field) {
			differ(c, a, r, &ours->all[i]);
			return;
		}
}

static void
report_gone(struct md_ctx *c, const struct md_authres *a, const struct md_authres_result *r,
            const struct md_dkim_meant *meant)
{
	const char *domain = md_show(md_mem(c), md_str(meant->domain));

	md_results_differ(c,
	                  &(struct md_results_difference){
	                          .field = a,
	                          .result = r,
	                          .subject = md_printf(md_mem(c), "dkim %s", domain),
	                          .ours = md_printf(md_mem(c),
	                                            "no such signature of %s is there", domain),
	                          .because = "it was removed after the receipt",
	                  });
}

void
md_results_compare_dkim(struct md_ctx *c, const struct md_authres *a,
                        const struct md_authres_result *r, bool surely)
{
	const struct md_dkim_verdicts *ours = md_results_ours(c)->dkim;
	const struct md_dkim_verdict *candidate = NULL;
	const struct md_dkim_meant meant = md_dkim_meant_by(md_mem(c), r);
	const enum md_results_class theirs = md_results_class(r->result);

	if (theirs == MD_RESULTS_NONE) {
		compare_none(c, a, r);
		return;
	}
	if (theirs == MD_RESULTS_OTHER || meant.domain == NULL)
		return; /* which signature is meant is not known */
	for (size_t i = 0; i < ours->n; i++) {
		const enum md_results_class class = class_of(&ours->all[i]);

		if (!md_dkim_is_meant(&meant, ours->all[i].signature))
			continue;
		if (class == theirs || class == MD_RESULTS_OTHER)
			return;
		if (theirs == MD_RESULTS_PASS && ours->all[i].held != NULL)
			return; /* the check of the signatures tells it */
		if (candidate == NULL)
			candidate = &ours->all[i];
	}
	/* A temporary error of theirs beside a failure of ours is no contradiction. */
	if (candidate != NULL &&
	    (theirs != MD_RESULTS_TEMP || candidate->result == MD_DKIM_PASS))
		differ(c, a, r, candidate);
	else if (candidate == NULL && ours->nomitted == 0 && surely)
		report_gone(c, a, r, &meant);
}
