/* Examining on several threads. */
#ifndef MD_CREW_H
#define MD_CREW_H

#include "checking.h"

/*
 * As md_examine, on as many threads as there are cores (at most --jobs), for what costs
 * computing rather than waiting.  Reports come in the order of the subjects.
 */
enum md_exit md_crew_examine(struct md_checking *);

#endif
