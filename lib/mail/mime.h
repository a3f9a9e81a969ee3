/* MIME: encoded words, the parts of a message, and their text in UTF-8. */
#ifndef MD_MIME_H
#define MD_MIME_H

#include "base/str.h"

struct md_arena;

/*
 * Text of a header field for people: RFC 2047 words decoded, raw octets that are no UTF-8 taken
 * for Latin 1, NUL and broken words replaced.  Valid UTF-8 in any case.  Of more than
 * MD_WORDS_MOST octets only the beginning.
 */
enum { MD_WORDS_MOST = 4096 };
const char *md_mime_words(struct md_arena *, struct md_str);

#endif
