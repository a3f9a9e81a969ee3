/* Messages to the person at the keyboard, and how the program ends. */
#ifndef CLI_SAY_H
#define CLI_SAY_H

#include "base/arena.h"
#include "status.h"

/* One line on stderr: "maildiag: ...", escaped. */
void cli_say(const char *fmt, ...) MD_PRINTF(1, 2);

/* ", did you mean X?" for the nearest word of a list, or "". */
const char *cli_did_you_mean(struct md_arena *, const char *word, const char *const *list);

/*
 * Writes out what stdout still holds.  TROUBLE after a message when that fails; CLEAN also when
 * it fails because the reader of a pipe has gone.
 */
enum cli_exit cli_finish_stdout(void);

#endif
