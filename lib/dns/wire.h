/* DNS records from text, and messages to and from the wire: ldns ends here (rr.c, wire.c). */
#ifndef MD_WIRE_H
#define MD_WIRE_H

#include "dns/dns.h"

/*
 * Reads rdata in presentation form, names with or without their final dot, into a record
 * whose owner, type and ttl are given.  Result in mem.  False and *why on an error, and *rr
 * as it was.
 */
bool md_rr_parse(struct md_arena *mem, const char *rdata, struct md_rr *rr, const char **why);

/*
 * The same where names without their final dot are completed with an origin, as in zone files.
 */
bool md_rr_parse_in(struct md_arena *mem, const char *origin, const char *rdata,
                    struct md_rr *rr, const char **why);

/* A DNS message taken apart: the answer section as typed records, in the order received. */
struct md_reply {
	int rcode;
	bool ad, truncated;
	const char *
	        ede; /* extended errors (RFC 8914) in words: "EDE 6 (DNSSEC Bogus): text"; "" */
	size_t n;
	struct md_rr *rr;
};

/* False and *why when it is no well-formed message.  Records beyond a cap make it fail. */
bool md_reply_parse(struct md_arena *mem, const uint8_t *wire, size_t len, struct md_reply *out,
                    const char **why);

/*
 * A query in wire form: id 0, RD unless MD_NO_RD, AD set (RFC 6840 5.7: tell us whether it
 * validated), CD and DO as flags say, EDNS with a 1232 octet buffer when `edns`.  The owner
 * name starts at octet 12.  Returns the length, 0 when the name does not fit.
 */
size_t md_query_write(const struct md_question *, bool edns, uint8_t *wire, size_t room);

#endif
