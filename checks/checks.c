/* The registry: one line per check, in the order of the report. */
#include <stddef.h>
#include <string.h>

#include "ask/check.h"
#include "gate/zone_rules.h"
#include "maildiag.h"

extern const struct md_check md_check_alignment, md_check_bimi, md_check_dkim, md_check_dmarc,
        md_check_dns, md_check_dnsbl, md_check_dnssec, md_check_helo, md_check_mta_sts,
        md_check_mx, md_check_ptr, md_check_spf, md_check_spf_shown, md_check_structure,
        md_check_tls_rpt;
extern const struct md_check md_check_arc, md_check_envelope, md_check_route;
extern const struct md_check md_check_dkim_sig;
extern const struct md_check md_check_dmarc_msg, md_check_profile;
extern const struct md_check md_check_spam;
extern const struct md_check md_check_auth_results;

/*
 * The order is that of a mail's way through the diagnostic chain: does the domain exist and
 * receive, is the sender aligned, is its address allowed, is the signature's key there, does
 * the address have a name; then what protects the transport, and what others think.
 */
#define DOMAIN_CHECKS                                                                          \
	&md_check_dns, &md_check_mx, &md_check_dmarc, &md_check_alignment, &md_check_spf,      \
	        &md_check_dkim, &md_check_ptr, &md_check_helo, &md_check_mta_sts,              \
	        &md_check_tls_rpt, &md_check_bimi, &md_check_dnssec, &md_check_dnsbl

/* Of a message: who signed it, who sent it, whom it claims to be from; what it is made of. */
#define MESSAGE_CHECKS                                                                         \
	&md_check_dkim_sig, &md_check_arc, &md_check_envelope, &md_check_dmarc_msg,            \
	        &md_check_auth_results, &md_check_route, &md_check_structure,                  \
	        &md_check_profile, &md_check_spam

static const struct md_check *const domain[] = { DOMAIN_CHECKS, NULL };
static const struct md_check *const message[] = { MESSAGE_CHECKS, NULL };
static const struct md_check *const all[] = { DOMAIN_CHECKS, MESSAGE_CHECKS, &md_check_zone,
	                                      NULL };

const struct md_check *const *
md_checks(void)
{
	return domain;
}

const struct md_check *const *
md_checks_gate(void)
{
	static const struct md_check *const gate[] = { DOMAIN_CHECKS, &md_check_zone, NULL };

	return gate;
}

const struct md_check *const *
md_checks_all(void)
{
	return all;
}

const struct md_check *const *
md_checks_message(void)
{
	return message;
}

const struct md_check *const *
md_checks_spf(void)
{
	static const struct md_check *const spf[] = { &md_check_spf_shown, NULL };

	return spf;
}

const struct md_check *
md_check_find(const char *name)
{
	for (const struct md_check *const *check = all; *check != NULL; check++)
		if (strcmp((*check)->name, name) == 0)
			return *check;
	return NULL;
}
