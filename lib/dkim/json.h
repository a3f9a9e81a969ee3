/* Signatures as JSON: what verifying them came to (docs/FORMATS.md). */
#ifndef MD_DKIM_JSON_H
#define MD_DKIM_JSON_H

#include "dkim/dkim.h"
#include "dkim/opinion.h"

struct md_json;

/* The members of a signature's object. */
void md_dkim_signature_json(struct md_json *, const struct md_dkim_verdict *);

/* "second_opinion": what libopendkim says of signature number i; null where it says nothing. */
void md_dkim_opinion_json(struct md_json *, const struct md_dkim_opinions *, size_t i);

#endif
