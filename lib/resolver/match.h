/* Is a datagram the reply to this query?  And the letter case that makes it hard to forge. */
#ifndef MD_MATCH_H
#define MD_MATCH_H

#include <stddef.h>
#include <stdint.h>

struct md_random;

enum { MD_HEADER_LEN = 12 }; /* RFC 1035 4.1.1 */

enum md_match {
	MD_MATCH,                /* same id, same question to the letter */
	MD_MATCH_OTHER_CASE,     /* same but for the case of letters */
	MD_MATCH_NO_QUESTION,    /* same id, and no question section at all */
	MD_MATCH_OTHER_ID,       /* our question, another id */
	MD_MATCH_OTHER_QUESTION, /* our id, another question */
	MD_MATCH_NOTHING,        /* a reply, but to something else */
	MD_MATCH_GARBAGE,        /* no reply at all */
};

/* Compares a received message with the query that was sent (whole, well-formed). */
enum md_match md_match(const uint8_t *query, const uint8_t *reply, size_t len);

/* The query's id (RFC 1035 4.1.1), of any message of at least two octets. */
uint16_t md_match_id(const uint8_t *message);

/* Gives every letter of the name asked for a random case (draft-vixie-dnsext-dns0x20). */
void md_match_mix_case(uint8_t *query, struct md_random *);

#endif
