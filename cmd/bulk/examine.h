/* Examining on one thread, any number of runs at a time. */
#ifndef CLI_EXAMINE_H
#define CLI_EXAMINE_H

#include "../kit/checking.h"

/*
 * Examines every subject and writes its report.  The strongest of the statuses that the single
 * reports ask for (TROUBLE, FINDINGS, INCONCLUSIVE, CLEAN), or USAGE after a message.
 */
enum cli_exit cli_examine(struct cli_checking *);

#endif
