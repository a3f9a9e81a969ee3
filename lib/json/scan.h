/* JSON text read from beginning to end, and nothing built of it: most is passed over. */
#ifndef MD_SCAN_H
#define MD_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct md_arena;

/*
 * RFC 8259, strictly, save that octets outside ASCII are not looked at.  Start with md_scan.
 * After the first fault every function returns false and nothing moves on, so that only the end
 * need be asked: did md_scan_end?  What a value is read as it must be, else that is a fault.
 */
struct md_scan {
	const char *begin, *p, *end;
	unsigned depth;
	bool first;        /* no comma is due before the next member or element */
	const char *fault; /* the first, in words of ours; NULL for none */
};

/* As deep as jansson reads; reports nest about 70 deep. */
enum { MD_SCAN_DEEPEST = 2048 };

struct md_scan md_scan(struct md_str text);

/* The caller finds fault itself, if nobody has before.  Always false. */
bool md_scan_fault(struct md_scan *, const char *why);

/*
 *	md_scan_object(&s);
 *	while (md_scan_member(&s, &key))
 *		one of the below, for its value
 *
 * and likewise for arrays.  Keys and texts are views with their escapes as they stand.
 */
bool md_scan_object(struct md_scan *);
bool md_scan_member(struct md_scan *, struct md_str *key);
bool md_scan_array(struct md_scan *);
bool md_scan_element(struct md_scan *);
bool md_scan_text(struct md_scan *, struct md_str *);
bool md_scan_bool(struct md_scan *, bool *);
bool md_scan_number(struct md_scan *, struct md_str *); /* as it stands */

/* What the value is by its first octet: one of {["tfn, 0 of a number, NUL of none of them. */
char md_scan_kind(struct md_scan *);

/* Is the value null?  Then it is passed over. */
bool md_scan_null(struct md_scan *);
bool md_scan_skip(struct md_scan *);

/* Was it all one good value? */
bool md_scan_end(struct md_scan *);

/* How many octets were good. */
size_t md_scan_offset(const struct md_scan *);

/* Is each surrogate in such a view half of a pair, and no escape a NUL? */
bool md_scan_is_sound(struct md_str text);

/* What such a view means, its escapes resolved (half of a surrogate pair as "?"). */
const char *md_scan_meant(struct md_arena *, struct md_str text);

#endif
