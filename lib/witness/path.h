/* Where the program maildiag-witness is. */
#ifndef MD_WITNESS_PATH_H
#define MD_WITNESS_PATH_H

struct md_arena;

/*
 * $MAILDIAG_WITNESS; else beside the program that runs, as in a build tree; else where it was
 * to be installed, seen from there or by its full path.  NULL when it is in none of these.
 */
const char *md_witness_program(struct md_arena *);

#endif
