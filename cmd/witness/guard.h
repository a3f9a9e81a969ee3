/* What the libraries must not see, for they write beyond their buffers. */
#ifndef GUARD_H
#define GUARD_H

#include <stdbool.h>

#include "base/str.h"

/* Is this SPF record, or text that exp= leads to, safe to compile? */
bool guard_record(struct md_str);
bool guard_explanation(struct md_str);

struct md_arena;
struct md_message;

/* Why libopendkim must not see the signatures of this message; NULL when it may. */
const char *guard_signatures(struct md_arena *, const struct md_message *);

#endif
