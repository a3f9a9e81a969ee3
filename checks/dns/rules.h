/* The rules of the dns check, for the files that it is made of. */
#ifndef MD_CHECKS_DNS_H
#define MD_CHECKS_DNS_H

#include "ask/check.h"

enum {
	DNS_DOMAIN_NXDOMAIN,
	DNS_SERVFAIL,
	DNS_NS_DISAGREE,
	DNS_NS_SINGLE,
	DNS_TXT_NEEDS_TCP,
	DNS_TXT_NON_ASCII,
	DNS_TXT_LITERAL_QUOTES,
	DNS_TXT_LEFTOVER,
	DNS_WILDCARD_TXT,
	DNS_CNAME_COEXIST,
	DNS_CNAME_CIRCLE,
	DNS_RESOLVER_REWRITES,
};

/* servers.c: how many name servers, and do they say the same? */
void md_dns_servers(struct md_ctx *);

/* text.c: what stands in TXT records that no reader of policies can read. */
void md_dns_text(struct md_ctx *);

/* names.c: wildcards and aliases that stand in the way of mail's names. */
void md_dns_wildcard(struct md_ctx *);
void md_dns_aliases(struct md_ctx *);

#endif
