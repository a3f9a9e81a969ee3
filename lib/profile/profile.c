/* Gathers the verdicts on a message, and holds them against what each provider asks. */
#include "profile/profile.h"

#include <string.h>

#include "profile/judge.h"

static const void *
gather(struct md_ctx *c, const char *arg)
{
	struct md_profile_facts *f = md_alloc(md_mem(c), sizeof(*f));

	(void)arg;
	f->message = md_subject(c)->message;
	f->envelope = md_envelope(c);
	f->spf = md_envelope_spf(c);
	f->dkim = md_dkim_verify(c);
	f->dmarc = md_dmarc_message(c);
	if (f->envelope->has_ip)
		f->iprev = md_iprev(c, f->envelope->ip);
	return f;
}

/*
 * The checks of SPF, DKIM and DMARC record the gaps of their facts; only the gap of the PTR is
 * recorded here.  In bulk the judging waits until all facts are there: every attempt costs
 * time.
 */
static const void *
derive(struct md_ctx *c, const char *arg)
{
	static const struct md_profiles none = { .bulk_sign = "" };
	const struct md_profile_facts *f = md_derive_aside(c, gather, "");

	(void)arg;
	if (f->envelope->has_ip && f->iprev.result == MD_IPREV_UNKNOWN)
		md_known_aside(c, &f->iprev.missing->fact);
	if (md_waiting(c) && !md_eager(c))
		return &none;
	return md_profiles_judge(c, f, md_datafile_read(c, "profiles", md_profile_lines_read));
}

const struct md_profiles *
md_profiles(struct md_ctx *c)
{
	return md_derive(c, derive, "");
}
