/* Examining on several threads. */
#ifndef CLI_THREADS_H
#define CLI_THREADS_H

#include "../kit/checking.h"

/*
 * As cli_examine, on as many threads as there are cores (at most --jobs), for what costs
 * computing rather than waiting.  Reports come in the order of the subjects.
 */
enum cli_exit cli_threads_examine(struct cli_checking *);

#endif
