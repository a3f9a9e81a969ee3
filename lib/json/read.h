/* Typed values out of parsed JSON; what is missing has a default, what is wrong a reason. */
#ifndef MD_JSON_H
#define MD_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "base/arena.h"

/* What is read: copies live in mem, why is the first thing that was wrong, or NULL. */
struct md_json {
	struct md_arena *mem;
	const char *why;
};

void md_json_wrong(struct md_json *, const char *fmt, ...) MD_PRINTF(2, 3);

/*
 * The value of a key.  `missing` when there is none, or it is of another type: that is wrong.
 */
const char *md_json_text(struct md_json *, const json_t *object, const char *key,
                         const char *missing);
int64_t md_json_number(struct md_json *, const json_t *object, const char *key, int64_t most,
                       int64_t missing); /* 0 to most */
bool md_json_flag(struct md_json *, const json_t *object, const char *key);

/* An array of at most `most` elements; NULL when it is missing. */
const json_t *md_json_array(struct md_json *, const json_t *object, const char *key,
                            size_t most);

/* All *n strings of such an array, NULL-terminated; none when it is missing or wrong. */
const char *const *md_json_texts(struct md_json *, const json_t *object, const char *key,
                                 size_t most, size_t *n);

#endif
