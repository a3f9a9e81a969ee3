/* Examining on several threads. */
#ifndef CLI_THREADS_H
#define CLI_THREADS_H

#include "../kit/checking.h"

/*
 * Does what cli_examine does, on as many threads as there are cores (at most --jobs): for work
 * that computes more than it waits.  Reports are written in the order of the subjects.
 */
enum cli_exit cli_threads_examine(struct cli_checking *);

#endif
