/* Suites that are not ours to ship: a case a line, in JSON. */
#ifndef SUITE_H
#define SUITE_H

#include <stdbool.h>

#include <jansson.h>

/*
 * Tries each case of data/FILE in $MAILDIAG_SHARED or ../shared; skips the test where there is
 * no such file.  There must be more cases than this, and all must be good.
 */
void suite_passes(const char *file, unsigned more_than, bool (*try_case)(json_t *));

/* A text of the case, or "". */
const char *suite_text(const json_t *c, const char *key);

#endif
