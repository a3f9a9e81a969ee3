/* DKIM canonicalisation (RFC 6376 3.4, 3.7) and what a signature covers (5.4.2). */
#ifndef MD_DKIM_CANON_H
#define MD_DKIM_CANON_H

#include "mail/message.h"
#include "record/dkim_signature.h"

/* Where canonical octets go, piece by piece. */
struct md_sink {
	void (*put)(void *arg, const char *octets, size_t len);
	void *arg;
};

/*
 * The canonical body, of which no more than `limit` octets (UINT64_MAX: all) reach the sink.
 * Returns the length of the whole canonical body.  One pass; nothing is copied.
 */
uint64_t md_canon_body(enum md_canon, struct md_str body, uint64_t limit, struct md_sink);

/* A header field ("whole" of md_field) with its CRLF. */
void md_canon_field(enum md_canon, struct md_str field, struct md_sink);

/*
 * The signature's own field: the value of b= (a view into it) taken as empty, and no CRLF at
 * its end (RFC 6376 3.7).
 */
void md_canon_own_field(enum md_canon, struct md_str field, struct md_str b, struct md_sink);

/*
 * The fields that h= names, in its order: instances of a name are taken from the bottom up,
 * names beyond those present select nothing (NULL).  `own` is never selected.  An array of
 * nh in mem.
 */
const struct md_field **md_signed_fields(struct md_arena *mem, const struct md_message *,
                                         const struct md_dkim_signature *,
                                         const struct md_field *own);

#endif
