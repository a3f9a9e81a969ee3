/* Zone files as text: one record after the other, with the line where it begins. */
#ifndef MD_ZONE_READ_H
#define MD_ZONE_READ_H

#include "base/arena.h"
#include "fact/dns.h"

/* A zone file being read; start with md_zone_read_init, and see why when there is no next. */
struct md_zone_reader {
	struct md_arena *mem; /* of all records and texts */
	const char *path;     /* for messages */
	const char *why;      /* "FILE:LINE: …" when reading ended with an error, else NULL */
	size_t nwarnings;
	const char **warnings;
	const char *first_origin; /* of the first $ORIGIN, or NULL */

	struct md_str rest; /* not read yet */
	size_t line;        /* of rest's first octet */
	char *flat;         /* room for the longest entry */
	const char *origin; /* completes names, or NULL */
	const char *owner;  /* of the last record, or NULL */
	uint32_t ttl;       /* for records that give none */
	bool ttl_directive;
};

void md_zone_read_init(struct md_zone_reader *, struct md_arena *mem, const char *path,
                       struct md_str text);

/* The next record (RFC 1035 5.1, class IN only); false at the end or on an error. */
bool md_zone_read_next(struct md_zone_reader *, struct md_rr *);

/* Notes "FILE:LINE: …" of something that is read, but hardly meant so. */
void md_zone_warn(struct md_zone_reader *, size_t line, const char *fmt, ...) MD_PRINTF(3, 4);

#endif
