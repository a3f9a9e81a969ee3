/* The search behind repair.h: what it has at hand, what it may spend, and its two halves. */
#ifndef MD_REPAIR_MEND_H
#define MD_REPAIR_MEND_H

#include "dkim/crypto.h"
#include "repair/budget.h"
#include "repair/repair.h"

/* One signature under repair.  When the budget is spent the search ends. */
struct md_mend {
	struct md_arena *mem; /* of the results */
	struct md_keyring *ring;
	const struct md_message *message;
	const struct md_field *field; /* the signature's own */
	const struct md_dkim_signature *signature;
	struct md_octets key;
	enum md_hash hash;
	struct md_budget *budget;
	unsigned tried;
	bool unfinished; /* not every likely change was tried by itself */
	/* Changes that mend, as they are found. */
	size_t n;
	struct md_dkim_change *changes;
	/* What then hashes right: the proof. */
	struct md_str body, header;
};

/* Parts of changes that are told; longer ones are cut. */
enum { MD_MEND_SHOWN = 400 };

/* The octets of a part that is meant, cut where they are many, as a text to show. */
const char *md_mend_part(struct md_arena *, struct md_str);

/* The same of what is around an octet, from a little in front of it. */
const char *md_mend_around(struct md_arena *, struct md_str, size_t at);

/* Finds what makes the body hash right; true, and the changes and `body`, when found. */
bool md_mend_body(struct md_mend *);

/*
 * Finds what makes b= right (bh= is covered as text, so the body does not matter); true, and
 * the changes and `header`, when found.
 */
bool md_mend_header(struct md_mend *);

#endif
