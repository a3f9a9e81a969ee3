/* A mail message as octets: header fields, body, lines that end in CRLF, repairs remembered. */
#ifndef MD_MESSAGE_H
#define MD_MESSAGE_H

#include <stdint.h>

#include "base/str.h"

struct md_arena;

/*
 * One header field (RFC 5322 2.2).  Views into md_message.header; the CRLF of folds is in
 * them, the one at the field's end is not.
 */
struct md_field {
	struct md_str whole; /* "Subject: a\r\n folded one" */
	struct md_str name;  /* "Subject", without blanks before the colon (RFC 5322 4.5) */
	struct md_str value; /* all after the colon, its blanks included */
	size_t line;         /* of the file, from 1 */
};

/*
 * What was not as mail travels (RFC 5321 2.3.8), and was mended on reading.  Bits.  A message
 * that was mended needs no mending: read again, it is the same.
 */
enum md_repair {
	MD_REPAIR_BOM = 1,           /* a byte order mark in front, its 3 octets dropped */
	MD_REPAIR_MBOX_FROM = 2,     /* "From " lines of mbox in front, dropped */
	MD_REPAIR_BLANK_LINES = 4,   /* lines with nothing or blanks in front, dropped */
	MD_REPAIR_LF = 8,            /* lines that end in LF alone, given a CR */
	MD_REPAIR_NO_FINAL_EOL = 16, /* a last line without an end, given one */
	/* the header ends at a line that is no field, not at an empty one */
	MD_REPAIR_NO_SEPARATOR = 32,
	/*
	 * ">From " lines of the body lost their ">": only of a message that came with a
	 * "From " line
	 */
	MD_REPAIR_QUOTED_FROM = 64,
	/* all lines of the file were changed on saving, and changed back (message_form.h) */
	MD_REPAIR_CR_CRLF = 128,       /* as many CRs dropped of every line as all had */
	MD_REPAIR_CR_ONLY = 256,       /* every CR given an LF */
	MD_REPAIR_DOUBLE_SPACED = 512, /* every second line, an empty one, dropped */
	MD_REPAIR_INDENTED = 1024,     /* the margin dropped, or what is left of it */
};

struct md_message {
	struct md_str raw;    /* as it was given */
	struct md_str header; /* every field with its CRLF, without the empty line */
	struct md_str body; /* after the empty line; empty and p not NULL when there is none */
	size_t body_line;   /* where it begins, of the file, from 1 */
	size_t n;
	const struct md_field *fields; /* in their order: the newest trace field first */
	unsigned repairs;              /* of md_repair */
	size_t dropped, added;         /* octets, by all repairs */
	/* Ends of lines as they were, what was dropped left out: CRLF, LF alone (mended), and
	 * CR alone (kept). */
	size_t crlf, lf, cr;
	size_t nul;                   /* octets 0, kept */
	size_t longest, longest_line; /* octets without its end, and which line of the file */
};

/*
 * More is no mail, but an attack on whoever reads it.  MD_MESSAGE_MOST is octets.
 */
enum { MD_FIELDS_MOST = 20000, MD_MESSAGE_MOST = 512 << 20 };

/*
 * Reads a message; `raw` is copied only where it must be mended, and must live as long as the
 * result.  NULL and *why, a clause, when it is over a limit, empty, or has no header field at
 * all ("it holds no header field: no message").
 */
const struct md_message *md_message_read(struct md_arena *, struct md_str raw,
                                         const char **why);

/* SHA-256 of the octets as given, in hexadecimal: what facts files know a message by. */
const char *md_message_sha256(struct md_arena *, const struct md_message *);

/* The repairs in words: "lines end in LF, not CRLF; a byte order mark"; "" for none. */
const char *md_message_repairs(struct md_arena *, const struct md_message *);

/*
 * The next field of this name (in any case) after the one given, from the top; NULL for the
 * first one's `after`, and when there is no other.
 */
const struct md_field *md_message_field(const struct md_message *, const char *name,
                                        const struct md_field *after);
size_t md_message_count(const struct md_message *, const char *name);

/*
 * A value unfolded (RFC 5322 2.2.3): without CRLF, and without blanks at both ends.  An octet 0
 * becomes a blank, so that it does not end the text; a CR alone stays.
 */
const char *md_field_text(struct md_arena *, const struct md_field *);

#endif
