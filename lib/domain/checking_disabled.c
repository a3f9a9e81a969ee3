/* Asks again with checking disabled. */
#include <string.h>

#include "domain/checking_disabled.h"

static bool
is_servfail(const struct md_dns *d)
{
	return d->fact.state == MD_UNKNOWN && strstr(d->fact.why, "SERVFAIL") != NULL;
}

const struct md_dns *
md_held_back(struct md_ctx *c, const struct md_dns *d)
{
	struct md_question q = d->question;
	const struct md_dns *unchecked;

	if (!is_servfail(d))
		return NULL;
	q.flags |= MD_CD;
	unchecked = md_dns_ask(c, &q);
	if (unchecked->fact.state == MD_PRESENT || unchecked->fact.state == MD_ABSENT)
		return unchecked;
	return NULL;
}
