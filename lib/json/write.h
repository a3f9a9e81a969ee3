/* JSON as it is written: on one line, member by member, without a tree in between. */
#ifndef MD_JSONL_H
#define MD_JSONL_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/*
 * A line that grows.  Start with { .text.mem = arena }; md_buf_str(&text) is what there is.
 * Of a member of an object `key` is the name, a word of ours; of an element of an array NULL.
 */
struct md_jsonl {
	struct md_buf text;
};

void md_jsonl_open(struct md_jsonl *, const char *key, char bracket); /* '{' or '[' */
void md_jsonl_close(struct md_jsonl *, char bracket);                 /* '}' or ']' */

/* Text that should be clean: what is not UTF-8, or a control character, becomes \DDD. */
void md_jsonl_text(struct md_jsonl *, const char *key, const char *text);

/* Text that is: words of ours, or what was escaped already (with newlines, perhaps). */
void md_jsonl_clean(struct md_jsonl *, const char *key, const char *text);
void md_jsonl_number(struct md_jsonl *, const char *key, int64_t);
void md_jsonl_bool(struct md_jsonl *, const char *key, bool);
void md_jsonl_null(struct md_jsonl *, const char *key);

/* A value that jansson holds, which is given back; and all members of such an object. */
void md_jsonl_value(struct md_jsonl *, const char *key, json_t *value);
void md_jsonl_members(struct md_jsonl *, json_t *object);

#endif
