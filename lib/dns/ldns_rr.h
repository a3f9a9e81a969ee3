/* From ldns' records to ours: for rr.c, wire.c and zone.c, which alone know ldns. */
#ifndef MD_LDNS_RR_H
#define MD_LDNS_RR_H

#include <ldns/ldns.h>

#include "dns/dns.h"

/* A name's canonical text (name.h). */
const char *md_name_from_ldns(struct md_arena *, const ldns_rdf *);

/* All of the record but its line, copied to the arena; false when its rdata is not whole. */
bool md_rr_from_ldns(struct md_arena *, const ldns_rr *, struct md_rr *out);

#endif
