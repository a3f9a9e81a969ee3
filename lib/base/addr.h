/* IP addresses: read, print, compare with networks, turn into reverse names. */
#ifndef MD_ADDR_H
#define MD_ADDR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct md_addr {
	uint8_t family;    /* 4 or 6; 0 is no address */
	uint8_t bytes[16]; /* network order; the first 4 for IPv4 */
};

/* A whole IPv4 address in four decimal parts (no leading zeros) or IPv6 without zone index. */
bool md_addr_parse(struct md_str, struct md_addr *);

/*
 * RFC 5952 text.  md_addr_from_mapped turns ::ffff:192.0.2.1 into 192.0.2.1, and
 * leaves the rest.
 */
const char *md_addr_print(struct md_arena *, struct md_addr);
struct md_addr md_addr_from_mapped(struct md_addr);

bool md_addr_eq(struct md_addr, struct md_addr);
unsigned md_addr_bits(struct md_addr); /* 32 or 128 */

/* Do the first `prefix` bits agree?  False between families. */
bool md_addr_in(struct md_addr, struct md_addr network, unsigned prefix);

/*
 * The name asked for about an address: labels in reverse, then the zone.  NULL stands for
 * in-addr.arpa or ip6.arpa (RFC 1035 3.5, RFC 3596 2.5); a DNSBL gives its own (RFC
 * 5782 2.1, 2.4).
 */
const char *md_addr_reverse(struct md_arena *, struct md_addr, const char *zone);

/*
 * NULL for an address of the public Internet; else what it is instead, as a noun phrase with
 * its RFC: "a private address (RFC 1918)".  Documentation ranges (RFC 5737, RFC 3849) count
 * as public here, so that examples and tests can use them.
 */
const char *md_addr_special(struct md_addr);

#endif
