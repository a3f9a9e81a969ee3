/* A message that a fuzz target has judged; all that the DNS says of it is a zone of the
 * target's. */
#ifndef JUDGED_H
#define JUDGED_H

#include "maildiag.h"

/* Offline, without witnesses.  `zone` is the text of a zone file. */
struct md_engine *engine_with_zone(const char *zone);

/* A run to its end; NULL when there is no message in `octets`. */
struct md_run *judged(struct md_engine *, const struct md_check *const *checks,
                      const struct md_run_options *);

#endif
