/* Typed values out of a JSON object; what is missing has a default, what is wrong a reason. */
#ifndef MD_READ_H
#define MD_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* What is read: copies live in mem, why is the first thing that was wrong, or NULL. */
struct md_read {
	struct md_arena *mem;
	const char *why;
};

/* The members of an object in their order.  Values are views, as they stand in the text. */
struct md_members {
	size_t n;
	struct md_member {
		struct md_str key, value;
	} * all;
};

void md_read_wrong(struct md_read *, const char *fmt, ...) MD_PRINTF(2, 3);

/*
 * Reads a text that is one object, and no more.  Strictly: UTF-8 throughout, no key twice in
 * an object, no half of a surrogate pair, no NUL, numbers that fit into 64 bits, nested no
 * deeper than MD_SCAN_DEEPEST.  Else false, and *out has no members.
 */
bool md_read_line(struct md_read *, struct md_str text, struct md_members *out);

/* The value of a key; p is NULL when there is none. */
struct md_str md_read_value(const struct md_members *, const char *key);

/* Values of such a text as what they are; false, and *out empty or 0, when they are not. */
bool md_read_object(struct md_read *, struct md_str value, struct md_members *out);
bool md_read_integer(struct md_str value, int64_t *out);

/*
 * The value of a key.  `missing` when there is none, or it is of another type: that is wrong.
 */
const char *md_read_text(struct md_read *, const struct md_members *, const char *key,
                         const char *missing);
int64_t md_read_number(struct md_read *, const struct md_members *, const char *key,
                       int64_t most, int64_t missing); /* 0 to most */
bool md_read_flag(struct md_read *, const struct md_members *, const char *key);

/* The *n elements of an array of at most `most`; NULL when it is missing, or wrong. */
const struct md_str *md_read_array(struct md_read *, const struct md_members *, const char *key,
                                   size_t most, size_t *n);

/* All *n strings of such an array, NULL-terminated; none when it is missing or wrong. */
const char *const *md_read_texts(struct md_read *, const struct md_members *, const char *key,
                                 size_t most, size_t *n);

#endif
