/* A body as canonical lines that can be hashed in pieces, and what was done to whole bodies. */
#ifndef MD_REPAIR_LINES_H
#define MD_REPAIR_LINES_H

#include "dkim/canon.h"

/* Line i, canonical and with its CRLF, is [at[i], at[i + 1]) of p; empty ones at the end are
 * still there. */
struct md_body_lines {
	const char *p;
	size_t n, filled; /* filled: without the empty ones at the end */
	const size_t *at;
};

struct md_body_lines md_body_lines_make(struct md_arena *, enum md_canon, struct md_str body);

/* Is line i only its CRLF? */
bool md_body_lines_empty(const struct md_body_lines *, size_t i);

/* The octets of lines [from, to). */
struct md_str md_body_lines_range(const struct md_body_lines *, size_t from, size_t to);

/* The raw line at p without its end; *next: octets to the next one. */
struct md_str md_body_lines_next(struct md_str body, size_t *next);

/*
 * What may have been done to a body as a whole, undone: false when there is nothing to undo.
 * `plain_only`: relaxed canonicalisation takes no notice of it.
 */
struct md_body_form {
	const char *what; /* "Lines that begin with a dot …", without where */
	bool plain_only;
	bool (*undo)(struct md_buf *out, const struct md_message *);
};

extern const struct md_body_form md_body_forms[]; /* ends with what NULL */

/* ---- transfer encodings (encoding.c) ---- */

enum md_code { MD_CODE_OTHER, MD_CODE_QUOTED, MD_CODE_BASE64, MD_CODE_8BIT };

/* Of the value of Content-Transfer-Encoding; 7bit and binary are like 8bit. */
enum md_code md_code_named(struct md_str name);

/* RFC 2045 6.7, 6.8, with lines of 76; what is no such code stays. */
void md_quoted_decode(struct md_buf *out, struct md_str);
void md_quoted_encode(struct md_buf *out, struct md_str);
void md_base64_undo(struct md_buf *out, struct md_str);
void md_base64_redo(struct md_buf *out, struct md_str);

/* Octets up to the next line that begins with "--", as boundaries of MIME parts do. */
size_t md_part_length(struct md_str);

/* Forms of whole bodies. */
bool md_undo_to_8bit(struct md_buf *out, const struct md_message *);
bool md_undo_to_quoted(struct md_buf *out, const struct md_message *);
bool md_undo_to_base64(struct md_buf *out, const struct md_message *);
bool md_undo_requoted(struct md_buf *out, const struct md_message *);

/* ---- links (links.c) ---- */

/* Ways in which what a rewriter has put in the place of a link may be undone. */
enum { MD_LINK_WAYS = 8 };

/*
 * Links that a filter has rewritten, as they were; false when none tells what it was.  *by: who
 * rewrote them ("Microsoft Safe Links"), the first of them.
 */
bool md_undo_links(struct md_buf *out, const struct md_message *, unsigned way,
                   const char **by);

#endif
