/* MIME: encoded words, the parts of a message, and their text in UTF-8. */
#ifndef MD_MIME_H
#define MD_MIME_H

#include "base/str.h"

struct md_arena;
struct md_message;

/*
 * Text of a header field for people: RFC 2047 words decoded, raw octets that are no UTF-8 taken
 * for Latin 1, NUL and broken words replaced.  Valid UTF-8 in any case.  Of more than
 * MD_WORDS_MOST octets only the beginning.
 */
enum { MD_WORDS_MOST = 4096 };
const char *md_mime_words(struct md_arena *, struct md_str);

/* Is it UTF-8 (RFC 3629), without NUL? */
bool md_mime_is_utf8(struct md_str);

/* Content-Type (RFC 2045 5, RFC 2231); of more than MD_WORDS_MOST octets only the beginning. */
struct md_mime_type {
	const char *type;     /* "text/html", in lower case; "" when it cannot be read */
	const char *boundary; /* "" for none, as the following */
	const char *charset;  /* in lower case */
	const char *name;
};
struct md_mime_type md_mime_type_parse(struct md_arena *, struct md_str value);

/* One part; the message itself is the first. */
struct md_part {
	unsigned depth;            /* 0 for the message */
	struct md_mime_type means; /* text/plain where nothing, or nothing readable, is said */
	const char *encoding;      /* in lower case; "7bit" where nothing is said */
	bool attached;             /* Content-Disposition: attachment */
	size_t line;               /* of the file, where it begins with its header */
	size_t type_line;          /* and where its Content-Type stands, if it has one */
	size_t body_line;          /* and where its body does */
	struct md_str body;        /* as it is encoded; empty for multipart, message/rfc822 */
	bool eight_bit;            /* octets above 0x7f in it */
};

/* What is wrong; `minor` when clients show all of it nevertheless, perhaps not as meant. */
struct md_mime_fault {
	size_t line;      /* of the file */
	const char *says; /* a clause */
	bool minor;
};

/* A message nested deeper, or of more parts, is walked no further, and `cut` says so. */
enum { MD_DEPTH_MOST = 30, MD_PARTS_MOST = 1000, MD_MIME_FAULTS_MOST = 50 };

struct md_mime {
	size_t n;
	const struct md_part *parts; /* in their order */
	size_t nfaults;              /* at most MD_MIME_FAULTS_MOST; more are not counted */
	const struct md_mime_fault *faults;
	const char *cut; /* a clause; "" when all was walked */
};

/*
 * The parts of a message (RFC 2046 5.1), in one pass over its lines, views into it.  Never
 * NULL; an inner multipart that is not closed ends where an outer one goes on.
 */
const struct md_mime *md_mime_read(struct md_arena *, const struct md_message *);

/* What a text part says. */
struct md_text {
	struct md_str utf8; /* decoded; what cannot be is U+FFFD */
	size_t octets;      /* decoded, before the charset is */
	bool cut;           /* only the first MD_TEXT_MOST octets were looked at */
	bool known;         /* there is such a charset */
	bool eight_bit;     /* octets above 0x7f in the decoded text */
	size_t nwrong;      /* octets that are not of its charset */
};
enum { MD_TEXT_MOST = 1 << 20 };

/* Decodes a part; without a charset it is read as UTF-8. */
struct md_text md_mime_text(struct md_arena *, const struct md_part *);

#endif
