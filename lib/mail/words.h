/* The words of a structured field: CFWS, values and keywords (RFC 5322 3.2, RFC 2045 5.1). */
#ifndef MD_WORDS_H
#define MD_WORDS_H

#include "base/arena.h"
#include "base/str.h"

/* A field that is being read, word by word. */
struct md_field_words {
	struct md_arena *mem;
	struct md_str s;     /* what is left of the value */
	const char *comment; /* the first one met since this was set to "" */
	const char *fault;   /* the first one, a clause; "" */
};

/* Only the first fault is told: those after it mostly follow from it. */
void md_words_blame(struct md_field_words *, const char *fmt, ...) MD_PRINTF(2, 3);

bool md_words_next_is(const struct md_field_words *, char c);

/* Takes the next octet, which must be there; c, if it is next. */
char md_words_octet(struct md_field_words *);
bool md_words_take(struct md_field_words *, char c);

/* Blanks, folds and comments, which nest; octets 0 too. */
void md_words_skip(struct md_field_words *);

/*
 * A value up to a blank, a parenthesis or a semicolon; in quotes or not, or in part
 * ("a b"@example.com).  Beyond the grammar it may hold what would need quotes (256/256,
 * 2001:db8::1, a=b@example.com).
 */
const char *md_words_value(struct md_field_words *);

/* Adds what stands before any of these, "=" and quotes, in lower case. */
void md_words_keyword(struct md_field_words *, struct md_buf *);

#endif
