/* How much room libspf2 needs for a record: what is beyond it vanishes without an error. */
#ifndef MD_SPF_COMPILED_H
#define MD_SPF_COMPILED_H

#include "record/spf/spf.h"

struct md_arena;

/* Is this mechanism, or redirect, of the record among those that vanish? */
bool md_spf_compiled_away(struct md_arena *, const struct md_spf *, const struct md_spf_term *);

#endif
