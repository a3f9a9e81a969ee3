/* What libspf2 must not see, for it writes beyond its buffers. */
#ifndef GUARD_H
#define GUARD_H

#include <stdbool.h>

#include "base/str.h"

/* Is this SPF record, or text that exp= leads to, safe to compile? */
bool guard_record(struct md_str);
bool guard_explanation(struct md_str);

#endif
