/* The messages of an mbox file, one after another, read from a descriptor as needed. */
#ifndef MD_MBOX_H
#define MD_MBOX_H

#include "base/str.h"

struct md_arena;
struct md_unpack;

/* A file that is read piece by piece.  It is an mbox when it begins with "From " (RFC 4155). */
struct md_mbox {
	struct md_arena *mem; /* of the window */
	struct md_unpack *in;
	char *window;
	size_t begin, len, room; /* read and not given out: from begin to len */
	bool ended, told;        /* nothing more to read; and the error has been told */
	const char *error;       /* why reading failed, a clause, or NULL */
	bool timed;              /* "From " lines have a time of day: those without are text */
	bool found;              /* the end of the next message is known: */
	size_t end, next;        /* ... and where another begins, both from `begin` */
	size_t scanned;          /* from `begin`: what is known to hold no end */
	bool overlong;           /* more than a message may have, and dropped */
	size_t number;           /* of messages given out */
};

/* Reads the beginning of what is read there.  `expected` octets are in it, or 0. */
void md_mbox_start(struct md_mbox *, struct md_arena *, struct md_unpack *, size_t expected);

/* Does it begin with the line of an mbox file? */
bool md_mbox_is(const struct md_mbox *);

/* Of an mbox: is there another message after the one that comes next? */
bool md_mbox_has_another(struct md_mbox *);

enum md_mbox_next { MD_MBOX_MESSAGE, MD_MBOX_OVERLONG, MD_MBOX_ERROR, MD_MBOX_END };

/* The next message without the empty line that ends it, valid until the next call. */
enum md_mbox_next md_mbox_next(struct md_mbox *, struct md_str *message);

#endif
