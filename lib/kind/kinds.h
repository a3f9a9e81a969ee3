/* The kinds of facts that there are: a line each in kinds.c. */
#ifndef MD_KINDS_H
#define MD_KINDS_H

#include "fact/kind.h"

/* NULL-terminated, in the order in which reports list them. */
extern const struct md_fact_kind *const md_kinds[];

#endif
