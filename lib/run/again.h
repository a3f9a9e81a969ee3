/* A finished run judged again, over the same facts, with records of its DNS changed. */
#ifndef MD_AGAIN_H
#define MD_AGAIN_H

#include "maildiag.h"

struct md_proposal;
struct md_store;

/*
 * Judges the subject of a finished run by these checks (NULL-terminated): what `changed` (or
 * NULL) says of a name counts first, then `facts`, then what the engine's files say, which is
 * added to `facts`.  All else is unknown: nobody is asked.  Returns a run that is done and no
 * part of the engine; free it with md_run_free before `done`.
 */
struct md_run *md_run_again(const struct md_run *done, const struct md_check *const *checks,
                            struct md_store *facts, const struct md_proposal *changed);

/* Copies what a finished run knows into an empty store. */
void md_run_facts(const struct md_run *done, struct md_store *facts);

/* And what is known there besides into the run, so that it is recorded with it. */
void md_run_learn(struct md_run *done, const struct md_store *facts);

#endif
