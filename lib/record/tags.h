/* Lists of tag=value pairs, the form of DKIM, DMARC, MTA-STS, TLS-RPT and BIMI records. */
#ifndef MD_TAGS_H
#define MD_TAGS_H

#include "base/str.h"

/* What is wrong with one piece of a list, by RFC 6376 3.2.  Callers with a looser or a stricter
 * grammar judge the piece themselves. */
enum md_tag_fault {
	MD_TAG_OK,
	MD_TAG_EMPTY,     /* nothing between two semicolons, or before the first */
	MD_TAG_NO_EQUALS, /* no "=": name is the whole piece, value empty */
	MD_TAG_NO_NAME,   /* nothing before the "=" */
	MD_TAG_BAD_NAME,  /* not a letter followed by letters, digits and underscores */
	MD_TAG_BAD_VALUE, /* an octet outside 0x21-0x7E that is no folding white space */
};

/* One piece.  Views and offsets are into the list's text; white space at both ends is off. */
struct md_tag {
	struct md_str name, value;  /* as written: names are case-sensitive in RFC 6376 */
	size_t name_at, value_at;   /* byte offsets; of an empty one, where it would stand */
	enum md_tag_fault fault;    /* the first in the piece */
	size_t fault_at, fault_len; /* the octets meant; for MD_TAG_EMPTY the second ";" */
	bool repeated;              /* an earlier piece has exactly this name */
};

/* RFC 6376 sets no limit; records in the wild have a dozen tags at most. */
enum { MD_TAGS_REMEMBERED = 64 };

/* An iteration.  Start with md_tags(text); the fields are tags.c's own. */
struct md_tags {
	struct md_str text;
	size_t at;                              /* where the next piece begins */
	size_t nseen;                           /* names met, the first of which are kept */
	struct md_str seen[MD_TAGS_REMEMBERED]; /* bounds the search for repeated names */
};

struct md_tags md_tags(struct md_str text);

/*
 * The next piece of tag-list (RFC 6376 3.2), faulty ones included; false at the end.  The
 * semicolon after the last piece may be there or not, with white space after it.  Repetition
 * is told against the first MD_TAGS_REMEMBERED names.
 */
bool md_tag_next(struct md_tags *, struct md_tag *);

/* The fault as the end of a sentence: "has no \"=\"". */
const char *md_tag_fault_text(enum md_tag_fault);

/* s without folding white space (blanks, tabs, CR and LF) at both ends. */
struct md_str md_tag_trim(struct md_str s);

#endif
