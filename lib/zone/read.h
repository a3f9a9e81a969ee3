/* Zone files as text: one record after the other, with the line where it begins. */
#ifndef MD_ZONE_READ_H
#define MD_ZONE_READ_H

#include "base/arena.h"
#include "dns/dns.h"
#include "zone/fault.h"
#include "zone/zone.h"

struct md_zone_outer;

/* A zone file being read; start with md_zone_read_init, and see why when there is no next. */
struct md_zone_reader {
	struct md_arena *mem; /* of all records and texts */
	const char *why;      /* "FILE:LINE: …" when reading ended with an error, else NULL */
	size_t nwarnings;
	const char **warnings;
	size_t nfaults;
	struct md_input_fault *faults;
	const char *first_origin; /* of the first $ORIGIN, or NULL */
	/* The real path of the folder that $INCLUDE may not leave; NULL: none is followed. */
	const char *folder;
	size_t nfiles; /* the zone's file, and those that it includes */
	struct md_zone_file *files;
	size_t lines; /* of all files so far */

	struct md_str rest; /* not read yet */
	size_t line;        /* of rest's first octet, counted through all files */
	char *flat;         /* room for the longest entry */
	const char *origin; /* completes names, or NULL */
	const char *owner;  /* of the last record, or NULL */
	uint32_t ttl;       /* for records that give none */
	bool ttl_directive;
	struct md_zone_outer *outer; /* the file that includes this one, or NULL */
	size_t octets;               /* of all files so far */
};

void md_zone_read_init(struct md_zone_reader *, struct md_arena *mem, const char *path,
                       struct md_str text);

/* The next record (RFC 1035 5.1, class IN only); false at the end or on an error. */
bool md_zone_read_next(struct md_zone_reader *, struct md_rr *);

/* Ends reading with an error.  Always false. */
bool md_zone_fail(struct md_zone_reader *, size_t line, const char *fmt, ...) MD_PRINTF(3, 4);

/* Notes "FILE:LINE: …" of something that is read, but hardly meant so. */
void md_zone_warn(struct md_zone_reader *, size_t line, const char *fmt, ...) MD_PRINTF(3, 4);

/* Notes what of the gate's rules a line breaks. */
void md_zone_fault(struct md_zone_reader *, size_t line, const struct md_input_fault *);

/*
 * $INCLUDE: reading goes on in the file, with its own origin (NULL: as it is), and afterwards
 * behind the directive (RFC 1035 5.1).  False with r->why set when that cannot be.
 */
bool md_zone_include(struct md_zone_reader *, size_t line, struct md_str path,
                     const char *origin);

size_t md_zone_count_lines(struct md_str);

/* At the end of a file: back to the one that included it; false when none did. */
bool md_zone_include_end(struct md_zone_reader *);

#endif
