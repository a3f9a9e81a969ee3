/* Signatures as JSON: what verifying them came to (docs/FORMATS.md). */
#ifndef MD_DKIM_JSON_H
#define MD_DKIM_JSON_H

#include <jansson.h>

#include "dkim/dkim.h"
#include "dkim/opinion.h"

json_t *md_dkim_signature_json(struct md_arena *, const struct md_dkim_verdict *);

/* What libopendkim says of signature number i; null where it says nothing. */
json_t *md_dkim_opinion_json(struct md_arena *, const struct md_dkim_opinions *, size_t i);

#endif
