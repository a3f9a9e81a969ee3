/* What a whole zone leaves as it is: dnscontrol's IGNORE(). */
#ifndef MD_PROPOSAL_SPARED_H
#define MD_PROPOSAL_SPARED_H

#include "dns/dns.h"

/* Records of these labels, types and targets stay. */
struct md_spared {
	const char *label;  /* a pattern of labels below the zone; "@" is the zone; "": all */
	const char *types;  /* names with commas; "" and "*": all */
	const char *target; /* a pattern; "": all */
};

/* Could a record stay that answers for the name, which lies in the zone, and the type? */
bool md_spares(const struct md_spared *, size_t n, const char *apex, const char *name,
               uint16_t type);

/* Does this record, which is there now, stay? */
bool md_spares_record(struct md_arena *, const struct md_spared *, size_t n, const char *apex,
                      const struct md_rr *);

/*
 * Patterns as dnscontrol has them: "*" and "?" stand for what has no dot, "**" for anything;
 * sets [a-c] and choices {a,b}.
 */
bool md_glob(const char *pattern, const char *text);

#endif
