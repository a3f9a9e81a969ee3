/* What the dnsbl check asks block lists about. */
#ifndef MD_CHECKS_DNSBL_H
#define MD_CHECKS_DNSBL_H

#include "ask/check.h"
#include "domain/dnsbl.h"

struct md_dnsbl_about {
	unsigned kind;       /* MD_DNSBL_IP4, … */
	struct md_addr addr; /* unless it is a domain */
	const char *text;    /* the address or domain */
	bool sends;          /* an address that is known to send */
	const char *remark;  /* where it is from: "--ip" */
};

struct md_dnsbl_abouts {
	size_t n;
	struct md_dnsbl_about *all;
};

/* The sending addresses, else the MX hosts', and the subject's domains; and notes them. */
struct md_dnsbl_abouts md_dnsbl_abouts(struct md_ctx *);

/* What the list's zone has of this type (A or TXT) for it. */
const struct md_dns *md_dnsbl_ask(struct md_ctx *, const char *zone,
                                  const struct md_dnsbl_about *, uint16_t type);

#endif
