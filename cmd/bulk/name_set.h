/* Domain names by their SHA-256: which shard is a name's, and a set of millions of them. */
#ifndef CLI_NAMES_H
#define CLI_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Of a name in canonical text (base/name.h): A-labels, lower case, no final dot. */
struct cli_digest {
	unsigned char octets[32];
};
struct cli_digest cli_name_digest(struct md_str name);

/*
 * One part of a list that N processes share: "I/N".  A name is in part I when its digest's
 * first 8 octets, as a big-endian number, leave the remainder I - 1 after division by N.
 */
struct cli_shard {
	uint64_t number, of; /* of is 0 for the whole list */
};

/* False when `text` is not "I/N" with 1 <= I <= N <= 1000000. */
bool cli_shard_parse(const char *text, struct cli_shard *);
bool cli_shard_has(const struct cli_shard *, const struct cli_digest *);

/* A set; 16 octets a name are kept, in a table that is at least 3/8 full. */
struct cli_names;
struct cli_names *cli_names_new(void);
void cli_names_free(struct cli_names *); /* NULL is fine */
void cli_names_add(struct cli_names *, const struct cli_digest *);
bool cli_names_have(const struct cli_names *, const struct cli_digest *);
size_t cli_names_count(const struct cli_names *);

#endif
