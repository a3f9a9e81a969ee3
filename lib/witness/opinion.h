/* The opinion fact: what another verifier, run beside us, concludes of the same facts. */
#ifndef MD_OPINION_H
#define MD_OPINION_H

#include "base/str.h"
#include "fact/fact.h"

struct md_arena;
struct md_json;
struct md_members;
struct md_message;
struct md_read;

/*
 * Present, or unknown with a why that begins "no second opinion: "; never absent.  Its texts
 * are printable ASCII but for input, and never NULL.  Its question is engine and input.
 */
struct md_opinion {
	struct md_fact fact;
	const char *engine; /* "libspf2" */
	const char *input;  /* what it was asked: canonical JSON (md_opinion_input) */
	const struct md_message *message; /* whose octets go with the question; or NULL */
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

/* One value of an input: of "message" the SHA-256 of what it is about, in hexadecimal; or "".
 */
const char *md_opinion_value(struct md_arena *, const char *input, const char *key);

/* A copy in one malloc'd block, without pins (md_fact_unpin); it names no message. */
struct md_opinion *md_opinion_pack(const struct md_opinion *);

/* Do they say the same of the same? */
bool md_opinion_same(const struct md_opinion *, const struct md_opinion *);

/* Do they conclude the same, however they came to it? */
bool md_opinion_alike(const struct md_opinion *, const struct md_opinion *);

/* As an object of a facts file: read into in->mem, in->why says what is wrong; and written. */
void md_opinion_read(struct md_read *in, const struct md_members *line, struct md_opinion *out);
void md_opinion_put(struct md_json *, const struct md_opinion *);

/* The texts of "parts", each printable, of an opinion in a facts file or of a witness. */
const char *const *md_opinion_parts(struct md_read *in, const struct md_members *opinion,
                                    size_t *n);

#endif
