/* Views of text we did not write: length-counted, never copied, never trusted to end in NUL. */
#ifndef MD_STR_H
#define MD_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/count.h"

struct md_arena;

struct md_str {
	const char *p;
	size_t len;
};

/* For "%.*s".  Only for text known to hold no NUL and no control characters; else md_show. */
#define MD_FMT(s) (int)(s).len, (s).p

/* ASCII only, whatever the locale: what DNS and mail mean by letters and digits. */
static inline bool
md_is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
md_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
md_is_alnum(char c)
{
	return md_is_alpha(c) || md_is_digit(c);
}

static inline bool
md_is_hex(char c)
{
	return md_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static inline char
md_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The value of a hexadecimal digit; -1 for any other character. */
static inline int
md_hex_digit(char c)
{
	if (md_is_digit(c))
		return c - '0';
	return md_is_hex(c) ? md_lower(c) - 'a' + 10 : -1;
}

static inline struct md_str
md_str(const char *s)
{
	return (struct md_str){ s, strlen(s) };
}

bool md_str_eq(struct md_str, const char *);
bool md_str_eq_nocase(struct md_str, const char *);
bool md_str_starts(struct md_str, const char *prefix);
bool md_str_starts_nocase(struct md_str, const char *prefix);
bool md_eq_nocase(const char *, const char *);
bool md_str_same_nocase(struct md_str, struct md_str);

/* The position of the first c, or s.len. */
size_t md_str_find(struct md_str s, char c);

/* s without its first n characters (at most all). */
static inline struct md_str
md_str_skip(struct md_str s, size_t n)
{
	if (n > s.len)
		n = s.len;
	return (struct md_str){ s.p + n, s.len - n };
}

/* s without the characters of set at both ends. */
struct md_str md_str_trim(struct md_str s, const char *set);

/*
 * Takes the next piece before sep off *rest; false when nothing is left.  Empty pieces
 * count: "a;;b" has three, "a;" has one and "" none.
 */
bool md_str_cut(struct md_str *rest, char sep, struct md_str *piece);

/* All of s as a decimal number of at most max, without sign or blanks; else false. */
bool md_str_number(struct md_str s, unsigned long max, unsigned long *number);

char *md_str_lower(struct md_arena *, struct md_str);

/*
 * Foreign bytes as printable ASCII, in the presentation form of DNS master files: octets
 * outside 0x20-0x7E as \DDD, a backslash as \\, all else as it is (RFC 1035 5.1).  Quotes
 * stay; md_quote adds them around and escapes those inside.
 */
const char *md_show(struct md_arena *, struct md_str);
const char *md_quote(struct md_arena *, struct md_str);

/*
 * The first octet that is meant by such a text, which is not empty: itself, \X or \DDD.
 * Returns how many characters stand for it.
 */
size_t md_unescape(const char *s, char *octet);

/* As md_quote, for messages: of a long text only its beginning, with "..." after it. */
const char *md_excerpt(struct md_arena *, struct md_str);

/* The word of a NULL-ended list that a typing error would turn into this, or NULL. */
const char *md_nearest(struct md_str word, const char *const *list);

/* Text that is put together piece by piece.  Start with { .mem = arena }. */
struct md_buf {
	struct md_arena *mem;
	char *p; /* NUL-terminated once something was added; NULL before */
	size_t len, room;
};

void md_buf_add(struct md_buf *, struct md_str);
void md_buf_addc(struct md_buf *, char);
void md_buf_printf(struct md_buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Adds one item of a list, after `between` unless the buffer is still empty. */
void md_buf_item(struct md_buf *, const char *between, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));

/* "3 records", "1 record". */
const char *md_plural(struct md_arena *, size_t n, const char *one, const char *many);

/* What was added, "" when nothing was; valid until the next addition. */
const char *md_buf_str(const struct md_buf *);
struct md_str md_buf_view(const struct md_buf *);

/* For tables: names come from the world, but how many a table holds is capped. */
size_t md_str_hash(struct md_str);

#endif
