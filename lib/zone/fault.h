/* What is wrong with a zone though it could be read. */
#ifndef MD_ZONE_FAULT_H
#define MD_ZONE_FAULT_H

#include <stdbool.h>

#include "base/place.h"

/* Becomes a finding of the gate. */
struct md_input_fault {
	const char *rule;     /* "zone.txt-unquoted", … (lib/gate/zone_rules.h) */
	const char *name;     /* the record's owner, or the zone */
	const char *evidence; /* one line */
	struct md_place place;
	uint16_t type; /* of the record; 0: it is about none */
};

/* What was passed over, since nobody knows here what it makes of the DNS. */
struct md_not_judged {
	const char *what; /* "cloudflare_email_routing_dns.x", "ALIAS of example.com" */
	const char *why;
	struct md_place place;
	bool harmless; /* it has nothing to do with mail */
};

#endif
