/* A run over a temporary file of facts or of a zone, offline. */
#ifndef OFFLINE_H
#define OFFLINE_H

#include <stdio.h>

#include "ask/check.h"
#include "maildiag.h"

struct offline {
	char path[64];
	FILE *file; /* what is written there is seen by the runs that begin after a flush */
	struct md_engine_options with; /* to be changed before a run begins */
	const char *zones[2];
	const struct md_check *single[2];
	unsigned most_steps; /* within which a run must end */
	struct md_engine *engine;
	struct md_run *run;
	const struct md_report *report; /* of a run that is finished */
};

/*
 * Makes the file; offline_close removes it, and forgets the last run.  A text of facts may have
 * short lines among the JSON:
 *
 *	NAME TYPE RDATA       lines of one name and type that follow each other are one answer
 *	NAME TYPE NXDOMAIN    or NODATA
 *	NAME TYPE ? WHY       not known
 */
void offline_open(struct offline *, const char *facts);
void offline_open_zone(struct offline *, const char *zone);
void offline_close(struct offline *);

/* Begins a run, after the one before is forgotten.  False when its subject is refused. */
bool offline_start(struct offline *, const struct md_check *const *checks,
                   const struct md_run_options *);

/* Steps until the run is done, which it must be in the end. */
void offline_finish(struct offline *);

/* Both with one check, for a subject that must not be refused. */
void offline_run(struct offline *, const struct md_check *, const struct md_run_options *);

#endif
