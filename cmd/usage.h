/* What --help prints. */
#ifndef MD_USAGE_H
#define MD_USAGE_H

#include <stdio.h>

#include "cmd.h"

/* All commands, and the options of the first. */
void md_usage(FILE *);

/* One command and its options. */
void md_usage_of(FILE *, const struct md_cmd *);

#endif
