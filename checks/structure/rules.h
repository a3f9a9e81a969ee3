/* The rules of the structure check, and its parts. */
#ifndef MD_CHECKS_STRUCTURE_H
#define MD_CHECKS_STRUCTURE_H

#include "ask/check.h"
#include "mail/address.h"
#include "mail/links.h"
#include "mail/message.h"
#include "mail/mime.h"

enum {
	STRUCTURE_FROM_COUNT,
	STRUCTURE_SINGLETON_DUP,
	STRUCTURE_DATE_MISSING,
	STRUCTURE_DATE_BAD,
	STRUCTURE_MESSAGE_ID,
	STRUCTURE_MESSAGE_ID_HOST,
	STRUCTURE_LINE_TOO_LONG,
	STRUCTURE_BARE_CR_LF,
	STRUCTURE_EIGHT_BIT_HEADER,
	STRUCTURE_MIME_BROKEN,
	STRUCTURE_MIME_UNDECLARED,
	STRUCTURE_HTML_ONLY,
	STRUCTURE_SIZE,
	STRUCTURE_DISPLAY_NAME_SPOOF,
	STRUCTURE_REPLY_TO_ELSEWHERE,
	STRUCTURE_LINKS,
	STRUCTURE_LINK_TEXT,
	STRUCTURE_LINK_HTTP,
	STRUCTURE_AUTO_ENVELOPE,
	STRUCTURE_UNSUB_MISSING,
	STRUCTURE_UNSUB_UNSIGNED,
};

/* A text part that is meant to be read, and its links. */
struct md_read_parts {
	const struct md_part *part;
	struct md_text text;
	bool html;
	const struct md_links *links;
};

struct md_parts {
	const struct md_mime *mime;
	size_t n; /* at most MD_READ_MOST */
	const struct md_read_parts *read;
	size_t nomitted;
};
enum { MD_READ_MOST = 20 };

const struct md_parts *md_parts(struct md_ctx *); /* derived */

void md_structure_author(struct md_ctx *); /* From, Reply-To, display names */
void md_structure_header(struct md_ctx *); /* what must be there once, dates, ids */
void md_structure_octets(struct md_ctx *); /* lines and octets */
void md_structure_mime(struct md_ctx *);   /* parts, charsets, sizes */
void md_structure_links(struct md_ctx *);  /* where they lead */
void md_structure_bulk(struct md_ctx *);   /* automatic and bulk mail */

/* Where the fields of this name stand, which is there: "lines 3, 4". */
const char *md_structure_lines(struct md_ctx *, const char *field);

/*
 * The domain that a word shows ("www.example.com", "https://example.com/x"), as people would
 * read it; NULL when it is none.  A bare name counts when its ending is on the Public Suffix
 * List and in lower case: "Node.js" and "Dr.No" are no domains.
 */
const char *md_structure_shown_domain(struct md_ctx *, struct md_str word);

#endif
