/* SPF of a message's envelope: what its receiver could find out, by the records of today. */
#include "envelope/forward.h"

#include <string.h>

/* Why there is nothing to evaluate; "" when there is. */
static const char *
cannot(struct md_arena *mem, const struct md_envelope *e)
{
	const char *special = e->has_ip ? md_addr_special(e->ip) : NULL;

	if (!e->has_ip)
		return md_printf(mem, "the client's address is not known (--ip tells it): %s",
		                 e->edge == NULL ? e->edge_why
		                                 : "the Received field of the trusted edge "
		                                   "has none");
	if (special != NULL && strcmp(e->ip_from, "--ip") != 0)
		return md_printf(mem, "the client's address %s is %s",
		                 md_addr_print(mem, e->ip), special);
	if (!e->mail_from.given)
		return "the reverse-path (MAIL FROM) is not known (--mail-from tells it)";
	if (e->mail_from.null && e->helo[0] == '\0')
		return "the reverse-path is null, and the HELO name is not known (--helo tells "
		       "it)";
	return "";
}

static const struct md_spf_opinion *
second_opinion(struct md_ctx *c, const struct md_spf_query *query,
               const struct md_spf_verdict *verdict)
{
	const struct md_spf_limits usual = { 10, 2, 10, 10 }; /* RFC 7208 4.6.4 */
	const struct md_spf_opinion *opinion;

	if (memcmp(&md_subject(c)->spf_limits, &usual, sizeof(usual)) != 0)
		return NULL;
	opinion = md_spf_opinion(c, query, verdict);
	if (!opinion->fact->fact.by_choice)
		md_known(c, &opinion->fact->fact);
	return opinion;
}

static const void *
derive_spf(struct md_ctx *c, const char *arg)
{
	const struct md_envelope *e = md_envelope(c);
	struct md_envelope_spf *spf = md_alloc(md_mem(c), sizeof(*spf));
	const struct md_spf_query query = {
		.ip = e->ip,
		.mail_from = e->mail_from,
		.helo = e->helo,
	};

	(void)arg;
	spf->why = cannot(md_mem(c), e);
	if (spf->why[0] != '\0')
		return spf;
	spf->verdict = md_spf_check_host(c, &query);
	if (spf->verdict->result == MD_SPF_RESULT_TEMPERROR)
		md_known(c, &spf->verdict->unknown->fact);
	spf->opinion = second_opinion(c, &query, spf->verdict);
	spf->forwarding = md_forwarding_find(c, e, spf->verdict);
	return spf;
}

const struct md_envelope_spf *
md_envelope_spf(struct md_ctx *c)
{
	return md_derive(c, derive_spf, "");
}

const struct md_envelope_spf *
md_envelope_spf_aside(struct md_ctx *c)
{
	return md_derive_aside(c, derive_spf, "");
}
