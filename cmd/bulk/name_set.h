/* Domain names by their SHA-256: which shard is a name's, and a set of millions of them. */
#ifndef CLI_NAME_SET_H
#define CLI_NAME_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Of a name in canonical text (base/name.h): A-labels, lower case, no final dot. */
struct cli_name_hash {
	unsigned char octets[32];
};
struct cli_name_hash cli_name_hash_of(struct md_str name);

/*
 * One part of a list that N processes share: "I/N".  A name is in part I when the first 8
 * octets of its hash, as a big-endian number, leave the remainder I - 1 after division by N.
 */
struct cli_shard {
	uint64_t number, of; /* of is 0 for the whole list */
};

/* False when `text` is not "I/N" with 1 <= I <= N <= 1000000. */
bool cli_shard_parse(const char *text, struct cli_shard *);
bool cli_shard_has(const struct cli_shard *, const struct cli_name_hash *);

/* A set; 16 octets a name are kept, in a table that is at least 3/8 full. */
struct cli_name_set;
struct cli_name_set *cli_name_set_new(void);
void cli_name_set_free(struct cli_name_set *); /* NULL is fine */
void cli_name_set_add(struct cli_name_set *, const struct cli_name_hash *);
bool cli_name_set_has(const struct cli_name_set *, const struct cli_name_hash *);
size_t cli_name_set_count(const struct cli_name_set *);

#endif
