/* Bodies that nobody has changed, and that the signer has hashed otherwise than c= says. */
#ifndef MD_REPAIR_HASHED_H
#define MD_REPAIR_HASHED_H

#include "repair/lines.h"
#include "repair/mend.h"

/* Is bh= right for the body as it is, hashed in one of the wrong ways that signers have? */
bool md_mend_hashed(struct md_mend *, const struct md_body_lines *);

#endif
