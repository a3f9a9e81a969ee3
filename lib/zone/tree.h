/* The names of a zone in an order in which what is below a name follows it. */
#ifndef MD_ZONE_TREE_H
#define MD_ZONE_TREE_H

#include "dns/dns.h"

enum {
	MD_KEY_LABELS = 127,   /* of the longest name: RFC 1035 3.1 */
	MD_KEY_TEXT = 4 * 255, /* of a name whose octets are all escaped */
	MD_KEY_WILDCARD = 2,   /* octets of the label "*" in a key */
};

/*
 * A name turned round, each label followed by NUL: "com\0example\0".  So a name's key is a
 * prefix of the keys of all names below it, and sorting by keys puts these right after it.
 */
struct md_key {
	char octets[MD_KEY_TEXT + MD_KEY_WILDCARD];
	size_t nlabels;
	size_t ends[MD_KEY_LABELS + 1]; /* of the key's first i labels: its ancestors' keys */
};

/* The key of a name that fits (md_name_fits). */
void md_key_make(const char *name, struct md_key *);

/* The key of the name's ancestor with n labels, within the key. */
struct md_str md_key_ancestor(const struct md_key *, size_t n);

/* Changes the key: it becomes that of the wildcard below its ancestor with n labels. */
struct md_str md_key_wildcard(struct md_key *, size_t n);

/* Orders keys, so that what is below a name follows it. */
int md_key_compare(struct md_str, struct md_str);

/* A name with its records: sorted by type, RRSIGs last, none twice. */
struct md_node {
	struct md_str key;
	size_t n;
	const struct md_rr *rr;
};

struct md_tree {
	size_t n;
	const struct md_node *nodes; /* sorted by key */
};

/* Builds the tree of records, which may come in any order and twice; their texts are shared. */
struct md_tree md_tree_build(struct md_arena *, const struct md_rr *, size_t n);

/* The name's records, or NULL. */
const struct md_node *md_tree_find(const struct md_tree *, struct md_str key);

/* RFC 4592 2.2.2: a name exists when it, or any name below it, has records. */
bool md_tree_exists(const struct md_tree *, struct md_str key);

/* The node's first record of a type, or NULL; the node may be NULL. */
const struct md_rr *md_node_first(const struct md_node *, uint16_t type);

#endif
