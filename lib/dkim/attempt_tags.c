/* What the tags of a signature forbid, before its key is asked for (RFC 6376 6.1.1). */
#include <string.h>

#include "base/name.h"
#include "dkim/attempt.h"
#include "envelope/envelope.h"
#include "mail/date.h"

static bool
signs_from(const struct md_dkim_signature *s)
{
	for (size_t i = 0; i < s->nh; i++)
		if (md_str_eq_nocase(s->h[i], "From"))
			return true;
	return false;
}

static bool
identity_is_below(const struct md_dkim_signature *s)
{
	const char *at = strrchr(s->identity, '@');

	return s->kind != MD_DKIM_SIGNATURE || at == NULL || md_name_under(at + 1, s->domain);
}

/* "3 days", "2 hours", "5 minutes": the largest unit that fits, rounded down. */
static const char *
span(struct md_arena *mem, int64_t seconds)
{
	static const struct {
		int64_t seconds;
		const char *one, *many;
	} units[] = { { 86400, "day", "days" },
		      { 3600, "hour", "hours" },
		      { 60, "minute", "minutes" } };

	for (size_t i = 0; i < MD_COUNT(units); i++)
		if (seconds >= units[i].seconds)
			return md_plural(mem, (size_t)(seconds / units[i].seconds),
			                 units[i].one, units[i].many);
	return md_plural(mem, (size_t)seconds, "second", "seconds");
}

/* When it expired, the time that counts, and how long between. */
static const char *
expired_text(struct md_ctx *c, int64_t x, int64_t judged_at)
{
	struct md_arena *mem = md_mem(c);
	const char *from;

	md_receipt(c, &from);
	if (strcmp(from, "now") == 0) /* what now is everybody knows: so runs can be compared */
		return md_printf(mem, "it expired (x=) on %s, %s ago", md_date_print(mem, x),
		                 span(mem, judged_at - x));
	return md_printf(mem, "it expired (x=) on %s, %s before %s (%s)", md_date_print(mem, x),
	                 span(mem, judged_at - x), from, md_date_print(mem, judged_at));
}

/* RFC 6376 3.5: x= MUST be greater than t=; a verifier may refuse what has expired. */
static void
judge_expiry(struct md_dkim_attempt *a, int64_t judged_at)
{
	const struct md_dkim_signature *s = a->s;

	if (s->x < 0)
		return;
	if (s->t >= 0 && s->x <= s->t)
		md_dkim_decide(a->v, MD_DKIM_PERMERROR, MD_DKIM_EXPIRED,
		               "the expiration x= is not after the time of signing t=");
	else if (s->x < judged_at)
		md_dkim_decide(a->v, MD_DKIM_PERMERROR, MD_DKIM_EXPIRED,
		               expired_text(a->c, s->x, judged_at));
}

/*
 * RFC 8301 3.1: signatures made with rsa-sha1 "have permanently failed evaluation", so that
 * their result is permerror whatever they hold.
 */
void
md_dkim_judge_tags(struct md_dkim_attempt *a, int64_t judged_at)
{
	const struct md_dkim_signature *s = a->s;

	if (s->algorithm == MD_ALGORITHM_UNKNOWN)
		md_dkim_decide(a->v, MD_DKIM_PERMERROR, MD_DKIM_ALGORITHM,
		               md_printf(md_mem(a->c), "a=%s is no algorithm of DKIM",
		                         md_excerpt(md_mem(a->c), s->a)));
	if (!identity_is_below(s))
		md_dkim_decide(a->v, MD_DKIM_PERMERROR, MD_DKIM_IDENTITY,
		               md_printf(md_mem(a->c), "i=%s is not in the domain d=%s",
		                         s->identity, s->domain));
	if (!signs_from(s))
		md_dkim_decide(a->v, MD_DKIM_PERMERROR, MD_DKIM_FROM_UNSIGNED,
		               "h= lacks From, which must be signed");
	judge_expiry(a, judged_at);
	if (s->algorithm == MD_RSA_SHA1)
		md_dkim_decide(a->v, MD_DKIM_PERMERROR, MD_DKIM_SHA1,
		               "rsa-sha1 must not be accepted any more");
}
