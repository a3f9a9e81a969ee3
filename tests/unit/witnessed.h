/* A run over a facts file, offline, with a witness for second opinions. */
#ifndef WITNESSED_H
#define WITNESSED_H

#include "ask/check.h"
#include "maildiag.h"

struct witnessed {
	char path[64];
	struct md_engine *engine;
	struct md_run *run;
	const struct md_report *report;
};

/* Writes the file; begins a run of one check over it; ends it; and forgets all. */
void witnessed_facts(struct witnessed *, const char *facts);
void witnessed_start(struct witnessed *, const char *witness, const struct md_check *,
                     const struct md_run_options *);
void witnessed_finish(struct witnessed *);
void witnessed_done(struct witnessed *);

#endif
