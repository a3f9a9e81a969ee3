/* Entries of a zone file: what is one line to the standard (RFC 1035 5.1). */
#ifndef MD_ZONE_ENTRY_H
#define MD_ZONE_ENTRY_H

#include "zone/read.h"

/* An entry on one line, without comments and parentheses. */
struct md_zone_entry {
	struct md_str text;
	size_t line;        /* where it begins */
	struct md_str comment; /* the last one, behind its ";"; or "" */
	bool glued_comment; /* a comment begins right after a word: "v=DMARC1; p=none" */
};

/* The next entry that is not empty; false at the file's end or on an error. */
bool md_zone_entry_next(struct md_zone_reader *, struct md_zone_entry *);

#endif
