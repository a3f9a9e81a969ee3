/* Interrupts (SIGINT, SIGTERM, SIGHUP): a flag to look at, and the end when too many come. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

/* From now on the first `most` interrupts only count; one more ends the program. */
void cli_catch_interrupts(int most);

/* How many have come: 0 for none. */
int cli_interrupts(void);

#endif
