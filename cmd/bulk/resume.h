/* Which domains earlier output has already (--resume), and going on in such a file. */
#ifndef CLI_RESUME_H
#define CLI_RESUME_H

#include "../kit/output.h"
#include "name_set.h"

/*
 * Adds to `names` the domains of all whole lines of the files named, jsonl or csv as we write
 * them.  An output that is one of these files goes on in it: half a line at its end is cut off,
 * and it gets no second heading.  False after a message.
 */
bool cli_resume(const struct cli_strings *files, struct cli_outputs *,
                struct cli_name_set *names);

#endif
