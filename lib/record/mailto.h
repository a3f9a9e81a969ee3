/* Where reports go: the lists of URIs in rua= and ruf= of DMARC and rua= of TLS-RPT. */
#ifndef MD_MAILTO_H
#define MD_MAILTO_H

#include "base/str.h"

struct md_arena;

enum { MD_URIS_MAX = 16 }; /* more in one list are counted, not kept */

/*
 * One URI of a list.  Two judgements, because RFC 9989 section 4.10.1 asks for "at least one
 * syntactically valid reporting URI", which a URI of any scheme is, while a report is only
 * sent to a mailbox.  Views are into the list's text.
 */
struct md_uri {
	struct md_str text;   /* as written, without blanks around it and without its size */
	struct md_str size;   /* the obsolete "!10m" (RFC 9989 4.8), with its "!"; or empty */
	struct md_str scheme; /* or empty */
	const char *mailbox;  /* of a good mailto: the address, decoded; else "" */
	const char *host;     /* of a good mailto: its domain, canonical text; else "" */
	bool valid;           /* a URI by RFC 3986, with "," and "!" encoded (RFC 9989 4.8) */
	const char *fault; /* why no report will come there, in a clause; "" when it is good */
	struct md_str fault_at; /* the octets at fault */
};

struct md_uris {
	size_t n, omitted;
	const struct md_uri *uri;
};

/*
 * Reads a comma-separated list of URIs, blanks around the commas allowed, and goes on after
 * a fault: every element is there, empty ones too.
 */
void md_uris_parse(struct md_arena *, struct md_str list, struct md_uris *);

/*
 * The list as its author must have meant it: "mailto:" added to a bare address, blanks
 * between two URIs made commas, "!" encoded, what cannot be mended left out.  "" when
 * nothing remains.  Valid URIs of other schemes stay.
 */
const char *md_uris_mend(struct md_arena *, struct md_str list);

#endif
