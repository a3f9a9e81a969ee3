/* What --help prints. */
#ifndef CLI_USAGE_H
#define CLI_USAGE_H

#include <stdio.h>

#include "kit/call.h"

/* All commands, and the options of the first. */
void cli_usage(FILE *, const struct cli_call *);

/* The version, and what was built in. */
void cli_version(FILE *);

/* The command that is called, and its options. */
void cli_usage_of(FILE *, const struct cli_call *);

#endif
