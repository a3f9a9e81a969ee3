/* The sorted names of a zone: keys, looking up, building. */
#include "zone/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/name.h"

void
md_key_make(const char *name, struct md_key *key)
{
	const char *labels[MD_KEY_LABELS], *end = name + strlen(name);
	size_t n = 0, len = 0;

	for (; strcmp(name, ".") != 0; name = md_name_parent(name))
		labels[n++] = name;
	key->nlabels = n;
	key->ends[0] = 0;
	for (size_t i = 0; i < n; i++) {
		const char *label = labels[n - 1 - i];
		const size_t size = (size_t)(end - label);

		memcpy(key->octets + len, label, size);
		len += size;
		key->octets[len++] = '\0';
		key->ends[i + 1] = len;
		end = label - 1; /* its dot */
	}
}

struct md_str
md_key_ancestor(const struct md_key *key, size_t n)
{
	return (struct md_str){ key->octets, key->ends[n] };
}

struct md_str
md_key_wildcard(struct md_key *key, size_t n)
{
	memcpy(key->octets + key->ends[n], "*", MD_KEY_WILDCARD);
	return (struct md_str){ key->octets, key->ends[n] + MD_KEY_WILDCARD };
}

int
md_key_compare(struct md_str a, struct md_str b)
{
	const size_t shorter = a.len < b.len ? a.len : b.len;
	const int order = shorter > 0 ? memcmp(a.p, b.p, shorter) : 0;

	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* The first node whose key is not before this one; t->n when all are. */
static size_t
lower_bound(const struct md_tree *t, struct md_str key)
{
	size_t low = 0, high = t->n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (md_key_compare(t->nodes[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct md_node *
md_tree_find(const struct md_tree *t, struct md_str key)
{
	const size_t i = lower_bound(t, key);

	return i < t->n && md_key_compare(t->nodes[i].key, key) == 0 ? &t->nodes[i] : NULL;
}

bool
md_tree_exists(const struct md_tree *t, struct md_str key)
{
	const size_t i = lower_bound(t, key);

	return i < t->n && t->nodes[i].key.len >= key.len &&
	       (key.len == 0 || memcmp(t->nodes[i].key.p, key.p, key.len) == 0);
}

const struct md_rr *
md_node_first(const struct md_node *node, uint16_t type)
{
	for (size_t i = 0; node != NULL && i < node->n; i++)
		if (node->rr[i].type == type)
			return &node->rr[i];
	return NULL;
}

/* A record on its way into the tree. */
struct row {
	struct md_str key;
	struct md_rr rr;
};

static int
by_key(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	int order = md_key_compare(a->key, b->key);

	if (order == 0)
		order = md_rr_compare(&a->rr, &b->rr);
	return order != 0 ? order : (a->rr.line > b->rr.line) - (a->rr.line < b->rr.line);
}

static struct md_str
keep_key(struct md_arena *mem, const char *name)
{
	struct md_key key;
	struct md_str whole;

	md_key_make(name, &key);
	whole = md_key_ancestor(&key, key.nlabels);
	return (struct md_str){ md_strndup(mem, whole.p, whole.len), whole.len };
}

static size_t
count_names(const struct row *rows, size_t n)
{
	size_t names = n > 0;

	for (size_t i = 1; i < n; i++)
		names += md_key_compare(rows[i - 1].key, rows[i].key) != 0;
	return names;
}

struct md_tree
md_tree_build(struct md_arena *mem, const struct md_rr *from, size_t n)
{
	struct md_arena *scratch = md_arena_new();
	struct row *rows = md_alloc(scratch, n * sizeof(*rows));
	struct md_rr *rr = md_alloc(mem, n * sizeof(*rr));
	struct md_node *nodes;
	size_t nnodes = 0;

	for (size_t i = 0; i < n; i++)
		rows[i] = (struct row){ keep_key(scratch, from[i].owner), from[i] };
	if (n > 0)
		qsort(rows, n, sizeof(*rows), by_key);
	nodes = md_alloc(mem, count_names(rows, n) * sizeof(*nodes));
	for (size_t i = 0; i < n; i++) {
		const struct md_str key = rows[i].key;
		const bool known = i > 0 && md_key_compare(rows[i - 1].key, key) == 0;

		/* RFC 2181 5: the same record twice is one record. */
		if (known && md_rr_compare(&rows[i - 1].rr, &rows[i].rr) == 0)
			continue;
		if (!known)
			nodes[nnodes++] = (struct md_node){
				{ md_strndup(mem, key.p, key.len), key.len }, 0, rr
			};
		*rr++ = rows[i].rr;
		nodes[nnodes - 1].n++;
	}
	md_arena_free(scratch);
	return (struct md_tree){ nnodes, nodes };
}
