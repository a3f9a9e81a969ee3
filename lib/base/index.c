/* A crit-bit tree: each node says where the texts on its two sides first differ. */
#include "base/index.h"

#include <stdint.h>

#include "base/arena.h"

enum { PRESENT = 0x100 }; /* so that the end of a text differs from an octet 0 */

struct md_index_node {
	struct md_index_node *sides[2]; /* of a fork; both NULL: a text */
	struct md_str text;
	void *value;
	size_t at;     /* of a fork: the octet that tells, */
	unsigned mask; /* and the bit of it */
};

static unsigned
octet(struct md_str text, size_t at)
{
	return at < text.len ? PRESENT | (unsigned char)text.p[at] : 0;
}

static struct md_index_node **
follow(struct md_index_node *fork, struct md_str text)
{
	return &fork->sides[(octet(text, fork->at) & fork->mask) != 0];
}

/* The text that is the nearest to this one, in what the forks ask; NULL in an empty tree. */
static struct md_index_node *
nearest(const struct md_index *index, struct md_str text)
{
	struct md_index_node *node = index->top;

	while (node != NULL && node->sides[0] != NULL)
		node = *follow(node, text);
	return node;
}

static bool
same(struct md_str a, struct md_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

/* The highest of the bits in which two octets differ. */
static unsigned
highest(unsigned bits)
{
	unsigned bit = PRESENT;

	while ((bits & bit) == 0)
		bit >>= 1;
	return bit;
}

/* Does a fork come before the place where the texts first differ? */
static bool
is_before(const struct md_index_node *fork, size_t at, unsigned mask)
{
	return fork->at < at || (fork->at == at && fork->mask > mask);
}

static void **
insert(struct md_index *index, struct md_str text, const struct md_index_node *near)
{
	struct md_index_node *leaf = md_alloc(index->mem, sizeof(*leaf)), *fork;
	struct md_index_node **place = &index->top;
	size_t at = 0;
	unsigned mask;

	leaf->text = (struct md_str){ md_strndup(index->mem, text.p, text.len), text.len };
	index->n++;
	if (near == NULL) {
		index->top = leaf;
		return &leaf->value;
	}
	while (octet(text, at) == octet(near->text, at))
		at++;
	mask = highest(octet(text, at) ^ octet(near->text, at));
	while ((*place)->sides[0] != NULL && is_before(*place, at, mask))
		place = follow(*place, text);
	fork = md_alloc(index->mem, sizeof(*fork));
	fork->at = at;
	fork->mask = mask;
	*follow(fork, text) = leaf;
	*follow(fork, near->text) = *place;
	*place = fork;
	return &leaf->value;
}

void **
md_index_at(struct md_index *index, struct md_str text)
{
	struct md_index_node *near = nearest(index, text);

	if (near != NULL && same(near->text, text))
		return &near->value;
	return insert(index, text, near);
}

static const struct md_index_node *
find(const struct md_index *index, struct md_str text)
{
	const struct md_index_node *near = nearest(index, text);

	return near != NULL && same(near->text, text) ? near : NULL;
}

void *
md_index_find(const struct md_index *index, struct md_str text)
{
	const struct md_index_node *node = find(index, text);

	return node != NULL ? node->value : NULL;
}

bool
md_index_has(const struct md_index *index, struct md_str text)
{
	return find(index, text) != NULL;
}

bool
md_index_add(struct md_index *index, struct md_str text)
{
	const size_t n = index->n;

	md_index_at(index, text);
	return index->n > n;
}

size_t
md_index_steps(const struct md_index *index, struct md_str text)
{
	struct md_index_node *node = index->top;
	size_t n = 0;

	for (; node != NULL && node->sides[0] != NULL; n++)
		node = *follow(node, text);
	return n;
}
