/* Which domains earlier output has already (--resume), and going on in such a file. */
#ifndef MD_RESUME_H
#define MD_RESUME_H

#include "names.h"
#include "output.h"

/*
 * Adds to `names` the domains of all whole lines of the files named, jsonl or csv as we write
 * them.  An output that is one of these files goes on in it: half a line at its end is cut off,
 * and it gets no second heading.  False after a message.
 */
bool md_resume(const struct md_words *files, struct md_outputs *, struct md_names *names);

#endif
