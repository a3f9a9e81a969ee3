/* The opinion fact: what another verifier, run beside us, concludes of the same facts. */
#ifndef MD_OPINION_H
#define MD_OPINION_H

#include "base/str.h"
#include "fact/fact.h"

struct md_arena;

/*
 * Present, or unknown with a why that begins "no second opinion: "; never absent.  Its texts
 * are printable ASCII but for input, and never NULL.
 */
struct md_opinion {
	struct md_fact fact;
	const char *engine; /* "libspf2" */
	const char *input;  /* what it was asked: canonical JSON (md_opinion_input) */
	const char *result; /* "pass": a word of the standard that the engine implements */
	const char *detail; /* what it said besides; "" when nothing */
	size_t nparts;      /* of an opinion on several things, such as signatures */
	const char *const *parts;
	unsigned lookups; /* questions it asked the DNS */
};

struct md_opinion_value {
	const char *key, *text;
};

/*
 * An input of these values as a JSON object with sorted keys and no blanks, so that strcmp
 * compares; empty values are left out.  NULL when one is not UTF-8: no JSON can hold it.
 */
const char *md_opinion_input(struct md_arena *, const struct md_opinion_value *, size_t n);

/* What an engine said, as an opinion's text: as it is if it is printable, else md_show. */
const char *md_opinion_text(struct md_arena *, const char *said);

enum { MD_OPINION_PARTS = 500 };

/* The SHA-256 of the message that an input is about, in hexadecimal; "" for none. */
const char *md_opinion_message(struct md_arena *, const char *input);

/* A copy in one malloc'd block, with no pins yet; md_opinion_unpin frees it with the last. */
struct md_opinion *md_opinion_pack(const struct md_opinion *);
void md_opinion_unpin(struct md_opinion *);

/* Do they say the same of the same? */
bool md_opinion_same(const struct md_opinion *, const struct md_opinion *);

#endif
