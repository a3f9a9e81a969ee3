/* What a receiver says of SPF and DMARC, held against what we find. */
#include <string.h>

#include "base/name.h"
#include "rules.h"

/* The domain of "a@example.com", "@example.com" or "example.com"; "" for the null path. */
static const char *
domain_of(struct md_arena *mem, const char *value)
{
	const char *at = strrchr(value, '@');
	const struct md_str domain = md_str_trim(md_str(at != NULL ? at + 1 : value), "<> ");

	return domain.len > 0 ? md_name_normal(mem, domain) : "";
}

/* Does the receiver speak of this name, or of none? */
static bool
is_about(struct md_ctx *c, const char *value, const char *domain)
{
	const char *theirs = value != NULL ? domain_of(md_mem(c), value) : "";

	return theirs[0] == '\0' || strcmp(theirs, domain) == 0;
}

/* ---- SPF ---- */

static const char *
spf_identity(const struct md_authres_result *r)
{
	static const char *const names[] = { "mailfrom", "mfrom", "helo" };
	const char *value = NULL;

	for (size_t i = 0; value == NULL && i < MD_COUNT(names); i++)
		value = md_authres_value(r, "smtp", names[i]);
	return value;
}

static void
compare_spf(struct md_ctx *c, const struct md_authres *a, const struct md_authres_result *r)
{
	const struct md_spf_verdict *v = md_results_ours(c)->spf->verdict;
	const char *theirs = strcmp(r->result, "hardfail") == 0 ? "fail" : r->result;
	const char *ours = v != NULL ? md_spf_result_name(v->result) : "";

	if (v == NULL || v->result == MD_SPF_RESULT_TEMPERROR || strcmp(theirs, ours) == 0 ||
	    md_results_class(theirs) == MD_RESULTS_OTHER)
		return;
	if (!is_about(c, spf_identity(r), v->domain)) {
		md_note(c, "results", "%s of another identity than the one evaluated here, %s",
		        md_results_says(c, a, r), v->domain);
		return;
	}
	md_results_differ(
	        c,
	        &(struct md_results_difference){
	                .field = a,
	                .result = r,
	                .subject = "spf",
	                .ours = md_printf(md_mem(c), "it is %s for %s and %s", ours, v->domain,
	                                  md_addr_print(md_mem(c), md_envelope(c)->ip)),
	                .because =
	                        md_results_class(theirs) == MD_RESULTS_TEMP
	                                ? "the DNS did not answer the receiver then"
	                                : "the record was changed since, or the receiver saw "
	                                  "another address or sender than the header tells "
	                                  "(--ip, --mail-from)",
	                .ours_pass = v->result == MD_SPF_RESULT_PASS,
	        });
}

/* ---- DMARC ---- */

static enum md_results_class
dmarc_class(enum md_dmarc_result result)
{
	switch (result) {
	case MD_DMARC_RESULT_PASS:
		return MD_RESULTS_PASS;
	case MD_DMARC_RESULT_FAIL:
		return MD_RESULTS_FAIL;
	case MD_DMARC_RESULT_NONE:
		return MD_RESULTS_NONE;
	default:
		return MD_RESULTS_OTHER;
	}
}

static const char *
why_dmarc(enum md_results_class theirs, const struct md_dmarc_message *m)
{
	if (theirs == dmarc_class(m->result_7489))
		return "the receiver judges by RFC 7489, and this is by RFC 9989";
	if (theirs == MD_RESULTS_TEMP)
		return "the DNS did not answer the receiver then";
	if (theirs == MD_RESULTS_NONE || m->result == MD_DMARC_RESULT_NONE)
		return "the DMARC record was published, removed or changed since";
	return "it hangs on SPF and DKIM as the receiver saw them, or a record was changed since";
}

static void
compare_dmarc(struct md_ctx *c, const struct md_authres *a, const struct md_authres_result *r)
{
	const struct md_dmarc_message *m = md_results_ours(c)->dmarc;
	const enum md_results_class theirs = md_results_class(r->result);
	const enum md_results_class ours = dmarc_class(m->result);

	if (m->author == NULL || ours == MD_RESULTS_OTHER || theirs == MD_RESULTS_OTHER ||
	    theirs == ours)
		return;
	if (!is_about(c, md_authres_value(r, "header", "from"), m->author))
		return;
	md_results_differ(c, &(struct md_results_difference){
	                             .field = a,
	                             .result = r,
	                             .subject = "dmarc",
	                             .ours = md_printf(md_mem(c), "it is %s",
	                                               md_dmarc_result_name(m->result)),
	                             .because = why_dmarc(theirs, m),
	                             .ours_pass = ours == MD_RESULTS_PASS,
	                     });
}

void
md_results_compare(struct md_ctx *c, const struct md_authres *a, bool surely)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct md_authres_result *r = &a->results[i];

		if (strcmp(r->method, "spf") == 0)
			compare_spf(c, a, r);
		else if (strcmp(r->method, "dkim") == 0)
			md_results_compare_dkim(c, a, r, surely);
		else if (strcmp(r->method, "dmarc") == 0)
			compare_dmarc(c, a, r);
	}
}
