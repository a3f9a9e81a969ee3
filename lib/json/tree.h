/* Members of JSON objects, from text that may hold anything. */
#ifndef MD_JSON_KIT_H
#define MD_JSON_KIT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Takes the value over. */
void md_json_put(json_t *object, const char *key, json_t *value);

/* Text that should be clean; what is not is escaped rather than refused by jansson. */
void md_json_put_text(struct md_arena *, json_t *object, const char *key, const char *text);

/* Octets, in presentation form (md_show). */
void md_json_put_octets(struct md_arena *, json_t *object, const char *key,
                        struct md_str octets);

/* null for what no JSON number holds. */
void md_json_put_count(json_t *object, const char *key, uint64_t n);
void md_json_put_bool(json_t *object, const char *key, bool);

/* RFC 3339 in UTC; null for a time that is no date, and for one not known (-1). */
json_t *md_json_time(int64_t seconds);

/* Octets in hexadecimal. */
json_t *md_json_hex(struct md_arena *, const unsigned char *, size_t);

#endif
