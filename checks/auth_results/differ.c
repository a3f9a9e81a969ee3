/* Our verdicts beside a receiver's: what both come to, and the finding where they differ. */
#include <string.h>

#include "base/arena.h"
#include "rules.h"

static const void *
gather(struct md_ctx *c, const char *arg)
{
	struct md_results_ours *ours = md_alloc(md_mem(c), sizeof(*ours));

	(void)arg;
	*ours = (struct md_results_ours){ md_envelope_spf(c), md_dkim_verify(c),
		                          md_dmarc_message(c) };
	return ours;
}

const struct md_results_ours *
md_results_ours(struct md_ctx *c)
{
	return md_derive_aside(c, gather, "");
}

enum md_results_class
md_results_class(const char *result)
{
	static const struct {
		const char *word;
		enum md_results_class class;
	} words[] = {
		{ "pass", MD_RESULTS_PASS },
		{ "success", MD_RESULTS_PASS }, /* Yahoo */
		{ "fail", MD_RESULTS_FAIL },
		{ "hardfail", MD_RESULTS_FAIL },
		{ "softfail", MD_RESULTS_FAIL },
		{ "neutral", MD_RESULTS_FAIL },
		{ "permerror", MD_RESULTS_FAIL },
		{ "none", MD_RESULTS_NONE },
		{ "bestguesspass", MD_RESULTS_NONE }, /* Microsoft: no record, but it might pass
		                                       */
		{ "temperror", MD_RESULTS_TEMP },
		{ "error", MD_RESULTS_TEMP },
	};

	for (size_t i = 0; i < MD_COUNT(words); i++)
		if (strcmp(result, words[i].word) == 0)
			return words[i].class;
	return MD_RESULTS_OTHER;
}

const char *
md_results_says(struct md_ctx *c, const struct md_authres *a,
                const struct md_authres_result *result)
{
	struct md_arena *mem = md_mem(c);
	const bool reason = result->reason[0] != '\0';

	return md_printf(mem, "%s (line %zu) says %s=%s%s%s",
	                 a->authserv_id[0] != '\0' ? md_show(mem, md_str(a->authserv_id))
	                                           : "the receiver",
	                 a->field->line, md_show(mem, md_str(result->method)),
	                 md_show(mem, md_str(result->result)), reason ? " " : "",
	                 reason ? md_excerpt(mem, md_str(result->reason)) : "");
}

void
md_results_differ(struct md_ctx *c, const struct md_results_difference *d)
{
	md_found(c, d->ours_pass ? RESULTS_WORSE : RESULTS_DIFFER, d->subject,
	         "%s; here %s: %s", md_results_says(c, d->field, d->result), d->ours,
	         d->because);
}
