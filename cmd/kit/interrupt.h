/*
 * Interrupts (SIGINT, SIGTERM, SIGHUP): a count to look at, and the end when too many come, or
 * when the first is not heeded in time.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

/*
 * From now on the first `most` interrupts only count; one more ends the program, which takes
 * its unfinished files away and exits with CLI_EXIT_TROUBLE.  An interrupt brings the next one
 * with it, a second later: so whatever the program waits for or computes, it ends soon.
 */
void cli_catch_interrupts(int most);

/* How many have come: 0 for none. */
int cli_interrupts(void);

/* The work has ended as it was asked to: there is time again, to put the results away. */
void cli_interrupts_heeded(void);

/*
 * Makes an unfinished file by mkstemp(3), from a template that must live until
 * cli_unfinished_done(): what ends the program meanwhile takes the file away.  Or -1 and errno.
 */
int cli_unfinished_new(char *template);

/* The same for a file of this name that must not be there yet: open(2) with O_EXCL, 0600. */
int cli_unfinished_create(const char *path);

/* The file is in its place now, or gone. */
void cli_unfinished_done(const char *path);

#endif
