/* SHA-256 of octets in memory: names for what is too large to be one. */
#ifndef MD_SHA256_H
#define MD_SHA256_H

#include "base/str.h"

void md_sha256(struct md_str octets, unsigned char hash[32]);

/* The same in hexadecimal. */
const char *md_sha256_hex(struct md_arena *, struct md_str octets);

#endif
