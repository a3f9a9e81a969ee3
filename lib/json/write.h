/* JSON as it is written: member by member, without a tree in between. */
#ifndef MD_JSON_WRITE_H
#define MD_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/*
 * A document that grows: a line, or indented, a member a line.  Start with { .text.mem = arena
 * }; md_buf_str(&text) is what there is.  Of a member of an object `key` is the name, of an
 * element of an array, and of the document itself, NULL.
 */
struct md_json {
	struct md_buf text;
	bool indented;
	bool brief; /* parts leave out what is the same in every report */
	unsigned depth;
};

void md_json_open(struct md_json *, const char *key, char bracket); /* '{' or '[' */
void md_json_close(struct md_json *, char bracket);                 /* '}' or ']' */

/* Text that should be clean: what is not UTF-8, or a control character, becomes \DDD. */
void md_json_text(struct md_json *, const char *key, const char *text);

/* Text that is left out when it is empty. */
void md_json_some(struct md_json *, const char *key, const char *text);

/* Text that is: words of ours, or what was escaped already (with newlines, perhaps). */
void md_json_clean(struct md_json *, const char *key, const char *text);

/* Octets: in presentation form (md_show), and in hexadecimal. */
void md_json_octets(struct md_json *, const char *key, struct md_str octets);
void md_json_hex(struct md_json *, const char *key, const unsigned char *, size_t);

void md_json_number(struct md_json *, const char *key, int64_t);
void md_json_count(struct md_json *, const char *key, uint64_t); /* null above INT64_MAX */
void md_json_bool(struct md_json *, const char *key, bool);
void md_json_null(struct md_json *, const char *key);

/* With a point or an exponent, and at most ten digits; nothing for what is not finite. */
void md_json_real(struct md_json *, const char *key, double);

/* RFC 3339 in UTC; null for a time that is no date, and for one not known (-1). */
void md_json_time(struct md_json *, const char *key, int64_t seconds);

/* The member "tool": who writes this, and its version. */
void md_json_tool(struct md_json *);

/* A value that is JSON already, which must be sound (json/read.h). */
void md_json_value(struct md_json *, const char *key, struct md_str value);

#endif
