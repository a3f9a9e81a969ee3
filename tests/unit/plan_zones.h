/* Zones made by chance: domains whose records have faults of all kinds, mixed. */
#ifndef PLAN_ZONES_H
#define PLAN_ZONES_H

#include <stdint.h>

#include "base/arena.h"
#include "dns/dns.h"

struct made_record {
	const char *owner;
	uint16_t type;
	const char *rdata; /* as in a zone file */
};

struct made_domain {
	const char *name;
	size_t n;
	struct made_record *records;
	const char *ips[3], *selectors[2]; /* NULL-terminated: how it sends */
	const char *mail_from, *helo;      /* or NULL */
};

/* The same number gives the same domain. */
struct made_domain made_domain(struct md_arena *, uint64_t seed);

/* The world that they share: providers, and nothing else. */
extern const char made_world[];

#endif
