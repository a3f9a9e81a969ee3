/* RFC 2047 encoded words, as far as guessing the original of a rewritten field needs them. */
#ifndef MD_REPAIR_WORDS_H
#define MD_REPAIR_WORDS_H

#include "repair/guess.h"

/*
 * Unfolded, and encoded words of UTF-8, US-ASCII and ISO-8859-1 decoded to UTF-8; others stay.
 * Blanks between two encoded words are dropped (RFC 2047 6.2), those at both ends of all, too.
 */
struct md_str md_encoded_words_decode(struct md_arena *, struct md_str value);

/* Guesses: this text raw, and in the forms of encoded words that signers write. */
void md_encoded_words_guess(struct md_guesses *, struct md_str text, enum md_guess_rank,
                            const char *what);

#endif
