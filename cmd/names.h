/* Domain names by their SHA-256: which shard is a name's, and a set of millions of them. */
#ifndef MD_NAMES_H
#define MD_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Of a name in canonical text (base/name.h): A-labels, lower case, no final dot. */
struct md_digest {
	unsigned char octets[32];
};
struct md_digest md_name_digest(struct md_str name);

/*
 * One part of a list that N processes share: "I/N".  A name is in part I when its digest's
 * first 8 octets, as a big-endian number, leave the remainder I - 1 after division by N.
 */
struct md_shard {
	uint64_t number, of; /* of is 0 for the whole list */
};

/* False when `text` is not "I/N" with 1 <= I <= N <= 1000000. */
bool md_shard_parse(const char *text, struct md_shard *);
bool md_shard_has(const struct md_shard *, const struct md_digest *);

/* A set; 16 octets a name are kept, in a table that is at least 3/8 full. */
struct md_names;
struct md_names *md_names_new(void);
void md_names_free(struct md_names *); /* NULL is fine */
void md_names_add(struct md_names *, const struct md_digest *);
bool md_names_have(const struct md_names *, const struct md_digest *);
size_t md_names_count(const struct md_names *);

#endif
