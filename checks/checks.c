/* The registry: a line a check, in the order of the report. */
#include <stddef.h>
#include <string.h>

#include "ask/check.h"
#include "gate/zone_rules.h"
#include "maildiag.h"

/*
 * The order is that of a mail's way through the diagnostic chain: does the domain exist and
 * receive, is the sender aligned, is its address allowed, is the signature's key there, does
 * the address have a name; then what protects the transport, and what others think.
 */
#define DOMAIN_CHECKS(CHECK)                                                                   \
	CHECK(md_check_dns)                                                                    \
	CHECK(md_check_mx)                                                                     \
	CHECK(md_check_dmarc)                                                                  \
	CHECK(md_check_alignment)                                                              \
	CHECK(md_check_spf)                                                                    \
	CHECK(md_check_dkim)                                                                   \
	CHECK(md_check_ptr)                                                                    \
	CHECK(md_check_helo)                                                                   \
	CHECK(md_check_mta_sts)                                                                \
	CHECK(md_check_tls_rpt)                                                                \
	CHECK(md_check_bimi)                                                                   \
	CHECK(md_check_dnssec)                                                                 \
	CHECK(md_check_dnsbl)

/* Of a message: who signed it, who sent it, whom it claims to be from; what it is made of. */
#define MESSAGE_CHECKS(CHECK)                                                                  \
	CHECK(md_check_dkim_sig)                                                               \
	CHECK(md_check_arc)                                                                    \
	CHECK(md_check_envelope)                                                               \
	CHECK(md_check_dmarc_msg)                                                              \
	CHECK(md_check_auth_results)                                                           \
	CHECK(md_check_route)                                                                  \
	CHECK(md_check_structure)                                                              \
	CHECK(md_check_profile)                                                                \
	CHECK(md_check_spam)

/* Of a sample message at the gate: its signatures, its sender, and what DMARC makes of it. */
#define GATE_MESSAGE_CHECKS(CHECK)                                                             \
	CHECK(md_check_dkim_sig)                                                               \
	CHECK(md_check_envelope)                                                               \
	CHECK(md_check_dmarc_msg)

/* The gate's rules, which are found by comparing two reports. */
#define GATE_CHECKS(CHECK) CHECK(md_check_zone)

/* The page of `maildiag spf`. */
#define SPF_CHECKS(CHECK) CHECK(md_check_spf_shown)

#define DECLARE(check) extern const struct md_check check;
DOMAIN_CHECKS(DECLARE)
MESSAGE_CHECKS(DECLARE)
SPF_CHECKS(DECLARE)

#define ENTRY(check) &(check),
static const struct md_check *const domain[] = { DOMAIN_CHECKS(ENTRY) NULL };
static const struct md_check *const gate[] = { DOMAIN_CHECKS(ENTRY) GATE_CHECKS(ENTRY) NULL };
static const struct md_check *const gate_message[] = { GATE_MESSAGE_CHECKS(ENTRY) NULL };
static const struct md_check *const message[] = { MESSAGE_CHECKS(ENTRY) NULL };
static const struct md_check *const spf[] = { SPF_CHECKS(ENTRY) NULL };
static const struct md_check *const all[] = {
	DOMAIN_CHECKS(ENTRY) MESSAGE_CHECKS(ENTRY) GATE_CHECKS(ENTRY) NULL,
};

const struct md_check *const *
md_checks(void)
{
	return domain;
}

const struct md_check *const *
md_checks_gate(void)
{
	return gate;
}

const struct md_check *const *
md_checks_gate_message(void)
{
	return gate_message;
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
