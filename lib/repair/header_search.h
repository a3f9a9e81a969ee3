/* The header search: what the signed fields may have held, and trials of combinations. */
#ifndef MD_REPAIR_SEARCH_H
#define MD_REPAIR_SEARCH_H

#include "repair/field.h"
#include "repair/mend.h"

/* A name in h=, and all its places there; the last group is the signature's own field. */
struct md_mend_group {
	struct md_str name;
	size_t nentries;
	size_t *entries;              /* places in h=, ascending */
	const struct md_field **from; /* for each, the field that it selects; NULL for none */
	size_t ninstances;
	const struct md_field **instances; /* in the message, from the bottom up */
};

/* What the places of one group may have held. */
struct md_variant {
	size_t group;
	enum md_guess_rank rank;
	bool copied;                 /* from z= */
	const struct md_str *octets; /* for each of its entries, canonical */
	bool added;                  /* an instance was not there */
	size_t mark; /* of all octets, so that most are told apart without a look at them */
	const struct md_field *field;
	const char *what;
	struct md_str before, after;
};

struct md_search {
	struct md_mend *m;
	size_t nentries;           /* those of h=, then the signature's own field */
	struct md_str *base;       /* what they hold now, canonical */
	struct md_str *now;        /* what is tried, from the first changed entry on */
	struct md_hashing *prefix; /* of what is in front of each entry */
	size_t *rest;              /* octets of the base from each entry on */
	size_t ngroups;
	struct md_mend_group *groups;
	size_t nvariants;
	struct md_variant *variants; /* the likeliest first */
	struct md_rsa_block block;
	/* taken in every trial, except where the trial has a variant of the same group */
	size_t nalways;
	const struct md_variant **always;
};

/* Fills in the variants of every group (variants.c). */
void md_search_variants(struct md_search *);

/*
 * Is b= right once these n variants, and those always taken, are undone?  Then the changes are
 * told, and `header` of the mend is set (header_trial.c).
 */
bool md_search_attempt(struct md_search *, const struct md_variant *const *, size_t n);

/* The signature's own field, with b= (a view into it) taken as empty. */
struct md_str md_search_own(const struct md_mend *, struct md_str whole, struct md_str b);

/* A field, canonical. */
struct md_str md_search_canonical(const struct md_mend *, struct md_str whole);

#endif
