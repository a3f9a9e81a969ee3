/* Base64 as mail uses it: white space between the characters means nothing. */
#ifndef MD_BASE64_H
#define MD_BASE64_H

#include "base/str.h"

struct md_base64 {
	const unsigned char *bytes; /* what was decoded: all, or what stands before the fault */
	size_t len;
	size_t fault_at; /* offset of the first fault; the text's length for a lacking end */
	const char *why; /* what is wrong there, a noun phrase; "" when nothing is */
};

/*
 * RFC 4648 4 with the white space of RFC 6376 3.2; without padding too little or too much.  A
 * lacking padding is a fault (RFC 4648 3.2), but all octets are decoded then.
 */
struct md_base64 md_base64_decode(struct md_arena *, struct md_str);

/* Without white space, padded. */
const char *md_base64_encode(struct md_arena *, const unsigned char *bytes, size_t len);

#endif
