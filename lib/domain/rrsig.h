/* How long do the DNSSEC signatures of an answer still hold? */
#ifndef MD_RRSIG_H
#define MD_RRSIG_H

#include "dns/dns.h"

/*
 * Seconds from now to a time of RRSIG, negative when it is past.  RRSIG's times are modulo
 * 2^32 and compared by serial arithmetic: they mean the moment within 68 years of now (RFC
 * 4034 3.1.5).
 */
int64_t md_rrsig_left(uint32_t time, int64_t now);

/*
 * The signature over the records of an answer (asked for with MD_DO) that holds longest: one
 * good one is enough for a validator.  NULL when there is none.
 */
const struct md_rr *md_rrsig_last(const struct md_dns *, int64_t now);

/*
 * Was re-signing missed?  Less than three days are left, and less than a quarter of the
 * signature's life: signers that sign anew for every answer give it two days from the start.
 */
bool md_rrsig_overdue(const struct md_rr *rrsig, int64_t now);

/* The name of an algorithm (of keys, of DS digests) that must not sign any more; else NULL.
 * RFC 8624 sections 3.1 and 3.3, RFC 9905, RFC 9906. */
const char *md_rrsig_weak(uint8_t algorithm);
const char *md_rrsig_weak_digest(uint8_t type);

#endif
