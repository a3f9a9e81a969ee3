/* Footers that were put into several MIME parts of a body. */
#ifndef MD_REPAIR_FOOTERS_H
#define MD_REPAIR_FOOTERS_H

#include "repair/lines.h"
#include "repair/mend.h"

/* Removes a block from the end of each of up to three parts, the likeliest blocks first. */
bool md_mend_footers(struct md_mend *, const struct md_body_lines *);

#endif
