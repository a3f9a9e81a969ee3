/* Texts, each once, and what stands for each: found without looking at all the others. */
#ifndef MD_INDEX_H
#define MD_INDEX_H

#include "base/str.h"

struct md_index_node;

/*
 * Start with { .mem = arena }.  A crit-bit tree: finding takes at most as many steps as a text
 * has bits by which others differ from it, whoever chose the texts.
 */
struct md_index {
	struct md_arena *mem;
	size_t n;
	struct md_index_node *top;
};

/*
 * Where the value of a text is kept: NULL stands there when the text was not known.  The text
 * is copied; it may hold any octet.
 */
void **md_index_at(struct md_index *, struct md_str text);

/* The value of a text, or NULL. */
void *md_index_find(const struct md_index *, struct md_str text);

bool md_index_has(const struct md_index *, struct md_str text);

/* Adds a text, of which nothing is to be known but that it is there.  True: it is new. */
bool md_index_add(struct md_index *, struct md_str text);

/* How many nodes were passed on the way to a text: what finding it costs. */
size_t md_index_steps(const struct md_index *, struct md_str text);

#endif
