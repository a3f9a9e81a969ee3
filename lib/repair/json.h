/* The signatures of a message as JSON (docs/FORMATS.md). */
#ifndef MD_SIGNATURES_JSON_H
#define MD_SIGNATURES_JSON_H

#include <jansson.h>

#include "repair/signatures.h"

json_t *md_signatures_json(struct md_arena *, const struct md_signatures *);

#endif
