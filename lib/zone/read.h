/* Zone files as text: one record after the other, with the line where it begins. */
#ifndef MD_ZONE_READ_H
#define MD_ZONE_READ_H

#include "base/arena.h"
#include "dns/dns.h"
#include "zone/fault.h"
#include "zone/zone.h"

struct md_zone_outer;
struct md_zone_included;
struct md_zone_series;

/* An RRset that a line makes in a way of one server alone. */
struct md_zone_vague {
	const char *owner;
	uint16_t type; /* 0: its addresses */
	const char *why;
	uint32_t line;
};

/* A zone file being read; start with md_zone_read_init, and see why when there is no next. */
struct md_zone_reader {
	struct md_arena *mem; /* of all records and texts */
	const char *why;      /* "FILE:LINE: …" when reading ended with an error, else NULL */
	size_t nwarnings;
	const char **warnings;
	size_t nfaults;
	struct md_input_fault *faults;
	const char *first_origin; /* of the first $ORIGIN, or NULL */
	/* Where $INCLUDE begins, a real path; NULL: none is followed. */
	const char *folder;
	const char *root; /* what $INCLUDE may not leave, a real path */
	size_t nfiles;    /* the zone's file, and those that it includes */
	struct md_zone_file *files;
	size_t lines; /* of all files so far */

	/*
	 * Lines in the dialect of one server are passed over, and what they make is vague; what
	 * nobody understands is not judged.  Else both are errors.
	 */
	bool lenient;
	bool splits_txt; /* a string over 255 octets is cut by who takes the file */
	size_t nvague;
	struct md_zone_vague *vague;
	size_t nnot_judged;
	struct md_not_judged *not_judged;
	struct md_str comment; /* of the last record's line, behind the ";"; or "" */

	struct md_str rest; /* not read yet */
	size_t line;        /* of rest's first octet, counted through all files */
	char *flat;         /* the entry, on one line; room for the longest so far */
	size_t flat_room;
	const char *origin; /* completes names, or NULL */
	const char *owner;  /* of the last record, or NULL */
	uint32_t ttl;       /* for records that give none */
	bool ttl_directive;
	struct md_zone_outer *outer; /* the file that includes this one, or NULL */
	size_t octets;               /* of all files so far, each once */
	size_t nincluded;
	struct md_zone_included *included;
	struct md_zone_series *series; /* of the $GENERATE that is under way, or NULL */
	size_t again;                  /* octets of files that were included before */
	size_t copies; /* records that stand nowhere as they are, or were read before */
};

/*
 * Bounds of what little text may make: records that $GENERATE or a second $INCLUDE of the same
 * file makes, and octets that are read again.
 */
enum { MD_ZONE_MOST_COPIES = 65536, MD_ZONE_MOST_AGAIN = 1 << 20 };

void md_zone_read_init(struct md_zone_reader *, struct md_arena *mem, const char *path,
                       struct md_str text);

/* The next record (RFC 1035 5.1, class IN only); false at the end or on an error. */
bool md_zone_read_next(struct md_zone_reader *, struct md_rr *);

/* Ends reading with an error.  Always false. */
bool md_zone_fail(struct md_zone_reader *, size_t line, const char *fmt, ...) MD_PRINTF(3, 4);

/* Notes "FILE:LINE: …" of something that is read, but hardly meant so. */
void md_zone_warn(struct md_zone_reader *, size_t line, const char *fmt, ...) MD_PRINTF(3, 4);

/* Notes what is passed over; false, with r->why, when that is too much. */
bool md_zone_pass_over(struct md_zone_reader *, size_t line, const struct md_not_judged *);

/* Notes what of the gate's rules a line breaks. */
void md_zone_fault(struct md_zone_reader *, size_t line, const struct md_input_fault *);

/*
 * $INCLUDE: reading goes on in the file, with its own origin (NULL: as it is), and afterwards
 * behind the directive (RFC 1035 5.1).  False with r->why set when that cannot be.
 */
bool md_zone_include(struct md_zone_reader *, size_t line, struct md_str path,
                     const char *origin);

/* Is reading in a file that was included before, or in one that such a file includes? */
bool md_zone_is_again(const struct md_zone_reader *);

size_t md_zone_count_lines(struct md_str);

/* At the end of a file: back to the one that included it; false when none did. */
bool md_zone_include_end(struct md_zone_reader *);

#endif
