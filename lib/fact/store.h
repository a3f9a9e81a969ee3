/* The facts of one run: each question once, in the order of its first asking. */
#ifndef MD_STORE_H
#define MD_STORE_H

#include <stdint.h>

#include "fact/kind.h"

struct md_arena;
struct md_run;

/* Whom to tell once a fact is there. */
struct md_listener {
	struct md_listener *next;
	md_told_fn *told;
	void *to;
};

/* A question, and what is known of it: a blank that is wanted, then the fact. */
struct md_entry {
	struct md_entry *next; /* in its hash bucket */
	size_t hash, number;   /* of the question; its place in the store */
	const void *question;
	const struct md_fact *fact; /* never NULL */
	struct md_fact *held;       /* the same once it is pinned, else NULL */
	struct md_run *run;         /* whose it is, once it is sent for */
	struct md_fetch *fetch;     /* under way, or NULL */
	uint64_t waiting;           /* a bit for each check that saw it wanted */
	struct md_listener *listeners;
};

struct md_store {
	struct md_arena *mem;
	struct md_entry **buckets;
	size_t nbuckets, n;
	struct md_entry **entries; /* all n, in order */
	size_t bytes;              /* of the facts held */
};

void md_store_init(struct md_store *, struct md_arena *mem);

/* Unpins every fact, frees those that nobody else holds. */
void md_store_done(struct md_store *);

/* The entry for a question in canonical form; new ones are wanted.  Copies the question. */
struct md_entry *md_store_find(struct md_store *, const struct md_fact_kind *,
                               const void *question);

/* Has it been asked here, whatever came of it? */
bool md_store_has(const struct md_store *, const struct md_fact_kind *, const void *question);

/* What is known of it here, or NULL. */
struct md_fact *md_store_known(const struct md_store *, const struct md_fact_kind *,
                               const void *question);

/* The fact has come: pins it. */
void md_store_put(struct md_store *, struct md_entry *, struct md_fact *);

#endif
