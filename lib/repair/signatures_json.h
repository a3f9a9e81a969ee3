/* The signatures of a message as JSON (docs/FORMATS.md). */
#ifndef MD_REPAIR_JSON_H
#define MD_REPAIR_JSON_H

#include "repair/signatures.h"

struct md_json;

/* The member "dkim". */
void md_signatures_json(struct md_json *, const struct md_signatures *);

#endif
